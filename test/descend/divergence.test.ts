import { describe, expect, test } from 'vitest';
import { train } from '../../src/api/train.ts';

const BOWL = 'param w = 1; minimize Cost = w^2';

/** w ← (1 − 2α)·w: the cost after k epochs at α. */
const cost = (k: number, lr: number) => (1 - 2 * lr) ** (2 * k);

describe('a learning rate that is too large', () => {
  test.each([2, 3, 10, 1e3, 1e200])('at %d the run stops before the cost is infinite, and says so', async (lr) => {
    const result = await train(BOWL, {}, { epochs: 100_000, lr });
    let last = 0;
    while (Number.isFinite(cost(last + 1, lr))) last++;
    expect(result.stopped).toBe('diverged');
    expect(Math.abs(result.epochs - last)).toBeLessThanOrEqual(1);
    expect(result.error).toMatchObject({ code: 'diverged' });
    expect(result.error!.message).toContain(`after epoch ${result.epochs + 1}, at the learning rate ${lr}`);
    expect(result.error!.hint).toBe(`try a smaller learning rate, such as ${Number((lr / 10).toPrecision(3))}`);
  });

  test('what is returned is of one piece: finite, the cost that of the parameters, the history up to there', async () => {
    const { params, cost: final, epochs, history } = await train(BOWL, {}, { epochs: 100_000, lr: 2 });
    expect(Number.isFinite(params.w)).toBe(true);
    expect(final).toBe((params.w as number) ** 2);
    expect(history).toHaveLength(epochs + 1);
    expect(history.at(-1)).toBe(final);
    expect([...history].every(Number.isFinite)).toBe(true);
  });

  test('the last parameters are those that as many epochs lead to', async () => {
    const diverged = await train(BOWL, {}, { epochs: 100_000, lr: 1.2 });
    const short = await train(BOWL, {}, { epochs: diverged.epochs, lr: 1.2 });
    expect(short.stopped).toBe('epochs');
    expect(diverged.params).toEqual(short.params);
    expect(diverged.cost).toBe(short.cost);
  });

  test('the same for batches', async () => {
    const source = 'data x : [n] = [1, 2, 3]; param w = 1; minimize mean((w·x).^2)';
    const { stopped, epochs, params, history } = await train(source, {}, { epochs: 10_000, lr: 5, batch: 2 });
    expect(stopped).toBe('diverged');
    expect(epochs).toBeGreaterThan(10);
    expect(Number.isFinite(params.w)).toBe(true);
    expect(history).toHaveLength(epochs + 1);
  });

  test('the last epoch alone may be the one that is too much', async () => {
    const diverged = await train(BOWL, {}, { epochs: 100_000, lr: 3 });
    const result = await train(BOWL, {}, { epochs: diverged.epochs + 1, lr: 3 });
    expect(result).toMatchObject({ stopped: 'diverged', epochs: diverged.epochs });
    expect(result.cost).toBe(diverged.cost);
  });

  test('a parameter that overflows under a finite cost', async () => {
    const { stopped, params, error } = await train('param w = 0; maximize w', {}, { epochs: 10, lr: 1e308 });
    expect(stopped).toBe('diverged');
    expect(Number.isFinite(params.w)).toBe(true);
    expect(error!.message).toContain('at the learning rate');
  });
});

describe('a cost that is never finite', () => {
  test.each([
    ['param w = 0; minimize log(w)', 'infinite', 'log(w) is −∞: w is 0'],
    ['param w = -1; minimize log(w)', 'not a number', 'log(w) is NaN: w is −1'],
  ])('%s', async (source, what, origin) => {
    const { stopped, epochs, error, params } = await train(source, {}, { epochs: 10 });
    expect({ stopped, epochs }).toEqual({ stopped: 'diverged', epochs: 0 });
    expect(error!.message).toBe(`the cost is ${what} before the first step: ${origin}`);
    expect(Number.isFinite(params.w)).toBe(true);
  });
});

describe('what diverged is named, with the numbers that it was made from', () => {
  test('a part of the cost', async () => {
    const { error } = await train('param w = 1; A = w - 0.5; minimize log(A)', {}, { epochs: 10, lr: 1 });
    expect(error!.message).toBe('the cost is not a number after epoch 1, at the learning rate 1: log(A) is NaN: A is −1.5');
  });

  test('a part of the gradient, where the cost itself was finite', async () => {
    const { error } = await train('param w = 0; minimize sqrt(w)', {}, { epochs: 10 });
    expect(error!.message).toContain('1/√w is ∞: w is 0');
  });
});
