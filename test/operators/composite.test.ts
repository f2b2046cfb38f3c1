import * as math from 'mathjs';
import { describe, expect, it } from 'vitest';
import { check, compile, derive } from '../../src/index.ts';

const at = (source: string, inputs: Record<string, number> = {}) => compile(source)(inputs);

describe('functions that are put together from others', () => {
  it.each<[string, number]>([
    ['log(8, 2)', 3],
    ['log(1000, 10)', 3],
    ['log(5, e)', Math.log(5)],
    ['log(81, 3)', 4],
    ['ln(5)', Math.log(5)],
    ['max(1, 5, 3)', 5],
    ['min(4, 1, 5, 3)', 1],
    ['hypot(2, 3, 6)', 7],
    ['square(3)', 9],
    ['cube(-3)', -27],
    ['exp2(10)', 1024],
    ['factorial(5)', 120],
    ['mish(1)', 0.8650983882673103],
    ['softsign(-3)', -0.75],
    ['selu(1)', 1.0507009873554805],
    ['selu(-1)', -1.1113307378125628],
    ['hardsigmoid(1)', 2 / 3],
    ['elliptic_k(0.5)', 1.8540746773013719],
    ['elliptic_e(0.5)', 1.3506438810476755],
  ])('%s = %d', (source, expected) => {
    expect(at(source)).toBeCloseTo(expected, 14);
  });
});

describe('arguments that may be left out', () => {
  it.each([
    ['leaky_relu(x)', 'leaky_relu(x, 0.01)'],
    ['elu(x)', 'elu(x, 1)'],
    ['nthRoot(x)', 'sqrt(x)'],
  ])('%s is %s', (short, long) => {
    expect(derive(short, 'x').partial.toString()).toBe(derive(long, 'x').partial.toString());
  });

  it('are left out where they print', () => {
    expect(derive('exp(elu(x, 1))', 'x').partial.toString()).toContain('exp(elu(x))');
    expect(derive('exp(elu(x, 2))', 'x').partial.toString()).toContain('exp(elu(x, 2))');
  });
});

describe('orders are integers', () => {
  it.each(['polygamma(x, 2)', 'polygamma(1/2, x)', 'polylog(x, 0.5)', 'nthRoot(2, x)'])('%s is refused', (source) => {
    expect(() => derive(source, 'x')).toThrow(/needs an integer as argument/);
  });

  it('the low ones have names', () => {
    expect(derive('polygamma(0, x)', 'x').partial.toString()).toBe('trigamma(x)');
    expect(derive('digamma(x)', 'x').partial.toString()).toBe('trigamma(x)');
    expect(derive('trigamma(x)', 'x').partial.toString()).toBe('polygamma(2, x)');
    expect(derive('polygamma(2, x)', 'x').partial.toString()).toBe('polygamma(3, x)');
    expect(derive('polylog(2, x)', 'x').partial.toString().replaceAll(' ', '')).toBe('-log(1-x)/x');
  });
});

describe('mathjs and gradus call one thing by one name', () => {
  const names =
    'acos acosh acot acoth acsc acsch asec asech asin asinh atan atanh cos cosh cot coth csc csch sec sech sin sinh tan tanh ' +
    'exp expm1 log log2 log10 log1p sqrt cbrt abs sign floor ceil fix square cube erf gamma lgamma';
  it.each(names.split(' '))('%s', (name) => {
    for (const x of [0.3, 0.75, 1.6, 2.25]) {
      const theirs: unknown = math.evaluate(`${name}(x)`, { x });
      if (typeof theirs !== 'number' || !Number.isFinite(theirs)) continue;
      expect(at(`${name}(x)`, { x })).toBeCloseTo(theirs, 11);
    }
  });

  it.each(['atan2', 'hypot', 'mod', 'nthRoot', 'pow', 'log', 'max', 'min'])('%s of two', (name) => {
    for (const [x, y] of [
      [2.5, 3],
      [-7.25, 3],
      [7.25, -3],
    ] as const) {
      const theirs: unknown = math.evaluate(`${name}(x, ${y})`, { x });
      if (typeof theirs !== 'number' || !Number.isFinite(theirs)) continue;
      expect(at(`${name}(x, ${y})`, { x })).toBeCloseTo(theirs, 11);
    }
  });
});

describe('special functions are checked in 64 digits, and in doubles where that takes too long', () => {
  it.each([
    ['gamma(x)*erf(x)', 'bignumber'],
    ['beta(x, 2)*Si(x) + polylog(2, x/9)', 'bignumber'],
    ['elliptic_f(x, 0.3) + elliptic_e(x, 0.3)', 'bignumber'],
    ['dawson(30 + x^2)', 'richardson'],
  ] as const)('%s: %s', async (source, method) => {
    const report = await check(source, { wrt: ['x'] });
    expect(report).toMatchObject({ ok: true, method });
  });
});
