import { along, dot } from '../../numeric/linear/vectors.ts';
import type { Landscape } from '../landscape.ts';

/** What a search along a line has found. */
export interface Found {
  readonly place: Float64Array;
  readonly cost: number;
  readonly slope: Float64Array;
}

/** Armijo's and Wolfe's constants for directions that come from curvature: Nocedal and Wright (2006), 3.1. */
const DECREASE = 1e-4;
const CURVATURE = 0.9;
const LONGEST = 1e10;
const MOST_TRIALS = 40;

interface Point {
  readonly t: number;
  readonly cost: number;
  /** The derivative along the line. */
  readonly rise: number;
  readonly found: Found;
}

/**
 * A step along a direction that fulfils the strong Wolfe conditions. Nocedal and Wright, Numerical Optimization (2006),
 * algorithms 3.5 and 3.6, with cubic interpolation. A place where the cost is not finite counts as too far.
 * @param first the length that is tried first
 * @returns undefined if rounding leaves no such step
 */
export function strongWolfe(land: Landscape, from: Found, direction: Float64Array, first: number): Found | undefined {
  const start: Point = { t: 0, cost: from.cost, rise: dot(from.slope, direction), found: from };
  if (!(start.rise < 0)) return undefined;
  const at = (t: number): Point => {
    const place = land.within(from.place, along(from.place, t, direction, new Float64Array(direction.length)));
    const slope = new Float64Array(direction.length);
    const cost = land.slope(place, slope);
    return { t, cost, rise: dot(slope, direction), found: { place, cost, slope } };
  };
  const low = (p: Point): boolean => p.cost <= start.cost + DECREASE * p.t * start.rise;
  const flat = (p: Point): boolean => Math.abs(p.rise) <= -CURVATURE * start.rise;
  let before = start;
  let t = first;
  let trials = 0;
  for (; trials < MOST_TRIALS; trials++) {
    const here = at(t);
    if (!Number.isFinite(here.cost)) {
      t = before.t + (t - before.t) / 10;
      continue;
    }
    if (!low(here) || (before.t > 0 && here.cost >= before.cost)) return zoom(before, here);
    if (flat(here)) return here.found;
    if (here.rise >= 0) return zoom(here, before);
    if (t >= LONGEST) return here.found;
    before = here;
    t = Math.min(LONGEST, t * 2);
  }
  return before.t > 0 ? before.found : undefined;

  /** Between two ends, the first the better one. */
  function zoom(best: Point, other: Point): Found | undefined {
    for (; trials < MOST_TRIALS; trials++) {
      const [near, far] = [Math.min(best.t, other.t), Math.max(best.t, other.t)];
      if (far - near <= 1e-14 * far) break;
      const here = at(between(best, other, near, far));
      if (!low(here) || here.cost >= best.cost || !Number.isFinite(here.cost)) other = here;
      else {
        if (flat(here)) return here.found;
        if (here.rise * (other.t - best.t) >= 0) other = best;
        best = here;
      }
    }
    return best.t > 0 && best.cost < start.cost ? best.found : undefined;
  }
}

/** The least of the cubic through two ends, not too near to either; the middle where there is none. */
function between(a: Point, b: Point, near: number, far: number): number {
  const middle = (near + far) / 2;
  const one = a.rise + b.rise - (3 * (a.cost - b.cost)) / (a.t - b.t);
  const root = one * one - a.rise * b.rise;
  if (!(root >= 0)) return middle;
  const two = Math.sign(b.t - a.t) * Math.sqrt(root);
  const t = b.t - ((b.t - a.t) * (b.rise + two - one)) / (b.rise - a.rise + 2 * two);
  const margin = 0.1 * (far - near);
  if (!Number.isFinite(t)) return middle;
  return Math.min(Math.max(t, near + margin), far - margin);
}

/** The first place along a direction, each time half as far, that is low enough (Armijo 1966). */
export function backtracking(land: Landscape, from: Found, direction: Float64Array, first = 1): Found | undefined {
  const rise = dot(from.slope, direction);
  if (!(rise < 0)) return undefined;
  for (let t = first, trials = 0; trials < MOST_TRIALS; t /= 2, trials++) {
    const place = land.within(from.place, along(from.place, t, direction, new Float64Array(direction.length)));
    if (place.every((x, k) => x === from.place[k])) return undefined;
    const cost = land.value(place);
    // Where facts bend the way, what counts is how far it went.
    const fall = place.reduce((sum, x, k) => sum + from.slope[k]! * (x - from.place[k]!), 0);
    if (!Number.isFinite(cost) || cost > from.cost + DECREASE * fall || cost >= from.cost) continue;
    const slope = new Float64Array(direction.length);
    return { place, cost: land.slope(place, slope), slope };
  }
  return undefined;
}
