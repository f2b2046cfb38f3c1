import { GradusError } from '../../language/diagnostics.ts';
import { cholesky, choleskySolve } from '../../numeric/linear/cholesky.ts';
import { leastEigen } from '../../numeric/linear/symmetric.ts';
import { along, dot } from '../../numeric/linear/vectors.ts';
import type { Landscape } from '../landscape.ts';
import type { Found } from './line-search.ts';
import { freeSlope } from './minimum.ts';

/** What a closer look at a place that a method calls a minimum comes to. */
export type Look =
  | { readonly is: 'minimum' }
  /** The cost curves downwards there, or does not tell. */
  | { readonly is: 'none' }
  /** Newton's step leads on: the entry that moves most, as a share of it, and by how much. */
  | { readonly is: 'further'; readonly place: Float64Array; readonly most: number; readonly by: number };

/** With more entries the matrix of second derivatives is not formed for it. */
const MOST_ENTRIES = 200;
/** What is rounded in a cost. */
const ROUNDING = 64 * Number.EPSILON;
/** An entry that is this share of where it came from is 0. */
const NOTHING = 1e-10;
/** A step that is lost in rounding is still to be a small share of the entries. */
const ROUGHLY = 1e-2;
/** Of what an entry that is 0 is measured by, what it may be itself. */
const ZERO = 1e-4;
/** Where the cost has come from, an entry counts that would change it by the square of this share. */
const SEEN = 1e-8;
/** A curvature, as a share of those along the entries, that is none. */
const FLAT = 1e-8;
const MOST_HALVINGS = 30;

/**
 * Whether a place is a minimum, by Newton's step there: that is the same whatever units the parameters and the cost are in, and
 * whatever is added to the cost, as the slope alone is not. It is one if the step is a small share of each entry, or if neither
 * the cost nor what the second derivatives say is left of it gets less by any of it.
 * @param start where the run began: what is measured by is at least a trace of that
 * @param tolerance the share
 * @returns undefined where second derivatives do not tell
 */
export function closerLook(
  land: Landscape,
  place: Float64Array,
  start: Omit<Found, 'slope'>,
  tolerance: number,
): Look | undefined {
  if (land.size > MOST_ENTRIES) return undefined;
  return land.uncounted(() => {
    const here = foundAt(land, place);
    const free = freeEntries(land, here);
    const model = free && quadraticAt(land, here, free, start.cost);
    if (!model) return undefined;
    if (model.curvesDown) return { is: 'none' };
    const step = model.step(here.slope);
    const size = (k: number) => {
      const own = Math.max(
        Math.abs(place[k]!),
        NOTHING * Math.max(Math.abs(start.place[k]!), Math.abs(place[k]! - start.place[k]!)),
      );
      const zero = model.zero(k);
      return own <= ZERO * zero ? zero : own;
    };
    const share = (k: number) => (step[k] === 0 ? 0 : Math.abs(step[k]!) / size(k));
    const most = free.reduce((best, k) => (share(k) > share(best) ? k : best), free[0]!);
    if (free.every((k) => share(k) <= tolerance)) return { is: 'minimum' };
    const next = further(land, here, step, model.step);
    if (next) return { is: 'further', place: next, most, by: Math.abs(step[most]!) };
    return { is: share(most) <= ROUGHLY ? 'minimum' : 'none' };
  });
}

function foundAt(land: Landscape, place: Float64Array): Found {
  const slope = new Float64Array(place.length);
  return { place, cost: land.slope(place, slope), slope };
}

/** The entries that may move, each once; undefined where there are none, or the slope is no number. */
function freeEntries(land: Landscape, here: Found): readonly number[] | undefined {
  if (!here.slope.every(Number.isFinite)) return undefined;
  const slope = freeSlope(land, here);
  const free = land.own.filter((k) => slope[k] === here.slope[k]);
  return free.length > 0 ? free : undefined;
}

/** As far along Newton's step as the cost falls; or all of it, where that is hidden by rounding but the slope gets less. */
function further(
  land: Landscape,
  here: Found,
  step: Float64Array,
  stepOf: (slope: Float64Array) => Float64Array,
): Float64Array | undefined {
  const noise = ROUNDING * Math.abs(here.cost);
  for (let [t, k] = [1, 0]; k < MOST_HALVINGS; t /= 2, k++) {
    const moved = land.within(here.place, along(here.place, t, step, new Float64Array(step.length)));
    const cost = land.told(moved);
    if (cost < here.cost - noise) return moved;
    if (t !== 1 || !(cost <= here.cost + noise)) continue;
    const { slope } = foundAt(land, moved);
    if (slope.every(Number.isFinite) && -dot(slope, stepOf(slope)) <= -dot(here.slope, step) / 2) return moved;
    return undefined;
  }
  return undefined;
}

/** What second derivatives say of a place: Newton's step for a slope there, or that the cost curves downwards. */
interface Quadratic {
  readonly curvesDown: boolean;
  /** How far an entry may move before the cost tells: of one that is 0 there is no other measure. */
  readonly zero: (entry: number) => number;
  readonly step: (slope: Float64Array) => Float64Array;
}

/** In units in which each entry curves by 1, so that they do not count. */
function quadraticAt(
  land: Landscape,
  { place, cost, slope }: Found,
  free: readonly number[],
  from: number,
): Quadratic | undefined {
  const n = land.size;
  const whole = new Float64Array(n * n);
  try {
    land.curvature(place, whole);
  } catch (error) {
    if (error instanceof GradusError) return undefined;
    throw error;
  }
  if (!whole.every(Number.isFinite)) return undefined;
  const bend = (k: number) => whole[k * n + k]!;
  const weight = (k: number) => Math.abs(bend(k)) * (place[k]! ** 2 || 1);
  const least = FLAT * free.reduce((most, k) => Math.max(most, weight(k)), 0);
  const told = Math.max(ROUNDING * Math.abs(cost), SEEN ** 2 * Math.abs(from));
  const zero = (k: number) => Math.sqrt(told / Math.abs(bend(k)));
  const down = { curvesDown: true, zero, step: () => new Float64Array(n) };
  if (free.some((k) => bend(k) < 0 && weight(k) > least && slope[k] !== 0)) return down;
  const bent = free.filter((k) => bend(k) > 0);
  const units = bent.map((k) => 1 / Math.sqrt(bend(k)));
  const m = bent.length;
  const matrix = Float64Array.from({ length: m * m }, (_, at) => {
    const [i, j] = [Math.floor(at / m), at % m];
    return whole[bent[i]! * n + bent[j]!]! * units[i]! * units[j]!;
  });
  const triangle = positive(matrix, m);
  if (m === 0 || !triangle) return m === 0 ? undefined : down;
  return {
    curvesDown: false,
    zero,
    step: (s) => {
      const folded = land.folded(s);
      const x = Float64Array.from(bent, (k, i) => -folded[k]! * units[i]!);
      choleskySolve(triangle, m, x);
      const found = new Float64Array(n);
      bent.forEach((k, i) => {
        found[k] = x[i]! * units[i]!;
      });
      return land.spread(found);
    },
  };
}

/** The triangle of a matrix of diagonal 1; where some directions do not curve, of one that does a little; undefined if one curves down. */
function positive(matrix: Float64Array, m: number): Float64Array | undefined {
  const triangle = matrix.slice();
  const pivot = (k: number) => triangle[k * (m + 1)]! ** 2;
  if (cholesky(triangle, m) && [...Array(m).keys()].every((k) => pivot(k) > m * ROUNDING)) return triangle;
  if (leastEigen(matrix, m).value < -FLAT) return undefined;
  const raised = matrix.map((x, at) => (at % (m + 1) === 0 ? x + 2 * FLAT : x));
  return cholesky(raised, m) ? raised : undefined;
}
