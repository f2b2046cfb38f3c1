import type { Model } from '../calculus/check.ts';
import { type Arithmetic, evaluate } from '../compile/interpret.ts';
import { sizeOf } from '../graph/dimension.ts';
import type { Node } from '../graph/node.ts';
import { toNumber } from '../graph/rational.ts';
import { LIMITS, wholeNumber } from '../language/limits.ts';
import { Points } from './points.ts';

/** Two nodes that are said to be of equal value. */
export interface Equality {
  readonly before: Node;
  readonly after: Node;
}

/** At how many points each equality held, and those that did not. */
export interface StepsReport {
  readonly ok: boolean;
  readonly points: number;
  /** Places in the list, with the largest relative difference. */
  readonly failed: readonly { readonly place: number; readonly difference: number }[];
}

/** Of the numbers that a value was added up from: the last digits go where they cancel. */
const TOLERANCE = 1e-9;
const TRIES = 60;

/**
 * Evaluates both sides of each equality at random points where all of them are finite.
 * @param wrt the names that the points vary; data in the source are kept
 */
export function verifySteps(
  model: Model,
  wrt: readonly string[],
  equalities: readonly Equality[],
  options: { points?: number; seed?: number } = {},
): StepsReport {
  const wanted = wholeNumber(options.points ?? 5, 'points', 1, LIMITS.points);
  const points = new Points(model, wrt, {}, options.seed ?? 1);
  const roots = equalities.flatMap(({ before, after }) => [before, after]);
  const worst = equalities.map(() => 0);
  let held = 0;
  for (let attempt = 0, refused = 0; held < wanted && attempt < TRIES; attempt++) {
    const point = points.next(held, refused);
    const values = evaluate(
      roots,
      (v) => ({
        shape: v.shape.map((dim) => sizeOf(dim, points.sizes)),
        data: Array.from(point.values.get(v.name) ?? [], tracked.fromNumber),
      }),
      points.sizes,
      tracked,
      LIMITS.verified,
    );
    if (!values.every(({ data }) => data.every(({ value }) => Number.isFinite(value)))) {
      refused++;
      continue;
    }
    refused = 0;
    held++;
    equalities.forEach((_, k) => {
      worst[k] = Math.max(worst[k]!, difference(values[2 * k]!.data, values[2 * k + 1]!.data));
    });
  }
  const failed = worst.flatMap((d, place) => (d > TOLERANCE ? [{ place, difference: d }] : []));
  return { ok: failed.length === 0 && held > 0, points: held, failed };
}

/** A double, and the size of what it was added up from: x − x is 0, but known only to a digit of x. */
interface Tracked {
  readonly value: number;
  readonly size: number;
}

const exact = (value: number): Tracked => ({ value, size: Math.abs(value) });

const tracked: Arithmetic<Tracked> = {
  fromNumber: exact,
  fromRational: (q) => exact(toNumber(q)),
  add: (a, b) => ({ value: a.value + b.value, size: a.size + b.size }),
  multiply: (a, b) => ({ value: a.value * b.value, size: a.size * b.size }),
  apply: (operator, args) => {
    const value = operator.kernel(...args.map((a) => a.value));
    // What is lost of an argument is lost of the value, relatively; of an argument near 0, everything.
    const lost = args.reduce((most, a) => Math.max(most, a.size / Math.max(Math.abs(a.value), 1e-300)), 1);
    return { value, size: Math.max(Math.abs(value), ...args.map((a) => (lost > 1 ? a.size : 0))) * Math.min(lost, 1e8) };
  },
  toNumber: ({ value }) => value,
};

/** The largest difference relative to what the entries were added up from; different lengths are infinitely apart. */
function difference(a: readonly Tracked[], b: readonly Tracked[]): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  return a.reduce((most, x, k) => {
    const y = b[k]!;
    return Math.max(most, Math.abs(x.value - y.value) / Math.max(x.size, y.size, 1e-300));
  }, 0);
}
