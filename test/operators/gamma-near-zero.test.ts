import { expect, test } from 'vitest';
import { gamma, lgamma } from '../../src/operators/kernels/gamma.ts';

test.each([-1e-8, -1e-100, -1e-160, -1e-300, 1e-160])('Γ(%f) is 1/x − γ, to the last digits', (x) => {
  const expected = 1 / x - 0.5772156649015329;
  expect(Math.abs(gamma(x) / expected - 1)).toBeLessThan(1e-14);
  expect(Math.abs(lgamma(x) / Math.log(Math.abs(expected)) - 1)).toBeLessThan(1e-14);
});
