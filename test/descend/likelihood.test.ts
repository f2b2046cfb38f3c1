import { describe, expect, test } from 'vitest';
import { train } from '../../src/api/train.ts';

/** Of how many examples a cost is the likelihood, however it is written; where that cannot be told, no errors are. */

const DATA = `data x : [n] = [1, 2, 3, 4, 5, 6]; data y : [n] = [1.1, 1.9, 3.2, 3.9, 5.3, 5.8]
param a = 0.5, b = 0, s positive = 1, u = 0; f = a*x + b`;
const fitted = (cost: string) => train(`${DATA}; minimize ${cost}`, {}, { optimizer: 'newton', errors: 'likelihood' });

describe('a normal likelihood', () => {
  test.each([
    'sum((f - y).^2)/(2*s^2) + n*log(s)',
    'mean((f - y).^2/(2*s^2) + log(s))',
    'n*(mse(f, y)/(2*s^2) + log(s))',
    'sum((f - y).^2/(2*exp(2*u)) + u)',
  ])('%s', async (cost) => {
    const { fit, params } = await fitted(cost);
    // s²·(XᵀX)⁻¹ with the variance of a likelihood, over n.
    const s = cost.includes('exp') ? Math.exp(Number(params.u)) : Number(params.s);
    expect(fit!.estimates[0]!.error).toBeCloseTo(s / Math.sqrt(17.5), 6);
  });

  test.each([
    'mse(f, y)/(2*s^2) + log(s)',
    'mean((f - y).^2)/(2*exp(2*u)) + u',
    '0.5*log(s) + mean((f - y).^2)/(2*s)',
    'log(mean((f - y).^2))/2',
    'sqrt(mean((f - y).^2))',
  ])('of which the mean stands alone has none: %s', async (cost) => {
    const { fit, warnings } = await fitted(cost);
    expect(fit).toBeUndefined();
    expect(warnings.map((w) => w.message)).toContain(
      'no standard errors: the cost adds a mean and what is none, which is no log-likelihood',
    );
  });

  test('by its precision, of two numbers each: ½ is no mean of two', async () => {
    const X = 'data X : [n, 2] = [1, 0.2; 0.1, 1.1; -1, 0.3; 0.4, -0.9; 0.7, 0.6]; param A : [2, 2] symmetric = [1, 0; 0, 1]';
    const errors = async (cost: string) =>
      (await train(`${X}; minimize ${cost}`, {}, { optimizer: 'newton', errors: 'likelihood' })).fit!.estimates.map(
        (e) => e.error,
      );
    const expected = await errors('sum(sum((X*A).*X, cols)/2 - log(det(A))/2)');
    const found = await errors('sum((X*A).*X)/2 - n*log(det(A))/2');
    found.forEach((error, k) => {
      expect(error).toBeCloseTo(expected[k]!, 6);
    });
  });
});
