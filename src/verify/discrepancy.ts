import type { Discrepancy } from './report.ts';

/** Two arrays of one shape, row-major. */
interface Comparison {
  readonly symbolic: ArrayLike<number>;
  readonly numeric: ArrayLike<number>;
  /** Differences where they are known more exactly than the doubles tell. */
  readonly gaps?: ArrayLike<number>;
  readonly shape: readonly number[];
  /** Noise: differences are measured against at least this. */
  readonly floor: number;
}

/** The largest difference of two entries, relative to the largest entry. */
export function discrepancy({ symbolic, numeric, gaps, shape, floor }: Comparison, at: Discrepancy['at']): Discrepancy {
  let scale = floor;
  let worst = 0;
  let place = -1;
  for (let k = 0; k < numeric.length; k++) {
    scale = Math.max(scale, finiteSize(numeric[k]!), finiteSize(symbolic[k]!));
    const gap = gaps?.[k] ?? Math.abs(symbolic[k]! - numeric[k]!);
    if (gap <= worst) continue;
    worst = Number.isNaN(gap) ? Number.POSITIVE_INFINITY : gap;
    place = k;
  }
  if (place < 0) return { relativeError: 0, at };
  const entry = { index: indexAt(place, shape), symbolic: symbolic[place]!, numeric: numeric[place]! };
  return { relativeError: worst / scale, at, entry };
}

const finiteSize = (x: number): number => (Number.isFinite(x) ? Math.abs(x) : 0);

/** The place in a row-major array as indices that count from 1. */
export function indexAt(place: number, shape: readonly number[]): number[] {
  const index: number[] = [];
  let rest = place;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    index.unshift((rest % shape[axis]!) + 1);
    rest = Math.floor(rest / shape[axis]!);
  }
  return index;
}
