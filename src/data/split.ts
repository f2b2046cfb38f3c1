import { GradusError } from '../language/diagnostics.ts';
import { random } from '../numeric/random.ts';

/** Rows by what they are for: each row is in one part, and the parts are in the order of the rows. */
export interface Split {
  readonly train: Uint32Array;
  readonly validation: Uint32Array;
  readonly test: Uint32Array;
}

/** How many of the rows, from 0 to below 1, are kept from training. */
export interface Shares {
  readonly test?: number | undefined;
  readonly validation?: number | undefined;
  readonly seed?: number | undefined;
}

/** Another stream than that of the initial values and of the order of examples. */
const STREAM = 0x7e57;

/**
 * Rows drawn at random for testing and validation, the rest for training. What is tested with stays the same whatever is
 * kept for validation.
 * @throws GradusError `argument` where a part would be left without a row
 */
export function splitRows(rows: number, { test = 0, validation = 0, seed = 1 }: Shares): Split {
  const counts = [test, validation].map((share) => Math.round(share * rows)) as [number, number];
  const parts = [counts[0], counts[1], rows - counts[0] - counts[1]] as const;
  const empty = parts.findIndex((count, k) => count < 1 && [test > 0, validation > 0, true][k]);
  if (empty >= 0) {
    throw new GradusError('argument', `of ${rows} rows none is left for ${['test', 'validation', 'training'][empty]}`, {
      hint: `the shares are ${test} for test and ${validation} for validation`,
    });
  }
  const order = Uint32Array.from({ length: rows }, (_, row) => row);
  const draw = random(seed ^ STREAM);
  const kept = parts[0] + parts[1];
  // The first so many of a shuffled list (Fisher and Yates; Knuth 3.4.2 P).
  for (let k = 0; k < kept; k++) {
    const other = Math.min(rows - 1, Math.floor(draw.uniform(k, rows)));
    const moved = order[k]!;
    order[k] = order[other]!;
    order[other] = moved;
  }
  return {
    test: order.slice(0, parts[0]).sort(),
    validation: order.slice(parts[0], kept).sort(),
    train: order.slice(kept).sort(),
  };
}

/**
 * Some rows of an array in row-major order.
 * @param axis the one along which the rows lie
 */
export function takeRows(
  data: ArrayLike<number>,
  shape: readonly number[],
  axis: number,
  rows: ArrayLike<number>,
): Float64Array<ArrayBuffer> {
  const length = (part: readonly number[]) => part.reduce((n, size) => n * size, 1);
  const [outer, all, inner] = [length(shape.slice(0, axis)), shape[axis]!, length(shape.slice(axis + 1))];
  const taken = new Float64Array(outer * rows.length * inner);
  let at = 0;
  for (let o = 0; o < outer; o++) {
    for (let k = 0; k < rows.length; k++) {
      const start = (o * all + rows[k]!) * inner;
      for (let i = 0; i < inner; i++) taken[at++] = data[start + i]!;
    }
  }
  return taken;
}
