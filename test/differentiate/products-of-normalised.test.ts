import { expect, test } from 'vitest';
import { derive, hvp, type Tensor } from '../../src/index.ts';

/** Second derivatives along a direction of what is divided by a deviation, in which whole sums vanish. */

test.each([
  ['sum(x/sqrt(var(x) + 1))', 3],
  ['sum((x - mean(x)).^3/sqrt(var(x) + 1e-5))', 4],
  ['sum(x.^2/std(x))', 5],
  ['sum(tanh((x - mean(x))/sqrt(var(x) + 0.1)))', 4],
])('%s: as differences of the gradient', (source, n) => {
  const shapes = { x: [n] };
  const x = Array.from({ length: n }, (_, k) => Math.sin(3 * k + 1));
  const v = Array.from({ length: n }, (_, k) => Math.cos(2 * k));
  const compiled = derive(source, 'x', { shapes }).compile();
  const gradient = (t: number) => (compiled.gradient({ x: x.map((xk, k) => xk + t * v[k]!) }) as unknown as { x: Tensor }).x.data;
  const [above, below] = [gradient(1e-5), gradient(-1e-5)];
  const found = hvp(source, 'x', { shapes }).evaluate({ x, v }) as Tensor;
  found.data.forEach((value, k) => {
    expect(value).toBeCloseTo((above[k]! - below[k]!) / 2e-5, 6);
  });
});
