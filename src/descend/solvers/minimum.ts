import { along, largest } from '../../numeric/linear/vectors.ts';
import type { Landscape } from '../landscape.ts';
import type { Found } from './line-search.ts';

/** An option of all that stop by themselves. */
export const TOLERANCE = {
  default: 1e-8,
  // What is no small share tells nothing of a minimum.
  below: 0.1,
  words: 'how small the slope, or the step that is left, is as a share of what it belongs to where a minimum is reached',
  others: ['tol', 'gtol', 'ftol', 'xtol'],
};

/** A share of an entry that is surely not lost when it is rounded. */
const NOTICED = 2 ** -40;

/**
 * The slope without the entries that facts hold where they are: pushed against a bound that they are at or, where it is never
 * reached, so near to that rounding swallows what the rest of the way is to the cost. These take no part in a step.
 */
export function freeSlope(land: Landscape, { place, slope, cost }: Found): Float64Array {
  if (!land.isHeld) return slope.slice();
  // A step that rounding would swallow is no step that is held back.
  const trial = along(place, -1, slope, new Float64Array(place.length)).map((x, k) =>
    x === place[k] ? x - Math.sign(slope[k]!) * Math.abs(x) * NOTICED : x,
  );
  const moved = land.within(place, trial);
  const room = land.room(place, slope);
  const isHeld = (s: number, k: number) => moved[k] === place[k] || Math.abs(s) * room[k]! <= Number.EPSILON * Math.abs(cost);
  return slope.map((s, k) => (isHeld(s, k) ? 0 : s));
}

/**
 * Whether a place is a minimum as far as its slope tells: no entry moves the cost, by a share of its own size, by more than
 * a share of the cost. Where facts hold an entry back, what pushes it there does not count.
 * @param unit what the cost is held against where it is nearly 0
 */
export function isFlat(land: Landscape, found: Found, tolerance: number, unit = 1): boolean {
  const scaled = freeSlope(land, found).map((s, k) => s * Math.max(1, Math.abs(found.place[k]!)));
  return largest(scaled) <= tolerance * Math.max(unit, Math.abs(found.cost));
}
