import { wordsOf } from '../../../src/derivation/words/index.ts';
import type { Led } from '../../../src/descend/leading.ts';
import type { Model } from '../../../src/model/model.ts';
import type { Place } from '../../../src/report/descent-path.ts';
import { surfaceFigure } from '../../../src/report/surface.ts';
import type { Start } from '../../../src/report/values.ts';
import type { Reading } from '../engine/protocol.ts';

/** Places that a way is drawn by; with more, every second one is given up. */
const MOST = 160;
/** Of models with more numbers than this no way is kept. */
const LARGEST = 5000;

/** The way that a run took, as parameters from time to time. */
export class Trail {
  places: Place[] = [];

  add({ params }: Led): void {
    const place = new Map(
      Object.entries(params).map(([name, value]) => [name, typeof value === 'number' ? [value] : value.data] as const),
    );
    if ([...place.values()].reduce((n, { length }) => n + length, 0) > LARGEST) return;
    if (this.places.length >= MOST) this.places = this.places.filter((_, k) => k % 2 === 0);
    this.places.push(place);
  }
}

export function surfaceOf(model: Model, start: Start, { places }: Trail, lang: Reading['lang']): string | undefined {
  if (places.length === 0) return undefined;
  const words = wordsOf({ lang });
  return surfaceFigure(model, start, [start.values, ...places], model.objective!.name ?? '', words);
}
