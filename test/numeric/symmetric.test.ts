import { expect, test } from 'vitest';
import { leastEigen } from '../../src/numeric/linear/symmetric.ts';

test.each([
  [[2, 1, 1, 2], 1],
  [[0, 0, 0, 0], 0],
  [[1, 0, 0, -3], -3],
  [[4, 1, 0, 1, 4, 1, 0, 1, 4], 4 - Math.SQRT2],
  [[1e6, 1, 1, -1e-6], -2e-6 + 0],
])('the least eigenvalue of %j', (entries, least) => {
  const n = Math.sqrt(entries.length);
  const matrix = Float64Array.from(entries);
  const { value, vector } = leastEigen(matrix, n);
  expect(Math.abs(value - least)).toBeLessThan(1e-12 * Math.max(...entries.map(Math.abs), 1));
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let k = 0; k < n; k++) sum += matrix[i * n + k]! * vector[k]!;
    expect(Math.abs(sum - value * vector[i]!)).toBeLessThan(1e-12 * Math.max(...entries.map(Math.abs), 1));
  }
});
