import { describe, expect, test } from 'vitest';
import { type Tensor, train } from '../../src/index.ts';

/** What users found wrong, each with the right value. */

const x = [1, 2, 3, 4, 5];
const y = [3.1, 5.2, 6.9, 9.1, 10.8];
const s = [0.1, 0.2, 0.1, 0.3, 0.1];
const LINE = 'data x : [n], y : [n], s : [n]; param a = 0, b = 0; A = a*x + b; ';
const errorsOf = async (cost: string, options: object) =>
  (await train(`${LINE}minimize ${cost}`, { x, y, s }, { optimizer: 'auto', ...options })).fit!.estimates.map((e) => e.error);

describe('standard errors', () => {
  test('of known errors do not depend on the factor before the sum', async () => {
    const wanted = await errorsOf('sum(((A - y)./s).^2)', { errors: 'known' });
    expect(wanted[0]).toBeCloseTo(0.0346, 4);
    expect(wanted[1]).toBeCloseTo(0.116, 4);
    for (const cost of ['sum(((A - y)./s).^2)/2', 'mean(((A - y)./s).^2)', 'sum((A - y).^2./s.^2)/2']) {
      const found = await errorsOf(cost, { errors: 'known' });
      for (const [k, error] of found.entries()) expect(error).toBeCloseTo(wanted[k]!, 12);
    }
  });

  test('are those of the parameters that are told, also where the data were scaled', async () => {
    const plain = await errorsOf('mse(A, y)', {});
    const source = 'data X : [n, 1], y : [n]; param w : [1] = 0, b = 0; A = X*w + b; minimize mse(A, y)';
    const { fit } = await train(source, { X: x.map((v) => [v]), y }, { optimizer: 'auto', scale: true });
    for (const [k, error] of fit!.estimates.map((e) => e.error).entries()) expect(error).toBeCloseTo(plain[k]!, 8);
  });

  test('are none of what is no square of a residual', async () => {
    const { fit } = await train(`${LINE}minimize sum((A - y).^4)`, { x, y, s }, { optimizer: 'auto', epochs: 500 });
    expect(fit).toBeUndefined();
  });

  test('of a run that has not converged say so', async () => {
    const { warnings } = await train(`${LINE}minimize mse(A, y)`, { x, y, s }, { epochs: 3, lr: 0.01, errors: 'squares' });
    expect(warnings.map((w) => w.message).join()).toContain('where the run stopped');
  });
});

test('what is linear has a minimum where entries stand for one another', async () => {
  const X = [1, 2, 3, 4].map((v) => [v, 2 * v]);
  const source = 'data X : [n, 2], y : [n]; param w : [2] = 0; minimize mse(X*w, y)';
  const { stopped, params, cost } = await train(source, { X, y: [3, 5.5, 9.2, 12] }, { optimizer: 'auto' });
  expect(stopped).toBe('converged');
  const [u, v] = (params.w as Tensor).data as unknown as [number, number];
  expect(u + 2 * v).toBeCloseTo(2.98666, 4);
  expect(Math.abs(u) + Math.abs(v)).toBeLessThan(4);
  expect(cost).toBeCloseTo(0.0711667, 6);
});

test('what is fixed stays, also where the data are scaled', async () => {
  const source = 'data X : [n, 1], y : [n]; param w : [1] = 0, b = 0; A = X*w + b; minimize mse(A, y)';
  const { params, scaling } = await train(source, { X: x.map((v) => [v]), y }, { scale: true, fix: 'b', epochs: 50 });
  expect(params.b).toBe(0);
  expect(scaling).toBeDefined();
});

test.each([{ weightDecay: 0.1 }, { clip: 1 }, { schedule: 'cosine' as const }, { shuffle: true }])(
  'solvers refuse %o, and auto does not choose them then',
  async (options) => {
    const data = { x, y, s };
    await expect(train(`${LINE}minimize mse(A, y)`, data, { optimizer: 'newton', ...options })).rejects.toThrow(
      'finds its own steps',
    );
    const { optimizer } = await train(`${LINE}minimize mse(A, y)`, data, { optimizer: 'auto', epochs: 2, ...options });
    expect(optimizer.name).toBe('adam');
  },
);

test('a fit of what entries stand for one another in is resumed where it was', async () => {
  const X = [1, 2, 3, 4].map((v) => [v, 2 * v]);
  const source = 'data X : [n, 2], y : [n]; param w : [2] = 0; minimize mse(X*w, y)';
  const data = { X, y: [3, 5.5, 9.2, 12] };
  const states: string[] = [];
  const whole = await train(source, data, { optimizer: 'lm', checkpoint: (state) => states.push(state), checkpointEvery: '1' });
  expect(whole.stopped).toBe('converged');
  for (const resume of states) {
    const { params, epochs, stopped } = await train(source, data, { optimizer: 'lm', resume });
    expect({ params, epochs, stopped }).toEqual({ params: whole.params, epochs: whole.epochs, stopped: whole.stopped });
  }
});
