import { GradusError } from '../language/diagnostics.ts';
import { largestCurvature } from './curvature.ts';
import { DEFAULTS } from './options.ts';
import type { Parameters } from './outcome.ts';
import { type Problem, updated } from './problem.ts';

/** A run that ends so many times farther above its start than it ever came below it has diverged. */
const FAR = 10;
/** The cost is said to grow without end if it grew in each of the last epochs, at least so many, to so many times its least. */
const LAST = 20;
const GROWN = 100;
/** Rounding about a start that is already right. */
const NOISE = 1e-9;

/**
 * How a run has diverged whose numbers are all finite: its end lies far above its start, or it grows and grows.
 * @param sign 1 for a cost to minimize, −1 for one to maximize
 */
export function divergence(history: Float64Array, sign: 1 | -1): string | undefined {
  const end = history.length - 1;
  if (end < 1) return undefined;
  const [first, last] = [sign * history[0]!, sign * history[end]!];
  // The whole series is looked at only where its ends may tell of it.
  const above = last - first > FAR * Math.max(Math.abs(first), NOISE);
  let rises = 0;
  // Where there are fewer epochs the comparison with what is not there does not hold.
  while (rises < LAST && sign * (history[end - rises]! - history[end - rises - 1]!) > 0) rises++;
  const grows = rises === LAST;
  if (!above && !grows) return undefined;
  let least = first;
  for (let k = 1; k <= end; k++) least = Math.min(least, sign * history[k]!);
  const scale = Math.max(Math.abs(first), first - least, NOISE);
  if (last - first > FAR * scale) return `ended far from its start, at ${shown(history[end]!)} after ${shown(history[0]!)}`;
  if (grows && last > GROWN * Math.max(Math.abs(least), NOISE))
    return `grows without end, from ${shown(sign * least)} to ${shown(history[end]!)}`;
  return undefined;
}

/** A cost that has become so many times its size at the start, downhill, is at the bottom of nothing. */
const FALLEN = 1e15;

/** Whether the cost has fallen farther than any that has an end. */
export function fallsAway(history: Float64Array, sign: 1 | -1): boolean {
  const last = sign * history[history.length - 1]!;
  return last < -FALLEN * Math.max(1, Math.abs(history[0]!));
}

const shown = (x: number): string => String(Number(x.toPrecision(3)));

/** The error of a run that diverged, with the parameter that grew most and a rate that the curvature allows. */
export function divergedError(message: string, problem: Problem, learned: Parameters): GradusError {
  return new GradusError('diverged', message, { hint: rateHint(problem, learned) });
}

/** A rate that the curvature where the run started allows; a tenth, where the curvature there does not tell. */
export function rateHint(problem: Problem, learned: Parameters): string {
  const { lr } = problem.options;
  const curvature = largestCurvature(problem);
  const most = fastestGrown(problem, learned);
  const grown = most ? `${most.name} grew most, to ${shown(most.to)}; ` : '';
  const highest = curvature && 2 / curvature;
  if (highest && highest / 2 < lr)
    return `${grown}the curvature at the start allows rates below ${shown(highest)}: try ${Number((highest / 2).toPrecision(1))}`;
  return `${grown}try a smaller learning rate, such as ${Number((lr / 10).toPrecision(3))}`;
}

/**
 * The rate at which plain descent is quick and stable where it starts, 1/λ of the largest curvature λ; undefined
 * for methods that measure their steps otherwise, and where the curvature does not tell.
 */
export function suggestedRate(problem: Problem): number | undefined {
  if (problem.method.name !== DEFAULTS.optimizer) return undefined;
  const curvature = largestCurvature(problem);
  return curvature && 1 / curvature;
}

/** The parameter that moved farthest for its size, if any grew; and how far. */
export function fastestGrown(problem: Problem, learned: Parameters): { readonly name: string; readonly to: number } | undefined {
  const moves = updated(problem).map((name) => {
    const [from, to] = [problem.values.get(name)!, learned.get(name) ?? []];
    const size = (numbers: ArrayLike<number>) => Array.from(numbers).reduce((most, x) => Math.max(most, Math.abs(x)), 0);
    return { name, by: size(to) / Math.max(1, size(from)), to: size(to) };
  });
  const [most] = moves.sort((a, b) => b.by - a.by);
  return most && most.by > 1 ? most : undefined;
}
