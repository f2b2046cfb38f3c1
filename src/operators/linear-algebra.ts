import type { Numbers } from './array.ts';

/**
 * Dense factorisations in doubles, in place and without allocation. Golub and Van Loan, Matrix Computations, §3.4
 * (LU with row exchanges) and §4.2 (Cholesky).
 */

/** P·A = L·U: n rows of factors, then a row of the exchanges (row k changed places with row `exchange[k]`). */
export function luFactor(a: Numbers, from: number, out: Numbers, at: number, n: number): void {
  for (let e = 0; e < n * n; e++) out[at + e] = a[from + e]!;
  const exchanges = at + n * n;
  for (let k = 0; k < n; k++) {
    let best = k;
    for (let i = k + 1; i < n; i++) {
      // A NaN is taken as the pivot, so that it shows; nothing is greater than it.
      const size = Math.abs(out[at + i * n + k]!);
      if (size > Math.abs(out[at + best * n + k]!) || Number.isNaN(size)) best = i;
    }
    out[exchanges + k] = best;
    if (best !== k) {
      for (let j = 0; j < n; j++) {
        const x = out[at + k * n + j]!;
        out[at + k * n + j] = out[at + best * n + j]!;
        out[at + best * n + j] = x;
      }
    }
    const pivot = out[at + k * n + k]!;
    for (let i = k + 1; i < n; i++) {
      const row = at + i * n;
      // A column of zeros below a pivot that is 0 leaves the rows as they are, but for a NaN, which must show.
      const factor = pivot === 0 ? 0 : out[row + k]! / pivot;
      out[row + k] = factor;
      for (let j = k + 1; j < n; j++) out[row + j]! -= factor * out[at + k * n + j]!;
    }
  }
}

/** A·X = B, or Aᵀ·X = B, for `columns` right sides, by the factors at `lu`. */
export function luSolve(
  factors: Numbers,
  lu: number,
  b: Numbers,
  out: Numbers,
  at: number,
  n: number,
  columns: number,
  transposed: boolean,
): void {
  for (let e = 0; e < n * columns; e++) out[at + e] = b[at + e]!;
  const exchanges = lu + n * n;
  if (!transposed) for (let k = 0; k < n; k++) exchange(out, at, columns, k, factors[exchanges + k]!);
  // L and U in turn, each row losing the known ones in the order in which they became known; the transposes come in the other order,
  // with the unit diagonal on the other side.
  for (let k = 0; k < n; k++) {
    for (let j = 0; j < k; j++) {
      subtract(out, at, columns, k, j, transposed ? factors[lu + j * n + k]! : factors[lu + k * n + j]!);
    }
    if (transposed) divide(out, at, columns, k, factors[lu + k * n + k]!);
  }
  for (let k = n - 1; k >= 0; k--) {
    for (let j = n - 1; j > k; j--) {
      subtract(out, at, columns, k, j, transposed ? factors[lu + j * n + k]! : factors[lu + k * n + j]!);
    }
    if (!transposed) divide(out, at, columns, k, factors[lu + k * n + k]!);
  }
  if (transposed) for (let k = n - 1; k >= 0; k--) exchange(out, at, columns, k, factors[exchanges + k]!);
}

/** Row k minus c times row j. */
function subtract(x: Numbers, at: number, columns: number, k: number, j: number, c: number): void {
  for (let e = 0; e < columns; e++) x[at + k * columns + e]! -= c * x[at + j * columns + e]!;
}

function divide(x: Numbers, at: number, columns: number, k: number, c: number): void {
  for (let e = 0; e < columns; e++) x[at + k * columns + e]! /= c;
}

function exchange(x: Numbers, at: number, columns: number, k: number, j: number): void {
  if (k === j) return;
  for (let e = 0; e < columns; e++) {
    const held = x[at + k * columns + e]!;
    x[at + k * columns + e] = x[at + j * columns + e]!;
    x[at + j * columns + e] = held;
  }
}

/** The product of the diagonal of U, with the sign of the exchanges. */
export function luDeterminant(factors: Numbers, lu: number, n: number): number {
  let total = 1;
  for (let k = 0; k < n; k++) {
    total *= factors[lu + k * n + k]!;
    if (factors[lu + n * n + k] !== k) total = -total;
  }
  return total;
}

/** log det A; NaN where the determinant is negative. Sums logarithms, so that it neither over- nor underflows. */
export function logOfDeterminant(factors: Numbers, lu: number, n: number): number {
  let total = 0;
  let sign = 1;
  for (let k = 0; k < n; k++) {
    const pivot = factors[lu + k * n + k]!;
    total += Math.log(Math.abs(pivot));
    if (pivot < 0) sign = -sign;
    if (factors[lu + n * n + k] !== k) sign = -sign;
  }
  return sign > 0 ? total : total === Number.NEGATIVE_INFINITY ? total : Number.NaN;
}

/** The lower triangular L with L·Lᵀ = (A + Aᵀ)/2; NaN from where that is not positive definite. */
export function choleskyFactor(a: Numbers, out: Numbers, at: number, n: number): void {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let total = (a[at + i * n + j]! + a[at + j * n + i]!) / 2;
      if (j > i) {
        out[at + i * n + j] = 0;
        continue;
      }
      for (let k = 0; k < j; k++) total -= out[at + i * n + k]! * out[at + j * n + k]!;
      out[at + i * n + j] = i === j ? Math.sqrt(total) : total / out[at + j * n + j]!;
    }
  }
}
