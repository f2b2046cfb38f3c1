import { describe, expect, test } from 'vitest';
import { compile, derive, hvp, train } from '../../src/index.ts';

/** A derivative within an expression runs as well as it does alone, whatever it is put together with. */

const FUNCTIONS = [
  'log(1 + exp(x))',
  'log(1/(1 + exp(-x)))',
  'log(exp(x) - 1)',
  'log(cosh(x))',
  'sqrt(x^2 + 1) - x',
  'x/sqrt(1 + x^2)',
  'x^2/(1 + x^2)',
  'log(gamma(x))',
  'log(1 - exp(-x))',
  'exp(-1/x)',
  '(1 - cos(x))/x^2',
];

const CONTEXTS: readonly (readonly [written: string, of: (d: number, x: number) => number])[] = [
  ['3*D', (d) => 3 * d],
  ['-D', (d) => -d],
  ['x*D', (d, x) => x * d],
  ['D*D', (d) => d * d],
  ['D + D*x', (d, x) => d + d * x],
  ['D + x', (d, x) => d + x],
  ['D/x', (d, x) => d / x],
];

const PLACES = [1e-9, 1e-5, 1e-3, 0.3, 1, 5, 30, 300, 800, 1e8, 1e200, -1e-9, -1e-3, -1, -30, -800, -1e200];

describe.each(FUNCTIONS)('the derivative of %s', (f) => {
  const alone = compile(`diff(${f}, x)`);

  test.each(CONTEXTS)('in %s', (written, of) => {
    const whole = compile(written.replaceAll('D', `diff(${f}, x)`));
    for (const x of PLACES) {
      const expected = of(alone({ x }) as number, x);
      // Where the value itself leaves the range of doubles, forms may leave it a step earlier.
      if (!(Math.abs(expected) > 1e-290 && Math.abs(expected) < 1e300)) continue;
      const found = whole({ x }) as number;
      expect(Math.abs(found / expected - 1), `x = ${x}: ${found}, not ${expected}`).toBeLessThan(1e-9);
    }
  });
});

test('within the steps of a recurrence', () => {
  const source = (step: string) => `f(s) = log(1/(1 + exp(-s)))
data a
x[0] = a
x[t=1:3] = x[t-1] + ${step}
x[3]`;
  expect(compile(source("f'(x[t-1])"))({ a: -800 })).toBe(-797);
  expect(compile(source("2*f'(x[t-1])"))({ a: -800 })).toBe(-794);
});

test('below a definition, and derived again', () => {
  const source = 'data a\nparam w = 1\nC = log(1/(1 + exp(-a*w)))\nG = -diff(C, w)\nminimize (G + 1)^2';
  const { partial } = derive(source, 'w');
  expect(partial.evaluate({ a: -800, w: 1 })).toBe(0);
  expect(compile(source)({ a: -800, w: 1 })).toBe(801 ** 2);
});

test('metrics and validation costs', async () => {
  const source = `data x : [m]
param w = 1
metric top = log(1 + exp(1000*w))
minimize sum(log(1 + exp(w*x)))/m`;
  const { metrics, validation } = await train(source, { x: [1, 2, -3, 1500, 2, 1600] }, { validation: 0.5, epochs: 2, lr: 1e-7 });
  expect(metrics!.top).toBeCloseTo(1000, 0);
  expect(Array.from(validation!).every(Number.isFinite)).toBe(true);
});

test('products with derivatives run as stable forms do', () => {
  expect(hvp('log(1 + exp(x))', 'x').evaluate({ x: 1000, v: 1 })).toBe(0);
  expect(hvp('log(1 + exp(x))', 'x').evaluate({ x: 0, v: 1 })).toBe(0.25);
});
