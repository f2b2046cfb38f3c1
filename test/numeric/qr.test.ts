import { describe, expect, test } from 'vitest';
import { cholesky } from '../../src/numeric/linear/cholesky.ts';
import { damped, factored } from '../../src/numeric/linear/qr.ts';
import { random } from '../../src/numeric/random.ts';

const matrix = (m: number, n: number, seed: number): Float64Array => {
  const draw = random(seed);
  return Float64Array.from({ length: m * n }, () => draw.normal());
};

/** ‖AᵀA·x + D²·x − Aᵀb‖ as a share of ‖Aᵀb‖: what the normal equations leave. */
function leftOver(a: Float64Array, b: Float64Array, d: Float64Array, x: Float64Array): number {
  const [m, n] = [b.length, x.length];
  const rest = Float64Array.from(b, (y, i) => y - x.reduce((sum, xj, j) => sum + a[i * n + j]! * xj, 0));
  const squared = (f: (j: number) => number) => Math.sqrt(x.reduce((sum, _, j) => sum + f(j) ** 2, 0));
  const column = (v: Float64Array, j: number) => v.reduce((sum, y, i) => sum + a[i * n + j]! * y, 0);
  expect(a.length).toBe(m * n);
  return squared((j) => column(rest, j) - d[j]! ** 2 * x[j]!) / squared((j) => column(b, j));
}

describe.each([
  [20, 8],
  [150, 100],
  [60, 130],
  [200, 203],
])('a %i×%i matrix', (m, n) => {
  test.each([1, 1e-3, 1e-9])('is solved with a damping of %d', (size) => {
    const [a, b] = [matrix(m, n, 1), matrix(m, 1, 2)];
    const d = Float64Array.from({ length: n }, (_, k) => size * (1 + (k % 3)));
    const qr = factored(a.slice(), m, n, b.slice());
    const { x, s } = damped(qr, n, d);
    expect(leftOver(a, b, d, x)).toBeLessThan(1e-8);
    for (const [i, j] of [
      [0, 0],
      [3, 5],
      [n - 1, n - 1],
    ] as const) {
      const [p, q] = [qr.order[i]!, qr.order[j]!];
      let [found, wanted] = [0, p === q ? d[p]! ** 2 : 0];
      for (let k = 0; k < n; k++) found += s[k * n + i]! * s[k * n + j]!;
      for (let k = 0; k < m; k++) wanted += a[k * n + p]! * a[k * n + q]!;
      expect(Math.abs(found - wanted)).toBeLessThan(1e-11 * m);
    }
  });
});

test('the triangle of a symmetric matrix, larger than what is done at once, gives it back', () => {
  const n = 131;
  const b = matrix(n, n, 3);
  const product = (x: Float64Array, i: number, j: number) => {
    let sum = 0;
    for (let k = 0; k < n; k++) sum += x[i * n + k]! * x[j * n + k]!;
    return sum;
  };
  const a = Float64Array.from({ length: n * n }, (_, at) => product(b, Math.floor(at / n), at % n));
  const l = a.slice();
  expect(cholesky(l, n)).toBe(true);
  for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) l[i * n + j] = 0;
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) expect(Math.abs(product(l, i, j) - a[i * n + j]!)).toBeLessThan(1e-11 * n);
  expect(
    cholesky(
      a.map((x, at) => (at === (n - 1) * (n + 1) ? -1 : x)),
      n,
    ),
  ).toBe(false);
});
