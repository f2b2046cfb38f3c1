import type { Model } from '../calculus/check.ts';
import { doubles, evaluate } from '../compile/interpret.ts';
import { sizeOf } from '../graph/dimension.ts';
import type { Node } from '../graph/node.ts';
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

/** The last digits of a double are lost to different orders of summation. */
const TOLERANCE = 1e-8;
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
  const wanted = options.points ?? 5;
  const points = new Points(model, wrt, {}, options.seed ?? 1);
  const roots = equalities.flatMap(({ before, after }) => [before, after]);
  const worst = equalities.map(() => 0);
  let held = 0;
  for (let attempt = 0, refused = 0; held < wanted && attempt < TRIES; attempt++) {
    const point = points.next(held, refused);
    const values = evaluate(
      roots,
      (v) => ({ shape: v.shape.map((dim) => sizeOf(dim, points.sizes)), data: Array.from(point.values.get(v.name) ?? []) }),
      points.sizes,
      doubles,
    );
    if (!values.every(({ data }) => data.every(Number.isFinite))) {
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

/** The largest difference over the largest entry; different lengths are infinitely apart. */
function difference(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  const scale = Math.max(1e-300, ...a.map(Math.abs), ...b.map(Math.abs));
  return a.reduce((most, x, k) => Math.max(most, Math.abs(x - b[k]!)), 0) / scale;
}
