import { largestCurvature } from '../descend/curvature.ts';
import type { TrainOptions } from '../descend/options.ts';
import { problemOf } from '../descend/problem.ts';
import { runnerFor } from '../descend/train.ts';
import type { Model } from '../model/model.ts';
import { bind, type Inputs } from '../numeric/binding.ts';
import type { Start } from './values.ts';

/** Runs of plain descent at three rates: one that is too small, one that is right, one that is too large. */

/** A rate so many times smaller creeps, unless the run is long: then it is made smaller again. */
const SMALLER = 30;
/** A run creeps that comes less than this share of the way that a good one comes. */
const CREEPS = 0.2;
/** How often a rate is doubled, or made smaller, in search of another. */
const TRIES = 14;
/** By how much more than what the curvature allows a rate has to be to be seen to fail within a picture. */
const BEYOND = 1.1;
/** A cost that has gone up so many times as far as a good run comes down has diverged. */
const AWAY = 3;

export interface Run {
  readonly lr: number;
  /** The cost before each epoch; what is not reached is no number. */
  readonly history: Float64Array;
}

/** What became of a rate that is too large: it left for good, it ended above its start, or no such rate was found. */
export type Fate = 'diverges' | 'rises';

export interface RateRuns {
  readonly small: Run;
  readonly right: Run;
  readonly large: Run | undefined;
  readonly fate: Fate | undefined;
  /** Which of them has the rate that was chosen. */
  readonly chosen: 'small' | 'right' | 'large';
  /** The share of the way of the right one that the small one came. */
  readonly share: number;
}

/** Undefined where no rate makes the cost better. */
export function rateRuns(
  model: Model,
  data: Inputs,
  start: Start,
  plain: TrainOptions,
  rate: number | undefined,
): RateRuns | undefined {
  const sign = model.objective?.sense === 'maximize' ? -1 : 1;
  const problemAt = (lr: number | undefined) =>
    problemOf(model, bind(model, data), { ...plain, ...(lr !== undefined && { lr }) }, () => start.values);
  const { options } = problemAt(rate);
  const run = (lr: number): Run => {
    const runner = runnerFor(problemAt(lr));
    const history = new Float64Array(options.epochs).fill(Number.NaN);
    runner.run(options.epochs, history);
    runner.release();
    return { lr, history };
  };
  const fallOf = ({ history }: Run): number => sign * (history[0]! - history[history.length - 1]!);
  const falls = (one: Run): boolean => fallOf(one) > 0;
  const chosen = run(options.lr);
  const curvature = largestCurvature(problemAt(options.lr));
  const good = goodRun(curvature, chosen, run, fallOf);
  if (!good || !falls(good)) return undefined;
  const creeps = (one: Run, right: Run): boolean => fallOf(one) < CREEPS * fallOf(right);
  const place = !falls(chosen) ? 'large' : creeps(chosen, good) ? 'small' : 'right';
  const right = place === 'right' ? chosen : good;
  const small = place === 'small' ? chosen : smallerThan(right.lr, run, (one) => creeps(one, right));
  const from = Math.max(curvature ? (2 / curvature) * BEYOND : 0, 2 * right.lr);
  const fateOf = (one: Run) => fateIn(one.history, sign, fallOf(right));
  const large = place === 'large' && fateOf(chosen) ? chosen : largerThan(from, run, fateOf);
  return { small, right, large, fate: large && fateOf(large), chosen: place, share: fallOf(small) / fallOf(right) };
}

/** At the rate that the curvature at the start proposes, or a smaller one; where it does not tell, by trying. */
function goodRun(
  curvature: number | undefined,
  chosen: Run,
  run: (lr: number) => Run,
  fallOf: (run: Run) => number,
): Run | undefined {
  if (curvature) {
    for (let k = 0, lr = 1 / curvature; k < TRIES; k++, lr /= 4) {
      const found = run(lr);
      if (fallOf(found) > 0) return found;
    }
    return undefined;
  }
  const tried = Array.from({ length: 2 * TRIES + 1 }, (_, k) => run(chosen.lr * 4 ** (k - TRIES)));
  const better = tried.filter((one) => fallOf(one) > 0).sort((a, b) => fallOf(b) - fallOf(a));
  return better[0];
}

function smallerThan(lr: number, run: (lr: number) => Run, creeps: (run: Run) => boolean): Run {
  let found = run(lr / SMALLER);
  for (let k = 1; k < TRIES && !creeps(found); k++) found = run(found.lr / 4);
  return found;
}

/** The smallest that goes away for good; failing that, one that ends above its start. */
function largerThan(from: number, run: (lr: number) => Run, fateOf: (run: Run) => Fate | undefined): Run | undefined {
  let other: Run | undefined;
  for (let k = 0, lr = from; k < TRIES; k++, lr *= 2) {
    const found = run(lr);
    const fate = fateOf(found);
    if (fate === 'diverges') return found;
    if (fate === 'rises') other ??= found;
  }
  return other;
}

/** A spike in the last epochs is not how a run ends: what all of the last quarter has in common is. */
function fateIn(history: Float64Array, sign: 1 | -1, way: number): Fate | undefined {
  const first = sign * history[0]!;
  const last = history.subarray(-Math.max(2, Math.ceil(history.length / 4)));
  const isLast = (test: (cost: number) => boolean) => last.every((cost) => !Number.isFinite(cost) || test(sign * cost));
  if (isLast((cost) => cost > first + AWAY * way)) return 'diverges';
  return isLast((cost) => cost > first + way / 10) ? 'rises' : undefined;
}
