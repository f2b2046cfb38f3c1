import { expect, test } from 'vitest';
import { derive } from '../../src/index.ts';

/** What JSON can say: no numbers of any size, no nodes, nothing that goes round. */
function isPlain(value: unknown): boolean {
  if (typeof value === 'bigint' || typeof value === 'function' || typeof value === 'symbol') return false;
  if (value === null || typeof value !== 'object') return true;
  const isBare = Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
  return isBare && Object.values(value).every(isPlain);
}

test.each([
  [
    'a path over a mean that vanishes',
    'param X : [n, d]; μ = mean(X, cols); v = var(X, cols); minimize sum(((X - μ)./sqrt(v + 1)).^3)',
  ],
  [
    'what shares sum to',
    'data X : [n, d], Y : [n, k] distribution cols; param W : [d, k]; minimize -sum(Y.*log_softmax(X*W, cols))/n',
  ],
  ['a recurrence', 'param a, c; h[0] = c; h[t=1:4] = a*h[t-1] + 1; minimize L = h[4]^2/2'],
  ['a scalar', 'param x; minimize x^2*sin(x)'],
])('%s is plain in JSON', (_, source) => {
  const told = derive(source).toJSON();
  expect(isPlain(told)).toBe(true);
  expect(JSON.parse(JSON.stringify(told))).toEqual(JSON.parse(JSON.stringify(derive(source))));
});
