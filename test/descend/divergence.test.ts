import { describe, expect, it } from 'vitest';
import { train } from '../../src/index.ts';

const LINE = `data x : [m] = [1, 2, 3, 4]
data y : [m] = [3, 5, 7, 9]
param w = 0
param b = 0
minimize Cost = mean((w*x + b - y).^2)`;

describe('a run that goes the wrong way', () => {
  it('has diverged where it ends far above its start, and says which rate the curvature allows', async () => {
    const { stopped, error } = await train(LINE, {}, { lr: 0.15, epochs: 40 });
    expect(stopped).toBe('diverged');
    expect(error!.message).toContain('ended far from its start');
    expect(error!.hint).toMatch(/^w grew most, to .*; the curvature at the start allows rates below 0\.12\d?: try 0\.06$/);
    // What is suggested works.
    const { stopped: then, cost, history } = await train(LINE, {}, { lr: 0.06, epochs: 40 });
    expect([then, cost < history[0]!]).toEqual(['epochs', true]);
  });

  it('names the rate where the cost became infinite, too', async () => {
    const { error } = await train(LINE, {}, { lr: 10, epochs: 1000 });
    expect(error!.message).toContain('infinite');
    expect(error!.hint).toContain('try 0.06');
  });

  it('to maximize is one that falls', async () => {
    const source = LINE.replace('minimize Cost = ', 'maximize Gain = -');
    expect((await train(source, {}, { lr: 0.15, epochs: 40 })).stopped).toBe('diverged');
    expect((await train(source, {}, { lr: 0.06, epochs: 40 })).stopped).toBe('epochs');
  });

  it('gets a tenth of its rate where the start is flat', async () => {
    const { error } = await train('param x = 1\nminimize x^4/12', {}, { lr: 1000, epochs: 30 });
    expect(error!.hint).toContain('try');
  });

  it('is none that comes down, goes up a little, or ends where it began', async () => {
    for (const [source, lr] of [
      ['param x = 3\nminimize x^2', 0.1],
      ['param x = 0\nminimize x^2', 0.1],
      ['param x = 1\nminimize abs(x)', 0.3],
    ] as const)
      expect((await train(source, {}, { lr, epochs: 100 })).stopped).toBe('epochs');
  });
});

describe('a gradient that is 0 at the start', () => {
  it('is said, with the parameters that stay there', async () => {
    const source = `data X : [2, m] = [[0, 0, 1, 1], [0, 1, 0, 1]]
data Y : [1, m] = [[0, 1, 1, 0]]
param W1 : [2, 2] = [[0, 0], [0, 0]]
param W2 : [1, 2] = [[0, 0]]
minimize mean((W2*tanh(W1*X) - Y).^2)`;
    const { warnings, stopped } = await train(source, {}, { epochs: 10 });
    expect(stopped).toBe('epochs');
    expect(warnings.map((w) => w.message)).toEqual(['W1, W2 stayed at the start: the gradient is 0 there']);
    expect(warnings[0]!.hint).toContain('param W1');
  });

  it('is not said of what comes back to its start', async () => {
    const { warnings } = await train('param w = 1\nminimize w^2', {}, { lr: 1, epochs: 50 });
    expect(warnings.map((w) => w.message)).toEqual(['w ended where the run started, going to and fro']);
  });

  it('is not said where everything moves', async () => {
    expect((await train(LINE, {}, { lr: 0.01, epochs: 3 })).warnings).toEqual([]);
  });
});

describe('facts of parameters', () => {
  it('are kept: a positive one comes near 0 and no farther', async () => {
    const { params, cost } = await train('param k positive = 1\nminimize L = abs(k)', {}, { epochs: 100 });
    expect(params.k).toBeGreaterThan(0);
    expect(cost).toBeLessThan(1e-9);
  });

  it('are kept: a symmetric one is symmetric to the last bit', async () => {
    const source = `data A : [2, 2] = [[1, 2], [0, 3]]
param S : [2, 2] symmetric = [[0.1, 0.3], [0.3, 0.7]]
minimize sum((S - A).^2) + sum(exp(A*S)/3)`;
    const { params } = await train(source, {}, { epochs: 50, lr: 0.01 });
    const [[, a], [b]] = (params.S as { toArray(): unknown }).toArray() as [[number, number], [number]];
    expect(a).toBe(b);
  });

  it('are refused where descent would leave them: an int', async () => {
    await expect(train('param k int = 3\nminimize k^2')).rejects.toMatchObject({
      code: 'argument',
      hint: 'fix it, const k int = …, or leave out int',
    });
  });
});

it.each([
  ['gd', 0.24],
  ['momentum', 0.5],
])('a run whose cost grows, but is finite, keeps the best parameters: %s', async (optimizer, lr) => {
  const line = 'data x : [n] = [0, 1, 2, 3], y : [n] = [1, 3, 5, 7.5]; param a = 0, b = 0; minimize mse(a*x + b, y)';
  const { stopped, cost, history, best, error, params } = await train(line, {}, { optimizer, lr, epochs: 300 });
  expect(stopped).toBe('diverged');
  expect(error!.message).toMatch(/far from its start|without end|infinite/);
  expect(cost).toBe(Math.min(...history.filter(Number.isFinite)));
  expect(history[best!]).toBe(cost);
  expect(Math.abs(Number(params.a))).toBeLessThan(10);
});

it('a metric that is looked at does not hide that the start was best', async () => {
  const { stopped, best, cost, history, params } = await train(`${LINE}\nmetric worst = max(abs(w*x + b - y))`, {}, { lr: 50 });
  expect([stopped, best, cost, params.w, params.b]).toEqual(['diverged', 0, history[0], 0, 0]);
});
