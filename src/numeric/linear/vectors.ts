/** Vectors of one length, as solvers need them. */

export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!;
  return sum;
}

/** The Euclidean length, without overflow on the way. */
export function length(a: ArrayLike<number>): number {
  const most = largest(a);
  if (most === 0 || !Number.isFinite(most)) return most;
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += (a[k]! / most) ** 2;
  return most * Math.sqrt(sum);
}

/** The largest size of an entry; NaN if one is. */
export function largest(a: ArrayLike<number>): number {
  let most = 0;
  for (let k = 0; k < a.length; k++) {
    const size = Math.abs(a[k]!);
    if (!(size <= most)) most = size;
  }
  return most;
}

/** a + t·b into `into`. */
export function along(a: ArrayLike<number>, t: number, b: ArrayLike<number>, into: Float64Array): Float64Array {
  for (let k = 0; k < a.length; k++) into[k] = a[k]! + t * b[k]!;
  return into;
}

/** The length of each column of an m×n matrix, row-major, without overflow on the way. */
export function columnLengths(a: ArrayLike<number>, m: number, n: number): Float64Array {
  const most = new Float64Array(n);
  for (let i = 0, at = 0; i < m; i++) {
    for (let j = 0; j < n; j++, at++) {
      const size = Math.abs(a[at]!);
      if (!(size <= most[j]!)) most[j] = size;
    }
  }
  const sums = new Float64Array(n);
  for (let i = 0, at = 0; i < m; i++) for (let j = 0; j < n; j++, at++) sums[j] = sums[j]! + (a[at]! / most[j]!) ** 2;
  return most.map((size, j) => (size === 0 || !Number.isFinite(size) ? size : size * Math.sqrt(sums[j]!)));
}

/** Some columns of a row-major matrix of n. */
export function columnsOf(a: Float64Array, n: number, columns: readonly number[]): Float64Array {
  if (columns.length === n) return a;
  const rows = a.length / n;
  const result = new Float64Array(rows * columns.length);
  for (let i = 0, at = 0; i < rows; i++) for (const j of columns) result[at++] = a[i * n + j]!;
  return result;
}
