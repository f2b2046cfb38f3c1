import { describe, expect, test } from 'vitest';
import { optimizers } from '../../src/descend/index.ts';
import { type GradusError, train } from '../../src/index.ts';

const QUADRATIC = 'param w : [2] = [5, -3]; minimize 2*w[1]^2 + 0.5*w[2]^2';
const LINE = `param a = 0, b = 0
data x : [m] = [0, 1, 2, 3, 4, 5], y : [m] = [1, 3, 5, 7, 9, 11]
minimize mean((a*x + b - y).^2)`;

/** Steps on 2u² + v²/2, as the literature has them. */
type Step = (gradient: readonly number[], t: number) => readonly number[];

function path(step: Step, count: number): number[] {
  let w = [5, -3];
  for (let t = 1; t <= count; t++) {
    const moves = step([4 * w[0]!, w[1]!], t);
    w = w.map((x, k) => x - moves[k]!);
  }
  return w;
}

function momentum(lr: number, mu: number): Step {
  let v = [0, 0];
  return (g) => {
    v = v.map((x, k) => mu * x + g[k]!);
    return v.map((x) => lr * x);
  };
}

function adam(lr: number, b1: number, b2: number, eps: number): Step {
  let [m, v] = [
    [0, 0],
    [0, 0],
  ];
  return (g, t) => {
    m = m.map((x, k) => b1 * x + (1 - b1) * g[k]!);
    v = v.map((x, k) => b2 * x + (1 - b2) * g[k]! ** 2);
    return m.map((x, k) => (lr * (x / (1 - b1 ** t))) / (Math.sqrt(v[k]! / (1 - b2 ** t)) + eps));
  };
}

describe('an optimizer takes the steps of its paper', () => {
  test.each([
    ['gd', { lr: 0.1 }, () => (g: readonly number[]) => g.map((x) => 0.1 * x)],
    ['momentum', { lr: 0.05 }, () => momentum(0.05, 0.9)],
    ['momentum', { lr: 0.05, momentum: 0.5 }, () => momentum(0.05, 0.5)],
    ['adam', {}, () => adam(0.001, 0.9, 0.999, 1e-8)],
    ['adam', { lr: 0.3, beta1: 0.8, beta2: 0.99, epsilon: 1e-3 }, () => adam(0.3, 0.8, 0.99, 1e-3)],
  ] as const)('%s %o', async (optimizer, options, step) => {
    for (const epochs of [1, 2, 57]) {
      const { params } = await train(QUADRATIC, {}, { optimizer, epochs, ...options });
      const expected = path(step(), epochs);
      for (const [k, x] of [...(params.w as unknown as { data: Float64Array }).data].entries())
        expect(Math.abs(x - expected[k]!)).toBeLessThan(1e-12 * Math.max(1, Math.abs(expected[k]!)));
    }
  });
});

const names = optimizers.map(({ name }) => name);
const SOLVERS = ['lbfgs', 'newton', 'newton-cg', 'levenberg-marquardt', 'hot-cold'];
const rules = names.filter((name) => !SOLVERS.includes(name));
/** Rates that find the line, of those that 0.02 is too slow or too coarse for. */
const RATES: Readonly<Record<string, number>> = { adagrad: 0.5, rmsprop: 0.003, 'hot-cold': 0.005 };

describe('whatever the optimizer', () => {
  test.each(names)('%s finds a line, with all examples or with some', async (optimizer) => {
    const lr = RATES[optimizer] ?? 0.02;
    for (const batch of SOLVERS.includes(optimizer) ? [undefined] : [undefined, 4]) {
      const { params, cost } = await train(LINE, {}, { optimizer, lr, weightDecay: 0, epochs: 3000, ...(batch && { batch }) });
      expect(cost).toBeLessThan(1e-3);
      expect([Number(params.a), Number(params.b)].map((x) => Math.round(10 * x) / 10)).toEqual([2, 1]);
    }
  });

  test.each(names)('%s starts anew in every run', async (optimizer) => {
    const run = () => train(LINE, {}, { optimizer, lr: 0.02, epochs: 40 });
    const [first, second] = [await run(), await run()];
    expect(second.params).toEqual(first.params);
    expect(second.history).toEqual(first.history);
  });

  test.each(names)('%s keeps facts, and climbs', async (optimizer) => {
    const { params } = await train('param p positive = 1; minimize (p + 3)^2', {}, { optimizer, lr: 0.1, epochs: 200 });
    expect(Number(params.p)).toBeGreaterThanOrEqual(0);
    if (optimizer === 'levenberg-marquardt') return;
    const lr = RATES[optimizer] ?? 0.05;
    const up = await train('param p = 1; maximize -(p - 3)^2', {}, { optimizer, lr, weightDecay: 0, epochs: 2000 });
    expect(Math.abs(Number(up.params.p) - 3)).toBeLessThan(5e-3);
  });

  test.each(rules)('%s says when it diverges, and keeps the best that it found', async (optimizer) => {
    const lost = await train('param p = 1; minimize log(p)', {}, { optimizer, lr: 0.5, epochs: 500 });
    expect(lost.stopped).toBe('diverged');
    expect(Object.keys(lost.params)).toEqual(['p']);
    expect(lost.cost).toBe(Math.min(...lost.history.filter(Number.isFinite)));
  });
});

test('an option that the optimizer does not have is refused, with one that has it', async () => {
  const refused = await train(LINE, {}, { momentum: 0.5 }).catch((error: GradusError) => error);
  expect(refused).toMatchObject({ code: 'usage', message: 'the optimizer gd has no momentum' });
  await expect(train(LINE, {}, { optimizer: 'adam', beta1: 1 })).rejects.toMatchObject({ code: 'argument' });
});
