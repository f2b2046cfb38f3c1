import { describe, expect, test } from 'vitest';
import { train } from '../../src/api/train.ts';
import type { Tensor } from '../../src/numeric/tensor.ts';

/** What is called a minimum is one, in whatever units the parameters and the cost are, and whatever is added to the cost. */

const FAR_LINE = `data x : [n] = [1000000, 1000001, 1000002, 1000003, 1000004]; data y : [n] = [1, 1.5, 2.1, 2.4, 3]
param a = 1, b = 1; minimize sum((a*x + b - y).^2)`;
const DECAY = (unit: string) => `data x : [n] = [0.1, 1, 2, 3, 4]; data y : [n] = [2.7, 1.2, 0.7, 0.55, 0.5]
param a = 1, b = 1, c = 0; minimize sum((a*exp(-b*x) + c - ${unit}*y).^2)`;
const ODDS = (unit: number) => `data x : [n] = ${JSON.stringify([-2, -1, 0, 0.5, 1, 2].map((x) => x * unit))}
data y : [n] = [0, 1, 0, 1, 0, 1]; param a = 0, b = 0; z = a + b*x; minimize sum(softplus(z) - y.*z)`;

describe.each(['lbfgs', 'newton', 'newton-cg'])('%s goes on to the minimum', (optimizer) => {
  test.each<[string, string, Record<string, number>]>([
    ['of a line far from 0', FAR_LINE, { a: 0.49 }],
    ['of what is wide', 'param x = 1; minimize cosh((x - 3e8)/1e8)', { x: 3e8 }],
    ['of what is narrow', 'param x = 1e-7; minimize cosh(1e8*x - 3)', { x: 3e-8 }],
    ['under a cost far from 0', 'param x = -1.2, y = 1; minimize 1e8 + 100*(y - x^2)^2 + (1 - x)^2', { x: 1, y: 1 }],
    ['of little beside a constant', 'param x = 1; minimize 1e-8*cosh(x - 3) + 1', { x: 3 }],
    ['of a faint part', 'param a = 1, b = 1; minimize (a - 2)^2 + 1e-10*(b - 3)^2', { a: 2, b: 3 }],
    ['of a faint part that is no square', 'param a = 1, b = 1; minimize cosh(a - 2) + 1e-10*cosh(b - 3)', { a: 2, b: 3 }],
    ['of odds by small numbers', ODDS(1e-8), { a: -0.0486488377, b: 5.2704437e7 }],
    ['of odds by large numbers', ODDS(1e8), { a: -0.0486488377, b: 5.2704437e-9 }],
    ['at a power', 'param x = 3; minimize (x - 1)^6', { x: 1 }],
    ['near a bound that is never reached', 'param a positive = 1; minimize (a - 1e-9)^2', { a: 1e-9 }],
  ])('%s', async (_, source, expected) => {
    const { stopped, params, warnings } = await train(source, {}, { optimizer, epochs: 2000 });
    expect({ stopped, warnings }).toEqual({ stopped: 'converged', warnings: [] });
    for (const [name, value] of Object.entries(expected)) expect(Number(params[name]) / value).toBeCloseTo(1, 5);
  });

  test('in small units of what is observed', async () => {
    const { params } = await train(DECAY('1'), {}, { optimizer: 'auto' });
    const small = await train(DECAY('1e-8'), {}, { optimizer, epochs: 2000 });
    // Newton's own way may lead to where only a line is left of the curve.
    if (optimizer === 'newton') return;
    expect(small.stopped).toBe('converged');
    expect(Number(small.params.b)).toBeCloseTo(Number(params.b), 6);
    expect(Number(small.params.a) * 1e8).toBeCloseTo(Number(params.a), 6);
  });

  test.each([
    [
      'classes that a line parts',
      'data x : [n] = [-2, -1, 1, 2], y : [n] = [0, 0, 1, 1]; param b = 0; minimize bce(σ(b*x), y)',
      'b',
    ],
    ['counts that are all 0', 'data y : [n] = [0, 0, 0]; param a = 0; minimize sum(exp(a) - y*a)', 'a'],
    [
      'classes that a line parts, otherwise written',
      'data x : [n] = [1, 2, 3, 4, 5, 6, 7, 8], y : [n] = [0, 0, 0, 0, 1, 1, 1, 1]; param a = 0, b = 0; z = a + b*x; minimize sum(softplus(z) - y.*z)',
      '[ab]',
    ],
    [
      'a class that does not occur',
      'data X : [n, 1] = [[1], [2], [3], [2.1], [1.1], [3.2]]; data Y : [n, 3] = [1, 0, 0; 0, 1, 0; 1, 0, 0; 0, 1, 0; 1, 0, 0; 0, 1, 0]; param W : [1, 3] = 0, b : [1, 3] = 0; P = softmax(X*W + b, cols); minimize cross_entropy(P, Y) + 0.1*sum(W.^2)',
      'b',
    ],
    ['a cost that levels out', 'param x = 1; minimize 1/(1 + x^2)', 'x'],
    ['an exponential', 'param x = 1; minimize L = exp(-x)', 'x'],
  ])('of %s there is none', async (_, source, name) => {
    const { stopped, warnings } = await train(source, {}, { optimizer, epochs: 2000 });
    expect(stopped).toBe('early');
    expect(warnings[0]!.message).toMatch(
      new RegExp(`^this way there is no minimum: (the cost|L) falls on and on along ${name}, by less and less$`),
    );
  });

  test('of a plain that is no bottom it tells that', async () => {
    const { stopped, cost } = await train('param x = 20; minimize tanh(x)^2', {}, { optimizer });
    expect(stopped === 'early' || cost < 1e-9).toBe(true);
  });
});

describe('where nothing is left to gain', () => {
  test.each([
    ['a residual that cannot be 0', 'param x = 0; minimize (x^2 + 1)^2'],
    ['many places', 'data x : [n] = [1, 2, 3], y : [n] = [2, 4, 6]; param a = 1, b = 1; minimize sum((a*b*x - y).^2)'],
    [
      'an entry that nothing depends on',
      'data x : [n] = [1, 2, 3], y : [n] = [2, 4, 7]; param w : [3] = 0.1; minimize sum((w[1]*x + w[2] - y).^2)',
    ],
  ])('it has converged: %s', async (_, source) => {
    for (const optimizer of ['auto', 'newton', 'newton-cg', 'lbfgs']) {
      const { stopped } = await train(source, {}, { optimizer });
      expect(stopped).toBe('converged');
    }
  });
});

describe('exact data', () => {
  const x = Array.from({ length: 24 }, (_, k) => k / 2);
  test.each([
    ['a line through 0', x.map((v) => 2 * v), 'a*x + b', { a: 2, b: 0 }],
    ['a line that falls', x.map((v) => -v), 'a*x + b', { a: -1, b: 0 }],
    ['a parabola', x.map((v) => v * v), 'a*x + b*x.^2', { a: 0, b: 1 }],
    ['none', x.map(() => 0), 'a*x + b', { a: 0, b: 0 }],
  ])('have their fit, of numbers that are 0 too: %s', async (_, y, f, expected) => {
    for (const optimizer of ['auto', 'lbfgs', 'newton', 'newton-cg'])
      for (const cost of [`sum((${f} - y).^2)`, `mse(${f}, y)`]) {
        const source = `data x : [n], y : [n]; param a = 1, b = 0.5; minimize ${cost}`;
        const { stopped, epochs, warnings, params } = await train(source, { x, y }, { optimizer });
        expect({ optimizer, stopped, warnings }).toEqual({ optimizer, stopped: 'converged', warnings: [] });
        expect(epochs).toBeLessThan(100);
        for (const [name, value] of Object.entries(expected)) expect(Number(params[name])).toBeCloseTo(value, 7);
      }
  });
});

describe('a matrix that is declared symmetric', () => {
  const SOURCE = `data X : [n, 2] = [[1, 0], [0, 1], [1, 1], [2, 1]]; data Y : [n, 2] = [[2.1, 1], [0.9, 3.1], [3, 4.1], [5.1, 4.8]]
param S : [2, 2] symmetric = [[1, 0], [0, 1]]; minimize sum((X*S - Y).^2)`;
  const SINGLE = SOURCE.replace(/param S.*/, 'param a = 1, b = 0, c = 1; S = [a, b; b, c]; minimize sum((X*S - Y).^2)');

  test.each(['auto', 'lbfgs', 'newton', 'newton-cg'])('has as many numbers as it has: %s', async (optimizer) => {
    const { fit, params } = await train(SOURCE, {}, { optimizer });
    const { fit: plain } = await train(SINGLE, {}, { optimizer: 'auto' });
    const S = (params.S as Tensor).data;
    expect(S[1]).toBe(S[2]);
    expect(fit!.degreesOfFreedom).toBe(5);
    expect(fit!.estimates.map((e) => e.entry)).toEqual([
      [1, 1],
      [1, 2],
      [2, 2],
    ]);
    fit!.estimates.forEach(({ value, error }, k) => {
      expect(value).toBeCloseTo(plain!.estimates[k]!.value, 7);
      expect(error).toBeCloseTo(plain!.estimates[k]!.error, 9);
    });
  });

  test('also of a likelihood', async () => {
    const of = (source: string) =>
      train(source.replace('.^2)', '.^2)/(2*0.01)'), {}, { optimizer: 'newton', errors: 'likelihood' });
    const [own, plain] = [(await of(SOURCE)).fit!, (await of(SINGLE)).fit!];
    expect(own.estimates.map((e) => e.error.toFixed(9))).toEqual(plain.estimates.map((e) => e.error.toFixed(9)));
  });

  test('squares of what is linear in it are solved at once', async () => {
    const X = [
      [1, 0.5],
      [0.3, 1],
      [1, -1],
      [2, 1],
      [-1, 0.7],
      [0.2, 0.1],
    ];
    const Y = X.map(([u, v], i) => [2 * u! + v! + 0.03 * Math.sin(i), u! + 3 * v! + 0.03 * Math.cos(3 * i)]);
    const source = (s: string) => `data X : [n, 2], Y : [n, 2]; ${s}; minimize sum((X*S - Y).^2)`;
    const own = await train(source('param S : [2, 2] symmetric = [1, 0; 0, 1]'), { X, Y }, { optimizer: 'auto' });
    const plain = await train(source('param a = 1, b = 0, c = 1; S = [a, b; b, c]'), { X, Y }, { optimizer: 'auto' });
    expect(own.epochs).toBe(1);
    expect(own.cost).toBeCloseTo(plain.cost, 12);
  });
});

test('Newton takes the same steps in whatever units', async () => {
  const x = Array.from({ length: 12 }, (_, k) => k / 2);
  const y = x.map((v, k) => 5 * Math.exp(-0.7 * v) + 0.5 + 0.02 * Math.sin(7 * k));
  const fitted = (unit: number) =>
    train(
      `data x : [n], y : [n]; param a = ${unit}, b = 1, c = 0; minimize sum((a*exp(-b*x) + c - y).^2)`,
      { x, y: y.map((v) => v * unit) },
      { optimizer: 'newton' },
    );
  const plain = await fitted(1);
  for (const unit of [1e-8, 100, 1e6, 1e8]) {
    const { stopped, epochs, params } = await fitted(unit);
    expect({ stopped, epochs }).toEqual({ stopped: 'converged', epochs: plain.epochs });
    expect(Number(params.b)).toBeCloseTo(Number(plain.params.b), 9);
  }
});
