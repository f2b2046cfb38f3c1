/**
 * The lower triangle L of a symmetric matrix A = L·Lᵀ, row-major, in place.
 * @param n of n×n numbers
 * @returns whether the matrix is positive definite; if not, its numbers are lost
 */
export function cholesky(a: Float64Array, n: number): boolean {
  for (let from = 0; from < n; from += BLOCK) {
    const to = Math.min(n, from + BLOCK);
    for (let i = from; i < n && from > 0; i++) subtractBefore(a, n, i, from, Math.min(to, i + 1));
    for (let j = from; j < to; j++) {
      for (let i = j; i < n; i++) {
        let sum = a[i * n + j]!;
        for (let k = from; k < j; k++) sum -= a[i * n + k]! * a[j * n + k]!;
        if (i > j) a[i * n + j] = sum / a[j * n + j]!;
        else if (sum > 0 && Number.isFinite(sum)) a[j * n + j] = Math.sqrt(sum);
        else return false;
      }
    }
  }
  return true;
}

/** Columns that are finished together, so that what lies before them is read once for all. */
const BLOCK = 48;

/** Takes from the entries `from` to `to` of row i what the columns before `from` contribute, four entries at a time. */
function subtractBefore(a: Float64Array, n: number, i: number, from: number, to: number): void {
  const own = i * n;
  let j = from;
  for (; j + 4 <= to; j += 4) {
    const [first, second, third, fourth] = [j * n, (j + 1) * n, (j + 2) * n, (j + 3) * n];
    let [p, q, r, s] = [0, 0, 0, 0];
    for (let k = 0; k < from; k++) {
      const x = a[own + k]!;
      p += x * a[first + k]!;
      q += x * a[second + k]!;
      r += x * a[third + k]!;
      s += x * a[fourth + k]!;
    }
    a[own + j] = a[own + j]! - p;
    a[own + j + 1] = a[own + j + 1]! - q;
    a[own + j + 2] = a[own + j + 2]! - r;
    a[own + j + 3] = a[own + j + 3]! - s;
  }
  for (; j < to; j++) {
    let sum = 0;
    for (let k = 0; k < from; k++) sum += a[own + k]! * a[j * n + k]!;
    a[own + j] = a[own + j]! - sum;
  }
}

/** Solves L·Lᵀ·x = b in place, L from `cholesky`. */
export function choleskySolve(l: Float64Array, n: number, x: Float64Array): void {
  lowerSolve(l, n, x);
  // Row by row of L, as it lies.
  for (let i = n - 1; i >= 0; i--) {
    const own = x[i]! / l[i * n + i]!;
    x[i] = own;
    for (let k = 0; k < i; k++) x[k] = x[k]! - l[i * n + k]! * own;
  }
}

/** Solves L·x = b in place. */
export function lowerSolve(l: Float64Array, n: number, x: Float64Array): void {
  for (let i = 0; i < n; i++) {
    let sum = x[i]!;
    for (let k = 0; k < i; k++) sum -= l[i * n + k]! * x[k]!;
    x[i] = sum / l[i * n + i]!;
  }
}
