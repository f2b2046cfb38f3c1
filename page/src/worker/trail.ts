import { wordsOf } from '../../../src/derivation/words/index.ts';
import type { Led } from '../../../src/descend/leading.ts';
import type { TrainResult } from '../../../src/descend/result.ts';
import type { Model } from '../../../src/model/model.ts';
import { chosenEntries, entriesOf } from '../../../src/report/chosen.ts';
import type { Place } from '../../../src/report/descent-path.ts';
import { surfaceFigure } from '../../../src/report/surface.ts';
import type { Start } from '../../../src/report/values.ts';
import type { Reading } from '../engine/protocol.ts';
import type { Surface } from '../engine/training.ts';

/** The places of a way lie ever further apart, as steps get ever smaller. */
const APART = 1.03;
/** Of the picture: letters stay as large as others of the page. */
const SIZE = { width: 440, height: 400 };
/** So many entries of parameters can be chosen from. */
const MOST_ENTRIES = 200;
/** Of models with more numbers than this no way is kept. */
const LARGEST = 5000;

/** The way that a run took, as parameters at certain epochs: whatever is drawn meanwhile, and however fast it goes. */
export class Trail {
  private readonly led: Led;
  private readonly kept: Place[] = [];
  /** The epoch whose end is kept next. */
  private due = 1;

  constructor(led: Led) {
    this.led = led;
    if ([...placeOf(led).values()].reduce((n, { length }) => n + length, 0) > LARGEST) this.due = Number.POSITIVE_INFINITY;
  }

  /** The run goes on to an epoch, or until it is time; of the way is kept what is due. */
  async goOn(epoch: number, time: number): Promise<TrainResult | undefined> {
    const { led } = this;
    for (;;) {
      const epochs = Math.min(epoch, this.due) - led.epochs;
      const ended = await led.advance({ epochs, milliseconds: Math.max(1, time - performance.now()) });
      this.add();
      if (ended || led.epochs >= epoch || performance.now() >= time) return ended;
    }
  }

  private add(): void {
    const { epochs } = this.led;
    if (epochs < this.due) return;
    this.kept.push(placeOf(this.led));
    this.due = Math.max(epochs + 1, Math.ceil(APART * epochs));
  }

  /** As far as the run has come. */
  get places(): readonly Place[] {
    return this.kept.length > 0 ? [...this.kept, placeOf(this.led)] : [];
  }
}

const placeOf = ({ params }: Led): Place =>
  new Map(Object.entries(params).map(([name, value]) => [name, typeof value === 'number' ? [value] : value.data] as const));

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
