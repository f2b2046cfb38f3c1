import type { Node } from '../../graph/node.ts';
import { GradusError } from '../../language/diagnostics.ts';
import { work } from '../cost.ts';
import type { Pair } from '../exact/identical.ts';
import { allFinite, gap, type Tracked } from '../tracked.ts';
import { ALL_POINTS, BEFORE_WHOLE, ORDINARY, type RealPoint, type RealPoints, trackedAt } from './real.ts';
import { type Shaken, shaken } from './shaken.ts';
import type { Difference } from './verdict.ts';

/** Each region of the reals is looked at once before anything is said. */
export const REGIONS = 8;
/** Relative to what they were computed from, doubles that agree, and doubles that surely do not. */
export const CLOSE = 1e-9;
export const APART = 1e-6;
/** Milliseconds that are spent on points in doubles. */
const PATIENCE = 1500;
/** Products that points of all sizes may take. */
const MOST_WIDE = 3e7;

/** What doubles show of a pair: the points where both sides agree, and those where they seem to differ. */
export interface Screened {
  readonly agree: RealPoint[];
  readonly apart: RealPoint[];
  /** Where the digits do not tell. */
  readonly unclear: RealPoint[];
  /** Of those, how many leave no digit of the first at all. */
  lost: number;
  /** Of those that agree, how many do so where both sides are 0, far out, where powers vanish. */
  vanished: number;
  /** Where the second has a value and the first has none; far out it may be one that no double holds. */
  undefinedAt: RealPoint | undefined;
  difference: Difference | undefined;
}

export interface ScreenOptions {
  /** Points of all sizes are looked at in any case, as far as that is cheap. */
  readonly wide?: boolean;
  /** Ordinary points only: what has no value at any of them is not looked for far out. */
  readonly near?: boolean;
  /** Pairs of which one such point is enough at which the digits do not tell: they are known to be equal, or nearly. */
  readonly known?: readonly boolean[];
  /** Branches may meet at whole numbers: these are the last resort there, and else looked at where other points are few. */
  readonly branches?: boolean;
  /** Points at which a pair is apart, after which no more are looked at. */
  readonly enough?: number;
}

/**
 * Each pair in doubles, at points of all regions until there are enough.
 * @param within what must have a value at a point for it to count
 * @param wanted points at which both sides have values
 */
export function screen(
  pairs: readonly Pair[],
  points: RealPoints,
  within: readonly Node[],
  wanted: number,
  { wide = false, near = false, known = [], branches = true, enough = wanted }: ScreenOptions,
): Screened[] {
  const all = pairs.map(unseen);
  const nodes = pairs.flat();
  const until = performance.now() + PATIENCE;
  const cost = work(nodes, points.get(0).sizes);
  const last = near ? ORDINARY : ALL_POINTS;
  for (let k = 0; k < last && (k === 0 || performance.now() < until); k++) {
    if (all.every((seen) => inside(seen.apart).length >= enough)) break;
    const least = Math.min(...all.map((seen) => seenAt(seen) - seen.vanished));
    if (k >= Math.min(REGIONS, 2 * wanted) && least >= wanted && (!wide || k >= BEFORE_WHOLE)) break;
    if ((k >= BEFORE_WHOLE && least >= (branches ? 1 : wanted)) || (k >= ORDINARY && k * cost > MOST_WIDE && least > 0)) break;
    const point = points.get(k);
    const visit = () => (trackedAt(within, point).every(allFinite) ? trackedAt(nodes, point) : undefined);
    // Only where other lengths may do is a point passed over for what it takes.
    const values = k > 0 ? affordable(visit) : visit();
    if (values) {
      pairs.forEach((pair, at) => {
        // Far out powers vanish and overflow, which shaking does not show.
        const told = known[at] && all[at]!.unclear.length > 0;
        const shake = k < ORDINARY && !told ? () => shaken(pair, point) : undefined;
        look(all[at]!, point, values[2 * at]!, values[2 * at + 1]!, shake);
      });
    }
    if (k >= ORDINARY) point.known.clear();
  }
  return all;
}

const unseen = (): Screened => ({
  agree: [],
  apart: [],
  unclear: [],
  lost: 0,
  vanished: 0,
  undefinedAt: undefined,
  difference: undefined,
});

/** A pair at points that were looked for. */
export function screenAt(pair: Pair, points: readonly RealPoint[], within: readonly Node[]): Screened {
  const seen = unseen();
  for (const point of points) {
    if (!trackedAt(within, point).every(allFinite)) continue;
    const [found, expected] = trackedAt(pair, point) as [readonly Tracked[], readonly Tracked[]];
    look(seen, point, found, expected, undefined);
  }
  return seen;
}

/** Undefined where lengths were drawn for which that takes too much. */
function affordable<T>(work: () => T | undefined): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof GradusError && error.code === 'limit') return undefined;
    throw error;
  }
}

/** Where the source starts may be a border. */
export const inside = (points: readonly RealPoint[]): RealPoint[] => points.filter(({ start }) => !start);

/** How many points there are where both have values, besides whole numbers. */
export const seenInside = ({ agree, apart, unclear }: Screened): number =>
  [...agree, ...apart, ...unclear].filter(({ whole }) => !whole).length;

const seenAt = ({ agree, apart, unclear }: Screened): number => agree.length + apart.length + unclear.length;

/**
 * Sorts a point by what both sides are there.
 * @param shake tells what the bounds on rounding do not
 */
function look(
  seen: Screened,
  point: RealPoint,
  found: readonly Tracked[],
  expected: readonly Tracked[],
  shake: (() => Shaken) | undefined,
): void {
  if (!allFinite(expected)) return;
  if (!allFinite(found)) {
    seen.undefinedAt ??= point;
    return;
  }
  if (agree(found, expected)) {
    seen.agree.push(point);
    if (point.far && expected.every(({ value }) => value === 0)) seen.vanished++;
    return;
  }
  const told = gap(found, expected) <= APART ? shake?.() : { place: placeOfDifference(found, expected), lost: false };
  const place = told?.place;
  if (place === undefined) {
    seen.unclear.push(point);
    if (told?.lost) seen.lost++;
  } else {
    seen.apart.push(point);
    seen.difference ??= differenceAt(point, place, found, expected);
  }
}

/** Digit by digit, not only as far as rounding lets one tell. */
const agree = (found: readonly Tracked[], expected: readonly Tracked[]): boolean =>
  found.length === expected.length &&
  found.every(({ value }, k) => {
    const other = expected[k]!.value;
    return value === other || Math.abs(value - other) <= CLOSE * Math.max(Math.abs(value), Math.abs(other));
  });

function placeOfDifference(found: readonly Tracked[], expected: readonly Tracked[]): number {
  const differs = (x: Tracked, k: number) => expected[k] === undefined || !(gap([x], [expected[k]]) <= APART);
  return Math.max(0, found.findIndex(differs));
}

const differenceAt = (
  { at, sizes }: RealPoint,
  place: number,
  found: readonly Tracked[],
  expected: readonly Tracked[],
): Difference => ({
  at,
  sizes: Object.fromEntries(sizes),
  place,
  found: found[place]?.value ?? Number.NaN,
  expected: expected[place]?.value ?? Number.NaN,
});
