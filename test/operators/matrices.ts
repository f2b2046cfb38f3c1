import { expect } from 'vitest';

export type Matrix = number[][];

/** By Laplace's expansion: exact for small whole numbers. */
export function determinant(a: Matrix): number {
  if (a.length === 0) return 1;
  return a[0]!.reduce((sum, x, j) => sum + (j % 2 ? -x : x) * determinant(without(a, 0, j)), 0);
}
export const without = (a: Matrix, i: number, j: number): Matrix =>
  a.filter((_, k) => k !== i).map((row) => row.filter((_, k) => k !== j));

export function expectMatrix(found: Matrix, expected: Matrix, digits = 12): void {
  const size = Math.max(1, ...expected.flat().map(Math.abs));
  expect(found).toHaveLength(expected.length);
  found.forEach((row, i) => {
    row.forEach((x, j) => {
      expect(Math.abs(x - expected[i]![j]!) / size, JSON.stringify(found)).toBeLessThan(10 ** -digits);
    });
  });
}
