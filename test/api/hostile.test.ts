import { describe, expect, test } from 'vitest';
import { check, compile, derive, expand, GradusError, hessian, StructuredTensor, simplify, train } from '../../src/index.ts';
import { LIMITS } from '../../src/language/limits.ts';

/** Refused, by an error of ours, before it takes the memory or the day. */
async function refused(work: () => unknown, message: RegExp | string): Promise<GradusError> {
  const start = performance.now();
  let error: unknown;
  try {
    await work();
  } catch (e) {
    error = e;
  }
  expect(error).toBeInstanceOf(GradusError);
  expect((error as GradusError).message).toMatch(message);
  expect(performance.now() - start).toBeLessThan(20_000);
  return error as GradusError;
}

const N = { shapes: { x: ['n'] } } as const;

describe('more numbers than memory', () => {
  test.each([
    'zeros(300000000)',
    'ones(1000000000)',
    'ones(100000, 100000)',
    'zeros(10^30)',
    'zeros(1e400)',
    'kron(ones(20000), ones(20000))',
    'outer(ones(100000), ones(100000))',
    "ones(100000)*ones(100000)'",
    'C[i=1:1000000000000] = i; C',
    'prod[i=1:1000000000000](i)',
    'h[0]=1; h[t=1:1000000000000]=h[t-1]*0.5; h',
  ])('%s', async (source) => {
    const error = await refused(() => compile(source)(), /entries, more than 134,217,728|an index runs over/);
    expect(error.code).toBe('limit');
    expect(error.hint).toContain('maxEntries');
  });

  test.each(['eye(100000)', 'diag(ones(1000000))'])('the zeros of %s, when they are asked for', async (source) => {
    const value = compile(source)() as StructuredTensor;
    expect(value).toBeInstanceOf(StructuredTensor);
    await refused(() => value.data, 'with its zeros the array has');
  });

  test.each([
    'sum[i=1:1000000000000](sin(i))',
    'sum[i=1:1000000, j=1:1000000](sin(i*j))',
    'h[0]=1; h[t=1:1000000000000]=h[t-1]*0.5; h[3]',
  ])('%s: more steps than a day has', async (source) => {
    expect((await refused(() => compile(source)(), /more than/)).code).toBe('limit');
  });

  test('what comes to a short form runs', () => {
    expect(compile('sum(ones(100000, 100000))')()).toBe(1e10);
    expect(compile('norm(ones(1000000000))')()).toBeCloseTo(Math.sqrt(1e9), 6);
  });

  test('a size that comes with the values', async () => {
    await refused(() => compile('ones(n)', N)({ x: [], n: 1e12 }), 'n, which is 1000000000000');
    await refused(() => compile('ones(n)', { shapes: { z: ['n'] } })({ n: 1e12 }), '1,000,000,000,000 entries');
  });

  test('the option maxEntries draws the line elsewhere', async () => {
    await refused(() => compile('ones(1000)', { maxEntries: 100 })(), '1,000 entries, more than 100');
    await refused(() => compile('sum(x)', { ...N, maxEntries: 2 })({ x: [1, 2, 3] }), '3 entries, more than 2');
    await refused(() => derive('param x : [10]; minimize sum(x)', 'x', { maxEntries: 5 }), 'x has 10 entries');
    await refused(() => train('param x : [10]; minimize sum(x.^2)', {}, { maxEntries: 5 }), 'x has 10 entries');
    await refused(
      () => hessian('sum(x)^2', 'x', { shapes: { x: [10] }, maxEntries: 50 }).evaluate({ x: new Float64Array(10) }),
      '100 entries',
    );
    const whole = compile('eye(20000)', { maxEntries: 5e8 })() as { readonly shape: readonly number[] };
    expect(whole.shape).toEqual([20000, 20000]);
    // More than the engine can hold is our error still.
    await refused(() => compile('ones(100000, 100000)', { maxEntries: 1e12 })(), 'there is no memory');
    for (const maxEntries of [0, -1, 1.5, Number.NaN])
      await refused(() => compile('x', { maxEntries }), 'maxEntries is a whole number');
  });
});

describe('lengths that are none', () => {
  test.each([Number.NaN, Number.POSITIVE_INFINITY, -1, 1.5, 1e300])('%d in shapes, and as a size', async (size) => {
    await refused(() => derive('sum(x)', 'x', { shapes: { x: [size] } }), /^shapes\.x\[0\] is a length/);
    await refused(() => compile('ones(n)', { shapes: { z: ['n'] } })({ n: size }), /the size n is a whole number/);
  });

  test.each(['[2, -1]', '[-n]', '[2, -n]', '[99999999999999999999]'])('param x : %s', async (shape) => {
    const error = await refused(() => derive(`param x : ${shape}\nminimize sum(x)`), /x has an axis of length/);
    expect(error.span).toEqual({ start: 6, end: 7 });
  });

  test('an array without entries is one', () => {
    expect(compile('sum(x)', N)({ x: [] })).toBe(0);
  });
});

describe('values that have no end', () => {
  const sum = compile('sum(x)', N);
  const cyclic: unknown[] = [];
  cyclic[0] = cyclic;
  const later: unknown[] = [1];
  later[1] = later;
  let deep: unknown = 1;
  for (let k = 0; k < 200_000; k++) deep = [deep];
  class Another {
    toArray() {
      return new Another();
    }
  }

  test.each<[string, unknown, RegExp]>([
    ['an array in itself', cyclic, /nested more than 32 deep/],
    ['an array in itself, later', later, /has a list at \[\d+(, \d+)*\], not a number/],
    ['200,000 arrays in each other', deep, /nested more than 32 deep/],
    ['an array of 4 billion holes', new Array(4e9), /4,000,000,000 entries/],
    ['an object of objects', new Another(), /an (empty object|object|Another), not a number/],
    ['a long text', 'x'.repeat(1e6), /"x{40}…", not a number/],
  ])('%s', async (_, x, message) => {
    const error = await refused(() => sum({ x: x as never }), message);
    expect(error.message.length).toBeLessThan(200);
  });
});

describe('counts', () => {
  test.each([Number.NaN, Number.POSITIVE_INFINITY, -1, 0, 1.5, 1e9])('%d is no order and no number of points', async (n) => {
    await refused(() => derive('x^2', 'x', { order: n }), `order is a whole number from 1 to ${LIMITS.order}`);
    await refused(() => check('x^2', { points: n }), 'points is a whole number from 1 to 10000');
    await refused(() => derive('x^2').verifySteps(n), 'points is a whole number');
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, 1.5])('%d is no seed', async (seed) => {
    await refused(() => check('x^2', { seed }), 'seed is a whole number');
    await refused(() => train('param x; minimize x^2', {}, { seed }), 'seed is a whole number');
  });

  test('orders within expressions', async () => {
    await refused(() => simplify('diff(x^2, x, 1000000)'), 'an order is an integer from 1 to 32');
    expect(derive('x^40', 'x', { order: 32 }).partial.toString()).toContain('x^8');
  });
});

describe('formulas that grow', () => {
  test('powers are multiplied out as far as anyone reads', async () => {
    for (const power of ['(a+b)^100000', '(a+b)^(10^9)', '(a+b+c+d)^100'])
      await refused(() => expand(power), 'multiplied out, this has more than 4096 terms');
    expect(derive('x^(10^9)').partial.toString()).toBe('1e9*x^999999999');
    expect(simplify('(a+b)^100000 - (a+b)^100000').toString()).toBe('0');
  });

  test('a million parentheses', async () => {
    await refused(() => derive(`${'('.repeat(1e6)}x${')'.repeat(1e6)}`), 'more than 100000 brackets are open here');
  });

  test('names, and messages about them', async () => {
    const long = 'x'.repeat(1e6);
    expect(derive(`${long}^2`).partial.toString()).toBe(`2*${long}`);
    const error = await refused(() => derive(`${long}(2)`), /^unknown function x+…$/);
    expect(error.format(`${long}(2)`).length).toBeLessThan(2000);
    const many = Array.from({ length: 20_000 }, (_, k) => `x${k}`).join('+');
    expect((await refused(() => derive(many), 'there are several names to derive by')).hint).toBe(
      'say which: x0, x1, x2, x3, x4, x5, x6, x7, x8, x9, x10, x11 and 19988 more',
    );
    expect((await refused(() => compile(many)({ y: 1 }), 'y is not an input')).hint).toMatch(/and 19988 more$/);
  });
});
