import type { Cell, Field } from './array.ts';

/** The same factorisations in any arithmetic, written out plainly: what the fast ones are judged by. */

/** The solution of A·X = B, and det A, by Gaussian elimination with row exchanges. B is given row by row. */
export function eliminated<T>(x: Field<T>, { shape, data }: Cell<T>, right: readonly T[]): { solution: T[]; determinant: T } {
  const n = shape[0]!;
  const columns = right.length / n;
  const rows = Array.from({ length: n }, (_, i) => [
    ...data.slice(i * n, (i + 1) * n),
    ...right.slice(i * columns, (i + 1) * columns),
  ]);
  let determinant = x.one;
  for (let k = 0; k < n; k++) {
    let best = k;
    for (let i = k + 1; i < n; i++) if (x.size(rows[i]![k]!) > x.size(rows[best]![k]!)) best = i;
    if (best !== k) {
      [rows[k], rows[best]] = [rows[best]!, rows[k]!];
      determinant = x.sub(x.zero, determinant);
    }
    const pivot = rows[k]![k]!;
    determinant = x.mul(determinant, pivot);
    // Without a right side a vanishing pivot is no division: the determinant is just 0.
    if (x.size(pivot) === 0 && columns === 0) return { solution: [], determinant: x.zero };
    for (let i = 0; i < n; i++) {
      if (i === k) continue;
      const factor = x.div(rows[i]![k]!, pivot);
      for (let j = k; j < n + columns; j++) rows[i]![j] = x.sub(rows[i]![j]!, x.mul(factor, rows[k]![j]!));
    }
  }
  return { solution: rows.flatMap((row, i) => row.slice(n).map((b) => x.div(b, row[i]!))), determinant };
}

export const identityEntries = <T>(x: Field<T>, n: number): T[] =>
  Array.from({ length: n * n }, (_, k) => (k % (n + 1) === 0 ? x.one : x.zero));

/** The lower triangular L with L·Lᵀ = (A + Aᵀ)/2. */
export function choleskyExact<T>(x: Field<T>, { shape, data }: Cell<T>): T[] {
  const n = shape[0]!;
  const two = x.add(x.one, x.one);
  const l: T[] = new Array(n * n).fill(x.zero);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let total = x.div(x.add(data[i * n + j]!, data[j * n + i]!), two);
      for (let k = 0; k < j; k++) total = x.sub(total, x.mul(l[i * n + k]!, l[j * n + k]!));
      l[i * n + j] = i === j ? x.sqrt(total) : x.div(total, l[j * n + j]!);
    }
  }
  return l;
}
