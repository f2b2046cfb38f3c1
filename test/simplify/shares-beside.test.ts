import { expect, test } from 'vitest';
import { derive, exportTo } from '../../src/index.ts';

test('what shares sum to is read without them, and runs beside them', async () => {
  const entropy = derive('param q : [n]; p = softmax(q); minimize f = sum(p.*(log(p) + 1))');
  expect(entropy.partials.q!.toString()).toBe("p = softmax(q); p.*(log(p) - log(p)'*p)");
  // log Σ exp and Σ y·z apart would lose the digits of their difference.
  const cross = 'data X : [n, d], Y : [n, k] distribution cols; param W : [d, k]; minimize L = -sum(Y.*log_softmax(X*W, cols))/n';
  expect((await exportTo(cross, 'numpy'))['model.py']).toMatch(/L = .*Y \* \(/);
});
