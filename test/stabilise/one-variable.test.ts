import { describe, expect, it } from 'vitest';
import { derive } from '../../src/index.ts';

/** Functions of x whose formulas, or those of their slopes, lose digits beside 0, with the coefficients of their series there. */
const FUNCTIONS: readonly (readonly [formula: string, series: readonly number[]])[] = [
  ['(tan(x) - sin(x))/x^3', [1 / 2, 0, 1 / 8, 0, 13 / 240]],
  ['(x - sin(x))/x^3', [1 / 6, 0, -1 / 120, 0, 1 / 5040]],
  ['(sinh(x) - sin(x))/x^3', [1 / 3, 0, 0, 0, 1 / 2520]],
  ['(exp(x) - 1 - x)/x^2', [1 / 2, 1 / 6, 1 / 24, 1 / 120, 1 / 720]],
  ['x/tanh(x)', [1, 0, 1 / 3, 0, -1 / 45]],
  ['x/tan(x)', [1, 0, -1 / 3, 0, -1 / 45]],
  ['x/sin(x)', [1, 0, 1 / 6, 0, 7 / 360]],
  ['(1/x - cot(x))', [0, 1 / 3, 0, 1 / 45, 0, 2 / 945]],
  ['(1/x - 1/(exp(x) - 1))', [1 / 2, -1 / 12, 0, 1 / 720]],
  ['log(1 + x)/x', [1, -1 / 2, 1 / 3, -1 / 4, 1 / 5]],
  ['atan(x)/x', [1, 0, -1 / 3, 0, 1 / 5]],
];

interface At {
  readonly x: number;
  readonly s: number;
  /** The function and its slope at x. */
  readonly f: number;
  readonly slope: number;
}

/** What stands around such a function, as source and as its derivative by x. */
const AROUND: readonly (readonly [source: (f: string) => string, slope: (at: At) => number])[] = [
  [(f) => `s*${f}`, ({ s, slope }) => s * slope],
  [(f) => `${f}/s`, ({ s, slope }) => slope / s],
  [(f) => `s + ${f}`, ({ slope }) => slope],
  [(f) => `${f} + s^2*x`, ({ s, slope }) => slope + s * s],
  [(f) => `exp(s*x)*${f}`, ({ s, x, f, slope }) => Math.exp(s * x) * (s * f + slope)],
  [(f) => `(s + x)*${f}`, ({ s, x, f, slope }) => f + (s + x) * slope],
  [(f) => `sin(s)*${f} - cos(s)*x^2`, ({ s, x, slope }) => Math.sin(s) * slope - 2 * Math.cos(s) * x],
  [(f) => `s/(1 + (${f})^2)`, ({ s, f, slope }) => (-2 * s * f * slope) / (1 + f * f) ** 2],
  [(f) => `exp(${f})*s`, ({ s, f, slope }) => s * Math.exp(f) * slope],
];

const s = 0.7;

function near(series: readonly number[], x: number): At {
  const f = series.reduceRight((sum, c) => sum * x + c, 0);
  const slope = series.reduceRight((sum, c, k) => (k === 0 ? sum : sum * x + k * c), 0);
  return { x, s, f, slope };
}

describe.each(FUNCTIONS)('beside 0 %s keeps its digits', (formula, series) => {
  it.each(AROUND.map(([source, slope]) => [source(formula), slope] as const))('in %s', (source, slope) => {
    const compiled = derive(source, 'x').compile({ backend: 'js' });
    for (const x of [1e-4, -1e-5, 1e-7, 3e-9]) {
      const expected = slope(near(series, x));
      expect(Math.abs(Number(compiled.gradient({ x, s }).x) / expected - 1), `at ${x}`).toBeLessThan(1e-13);
    }
  });

  it('among the entries of arrays', () => {
    const entries = formula.replaceAll('*', '.*').replaceAll('/', './').replaceAll('^', '.^');
    const compiled = derive(`sum(s.*(${entries}))`, 'x', { shapes: { x: ['n'], s: ['n'] } }).compile({ backend: 'js' });
    const x = [1e-4, -1e-5, 1e-7, 3e-9];
    const { x: found } = compiled.gradient({ x, s: x.map((_, k) => k + 1) });
    if (typeof found === 'number') throw new Error('a gradient of a vector is one');
    x.forEach((at, k) => {
      expect(Math.abs(found.data[k]! / ((k + 1) * near(series, at).slope) - 1), `at ${at}`).toBeLessThan(1e-13);
    });
  });
});

describe('a value', () => {
  it.each([
    ['s/x - s/(exp(x) - 1) + s^2', (x: number) => s * (1 / 2 - x / 12) + s * s],
    ['s + 1/x - 1/(exp(x) - 1)', (x: number) => s + 1 / 2 - x / 12],
    ['s*x - s*sin(x)', (x: number) => (s * x ** 3) / 6],
  ])('%s', (source, value) => {
    const compiled = derive(source, 'x').compile({ backend: 'js' });
    for (const x of [1e-5, -1e-7, 3e-9])
      expect(Math.abs(Number(compiled.value({ x, s })) / value(x) - 1), `at ${x}`).toBeLessThan(1e-10);
  });
});

/** Functions that are divided by 0 at another point, with what they are at a + t, and their slopes there. */
const ELSEWHERE: readonly (readonly [source: string, at: number, f: (t: number) => number, slope: (t: number) => number])[] = [
  ['log(x)/(x - 1)', 1, (t) => 1 - t / 2 + (t * t) / 3, (t) => -1 / 2 + (2 * t) / 3 - (3 * t * t) / 4],
  ['(x - 1)/log(x)', 1, (t) => 1 + t / 2 - (t * t) / 12, (t) => 1 / 2 - t / 6 + (t * t) / 8],
  ['1/log(x) - 1/(x - 1)', 1, (t) => 1 / 2 - t / 12 + (t * t) / 24, (t) => -1 / 12 + t / 12 - (19 * t * t) / 240],
  ['(x*log(x) - x + 1)/(x - 1)^2', 1, (t) => 1 / 2 - t / 6 + (t * t) / 12, (t) => -1 / 6 + t / 6 - (3 * t * t) / 20],
  [
    's*(1/log(x) - 1/(x - 1)) + s^2',
    1,
    (t) => s * (1 / 2 - t / 12 + (t * t) / 24 + s),
    (t) => s * (-1 / 12 + t / 12 - (19 * t * t) / 240),
  ],
  ['(x^3 - 8)/(x - 2)', 2, (t) => 12 + 6 * t + t * t, (t) => 6 + 2 * t],
  ['(1/x - 1/2)/(2*x - 4)', 2, (t) => -1 / 8 + t / 16 - (t * t) / 32, (t) => 1 / 16 - t / 16 + (3 * t * t) / 64],
  ['(sqrt(x) - 1)/(x - 1)', 1, (t) => 1 / 2 - t / 8 + (t * t) / 16, (t) => -1 / 8 + t / 8 - (15 * t * t) / 128],
];

describe('beside a zero of its divisor', () => {
  it.each(ELSEWHERE)('%s keeps its digits near %f', (source, at, f, slope) => {
    const compiled = derive(source, 'x').compile({ backend: 'js' });
    for (const step of [2 ** -16, -(2 ** -20), 2 ** -27]) {
      const x = at + step;
      const inputs = source.includes('s*') ? { x, s } : { x };
      expect(Number(compiled.value(inputs)) / f(x - at) - 1, `the value at ${at} + ${step}`).toBeCloseTo(0, 9);
      expect(Number(compiled.gradient(inputs).x) / slope(x - at) - 1, `the slope at ${at} + ${step}`).toBeCloseTo(0, 4);
    }
  });
});
