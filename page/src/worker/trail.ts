import { wordsOf } from '../../../src/derivation/words/index.ts';
import type { Led } from '../../../src/descend/leading.ts';
import type { Model } from '../../../src/model/model.ts';
import { chosenEntries, entriesOf } from '../../../src/report/chosen.ts';
import type { Place } from '../../../src/report/descent-path.ts';
import { surfaceFigure } from '../../../src/report/surface.ts';
import type { Start } from '../../../src/report/values.ts';
import type { Reading } from '../engine/protocol.ts';
import type { Surface } from '../engine/training.ts';

/** Places that a way is drawn by; with more, every second one is given up. */
const MOST = 160;
/** Of the picture: letters stay as large as others of the page. */
const SIZE = { width: 440, height: 400 };
/** So many entries of parameters can be chosen from. */
const MOST_ENTRIES = 200;
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

/** The cost over two entries of the parameters, with the way so far; undefined where there are no two. */
export function surfaceOf(
  model: Model,
  start: Start,
  { places }: Trail,
  { lang, over: wanted }: { readonly lang: Reading['lang']; readonly over?: Surface['over'] },
): Surface | undefined {
  const path = [start.values, ...places];
  const svg = surfaceFigure(model, start, path, model.objective!.name ?? '', wordsOf({ lang }), {
    over: wanted,
    size: SIZE,
  });
  const chosen = chosenEntries(model, start, path, wanted);
  if (svg === undefined || !chosen) return undefined;
  const over = [chosen.first.label, chosen.second.label] as const;
  const entries = entriesOf(model, start, path).map(({ label }) => label);
  return { svg, over, entries: [...new Set([...entries.slice(0, MOST_ENTRIES), ...over])] };
}
