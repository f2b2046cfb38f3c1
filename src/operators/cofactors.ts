import type { Numbers } from './array.ts';
import { luDeterminant, luSolve } from './linear-algebra.ts';

/** The cofactors of matrices in doubles. */

/** The cofactors of cell k: det A·A⁻ᵀ by the factors, or, where a pivot is 0, by complete pivoting. */
export function cofactorsOf(a: Numbers, factors: Numbers, out: Numbers, k: number, n: number): void {
  const [at, lu] = [k * n * n, k * n * (n + 1)];
  for (let p = 0; p < n; p++) {
    if (factors[lu + p * (n + 1)] !== 0) continue;
    ofSingular(a, at, out, n);
    return;
  }
  for (let e = 0; e < n * n; e++) out[at + e] = e % (n + 1) === 0 ? 1 : 0;
  luSolve(factors, lu, out, out, at, n, n, true);
  const determinant = luDeterminant(factors, lu, n);
  for (let e = 0; e < n * n; e++) out[at + e]! *= determinant;
}

/** Relative to the largest entry, what is left of a row that the others make up. */
const ROUNDING = Number.EPSILON;

/**
 * The cofactors of a singular matrix. With P·A·Q = L·U by complete pivoting (Golub and Van Loan, §3.4.8) and the last
 * pivot 0, adj U = det U₁·x·eₙᵀ where U·x = 0 and xₙ = 1, so that cof A = ±det U₁·(P ᵀ·L⁻ᵀ·eₙ)·(Q·x)ᵀ: an outer product of
 * the null vectors. With two pivots that are 0 all cofactors are. Exact where the eliminations are.
 */
function ofSingular(a: Numbers, at: number, out: Numbers, n: number): void {
  const u = Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_v, j) => a[at + i * n + j]!));
  const rows = Array.from({ length: n }, (_, i) => i);
  const columns = [...rows];
  let [sign, determinant, largest] = [1, 1, 0];
  out.fill(0, at, at + n * n);
  for (let k = 0; k < n - 1; k++) {
    const [i, j] = largestFrom(u, k);
    const pivot = u[i]![j]!;
    if (k === 0) largest = Math.abs(pivot);
    if (Math.abs(pivot) <= n * ROUNDING * largest) return;
    if (i !== k) sign = -sign;
    if (j !== k) sign = -sign;
    swap(u, i, k);
    swap(rows, i, k);
    swap(columns, j, k);
    for (const row of u) swap(row, j, k);
    determinant *= pivot;
    for (let r = k + 1; r < n; r++) {
      const factor = u[r]![k]! / pivot;
      for (let c = k; c < n; c++) u[r]![c]! -= factor * u[k]![c]!;
      u[r]![k] = factor;
    }
  }
  const right = nullVector(
    n,
    (k, j) => u[k]![j]!,
    (k) => u[k]![k]!,
  );
  const left = nullVector(
    n,
    (k, j) => u[j]![k]!,
    () => 1,
  );
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) out[at + rows[i]! * n + columns[j]!] = sign * determinant * left[i]! * right[j]!;
  }
}

/** x with xₙ = 1 and row k of an upper triangular matrix times x being 0 for all other k. */
function nullVector(n: number, entry: (k: number, j: number) => number, pivot: (k: number) => number): number[] {
  const x: number[] = new Array(n).fill(0);
  x[n - 1] = 1;
  for (let k = n - 2; k >= 0; k--) {
    let total = 0;
    for (let j = k + 1; j < n; j++) total += entry(k, j) * x[j]!;
    x[k] = -total / pivot(k);
  }
  return x;
}

/** The place of the largest entry from row and column k on. */
function largestFrom(u: readonly (readonly number[])[], k: number): [number, number] {
  let [row, column] = [k, k];
  for (let i = k; i < u.length; i++) {
    for (let j = k; j < u.length; j++) if (Math.abs(u[i]![j]!) > Math.abs(u[row]![column]!)) [row, column] = [i, j];
  }
  return [row, column];
}

function swap<T>(list: T[], i: number, j: number): void {
  const held = list[i]!;
  list[i] = list[j]!;
  list[j] = held;
}
