import { expect, test } from 'vitest';
import { besseli } from '../../src/operators/bessel.ts';

test.each([1e4, 1e10, 1e160])('Iₙ at %f is no double, and that is known at once', (x) => {
  for (const n of [0, 1, 2, 7]) expect(besseli.kernel(n, x)).toBe(Number.POSITIVE_INFINITY);
});

test('Iₙ/I₀ goes on to what it was before e^x overflows', () => {
  expect(besseli.kernel(1, 700) / besseli.kernel(0, 700)).toBeCloseTo(0.99928545, 7);
});
