import type { TrainOptions } from '../descend/options.ts';
import { problemOf } from '../descend/problem.ts';
import { runnerFor } from '../descend/train.ts';
import type { Model } from '../model/model.ts';
import { bind, type Inputs } from '../numeric/binding.ts';
import type { Start } from './values.ts';

/** The parameters' numbers by name. */
export type Place = ReadonlyMap<string, ArrayLike<number>>;

const STOPS = 160;

/**
 * The way that a run took, by running it again: the parameters at the start, at stops that lie ever further apart, as the
 * steps get ever smaller, and at the end.
 */
export function descentPath(model: Model, data: Inputs, start: Start, options: TrainOptions, epochs: number): Place[] {
  const { signal: _, onProgress: __, onEpoch: ___, onStep: ____, ...rest } = options;
  const problem = problemOf(model, bind(model, data), { ...rest, epochs }, () => start.values);
  const runner = runnerFor(problem);
  const places: Place[] = [runner.snapshot().held];
  let done = 0;
  for (const stop of stops(epochs)) {
    const history = new Float64Array(stop - done);
    const ran = runner.run(stop - done, history);
    if (ran.epochs < stop - done) break;
    places.push(runner.snapshot().held);
    done = stop;
  }
  runner.release();
  return places;
}

/** 1, 2, 3, …, then further and further apart, up to the last epoch. */
function stops(epochs: number): number[] {
  const ratio = Math.log(epochs + 1);
  const found = Array.from({ length: STOPS }, (_, k) => Math.round(Math.exp((ratio * (k + 1)) / STOPS)) - 1);
  return [...new Set([...found, epochs])].filter((n) => n > 0 && n <= epochs).sort((a, b) => a - b);
}
