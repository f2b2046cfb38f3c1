import { describe, expect, it } from 'vitest';
import { check } from '../../src/api/check.ts';
import { type Estimate, richardson } from '../../src/verify/richardson.ts';
import '../../src/vitest.ts';

describe('the method', () => {
  it('is 64-digit numbers, to far below the rounding of doubles', async () => {
    const report = await check('sum(tanh(W*x).^2)', { wrt: 'W', shapes: { W: ['m', 'n'], x: ['n'] } });
    expect(report).toMatchObject({ ok: true, method: 'bignumber', points: 3 });
    expect(report.worst).toBeLessThan(1e-30);
    expect(report.partials.W!.compiled.relativeError).toBeLessThan(1e-14);
  });

  it('is extrapolated doubles where there is too much to do', async () => {
    const report = await check('sum(tanh(W*X))', { wrt: 'W', shapes: { W: [20, 200], X: [200, 30] }, points: 1 });
    expect(report).toMatchObject({ ok: true, method: 'richardson' });
    expect(report.worst).toBeLessThan(1e-7);
  });

  it('copes with the many kinks of a large rectifier network', async () => {
    const shapes = { W: [1, 60], V: [60, 30], X: [30, 20] };
    await expect('sum((W*relu(V*X)).^2)/20').toHaveCorrectGradients({ wrt: ['V', 'W'], shapes, method: 'richardson', points: 1 });
  });
});

it('names that objects have are names', async () => {
  const report = await check('constructor^2*__proto__ + toString', { wrt: ['constructor', '__proto__', 'toString'] });
  expect(report.ok).toBe(true);
  expect(Object.keys(report.partials).sort()).toEqual(['__proto__', 'constructor', 'toString']);
});

it('differences of what moves by less than its last place know how little they know', () => {
  for (const slope of [0, 3e-14, 1e-15, 7e-17]) {
    for (const first of [0.1, 3e-3, 1e-4]) {
      const [{ value, error }] = richardson((t) => [0.5 + slope * t], first) as [Estimate];
      expect(Math.abs(value - slope)).toBeLessThanOrEqual(70 * error);
      expect(error).toBeGreaterThan(1e-15);
    }
  }
});

describe('a branch is asked for its domain where it is taken', () => {
  it.each([
    'where(x > 0, log(x), log(-x))',
    'where(x > 0, x^0.3, sqrt(-x))',
    'where(abs(x) < 1, asin(x), acosh(abs(x)))',
    'where(x > 0, where(x > 1, log(log(x)), log(x)), sqrt(-x))',
  ])('%s', async (source) => {
    expect((await check(source)).ok).toBe(true);
  });
  it('of arrays too', async () => {
    const source = 'sum(where(v > 0, log(v), sqrt(-v)))';
    expect((await check(source, { wrt: ['v'], shapes: { v: [2] } })).ok).toBe(true);
  });
  it('what is looked at anyway must have a value', async () => {
    await expect(check('where(x > 0, 1, log(x - 10)) + log(-1 - x^2)')).rejects.toThrow(/no point was found/);
  });
});

describe('where a function loses its digits on the way', () => {
  it.each([
    ['log(1+exp(x))', -80],
    ['log(1+exp(x))', -140],
    ['log(1+exp(x))', -700],
    ['diff(tanh(x), x)', 60],
  ])('%s at %f is compared in more of them', async (source, x) => {
    expect(await check(source, { inputs: { x } })).toMatchObject({ ok: true });
  });

  it('what is wrong is not right for that', async () => {
    const { ok } = await check('log(1+exp(x))', { inputs: { x: -140 }, wrt: 'x', claim: { x: '2*sigmoid(x)' } });
    expect(ok).toBe(false);
  });
});
