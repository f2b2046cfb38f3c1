/** Numbers and matrices, as formulas of rules have them; a vector is a column. */

export type Matrix = readonly (readonly number[])[];
export type Value = number | Matrix;

export const isMatrix = (value: Value): value is Matrix => typeof value !== 'number';

export function asNumber(value: Value): number {
  if (isMatrix(value)) throw new Error('a number is meant, and a matrix came');
  return value;
}

export function asMatrix(value: Value): Matrix {
  if (!isMatrix(value)) throw new Error('a matrix is meant, and a number came');
  return value;
}

export const make = (rows: number, cols: number, entry: (i: number, j: number) => number): Matrix =>
  Array.from({ length: rows }, (_, i) => Array.from({ length: cols }, (__, j) => entry(i, j)));

export const entries = (value: Value): readonly number[] => (isMatrix(value) ? value.flat() : [value]);

/** Entry by entry; a number goes with every entry. */
export function each(f: (...xs: number[]) => number, ...values: readonly Value[]): Value {
  const like = values.find(isMatrix);
  if (!like) return f(...values.map(asNumber));
  return make(like.length, like[0]!.length, (i, j) => f(...values.map((v) => (isMatrix(v) ? v[i]![j]! : v))));
}

export const add = (a: Value, b: Value): Value => each((x, y) => x + y, a, b);
export const negated = (a: Value): Value => each((x) => -x, a);
export const divided = (a: Value, b: Value): Value => each((x, y) => x / y, a, b);

/** The product of matrices, or of anything with a number. */
export function multiplied(a: Value, b: Value): Value {
  if (!isMatrix(a) || !isMatrix(b)) return each((x, y) => x * y, a, b);
  if (a[0]!.length !== b.length) throw new Error('these do not multiply');
  return make(a.length, b[0]!.length, (i, j) => a[i]!.reduce((sum, x, k) => sum + x * b[k]![j]!, 0));
}

export const transposed = (a: Matrix): Matrix => make(a[0]!.length, a.length, (i, j) => a[j]![i]!);

const without = (a: Matrix, i: number, j: number): Matrix =>
  a.filter((_, row) => row !== i).map((row) => row.filter((_, col) => col !== j));

/** By minors: small, and nothing like what is tested. */
export function det(a: Matrix): number {
  if (a.length === 0) return 1;
  return a[0]!.reduce((sum, x, j) => sum + (j % 2 === 0 ? x : -x) * det(without(a, 0, j)), 0);
}

export const cofactors = (a: Matrix): Matrix =>
  make(a.length, a.length, (i, j) => ((i + j) % 2 === 0 ? 1 : -1) * det(without(a, i, j)));

export const inverse = (a: Matrix): Matrix => asMatrix(divided(transposed(cofactors(a)), det(a)));
