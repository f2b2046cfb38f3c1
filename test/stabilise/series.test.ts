import { describe, expect, it } from 'vitest';
import { seriesNearZero } from '../../src/operators/series.ts';
import { type Numbers, SeriesArithmetic } from '../../src/stabilise/series.ts';
import { doubleNumbers } from '../../src/stabilise/series-numbers.ts';

const doubles: Numbers<number> = { ...doubleNumbers, cancelled: (sum) => sum === 0 };

describe('series that are known to some order', () => {
  const series = new SeriesArithmetic(doubles, 4);
  const a = { v: 0, c: [1, 2, 3, 4] };
  const b = { v: 2, c: [5, 6, 7, 8] };

  it('have a sum that is known as far as both', () => {
    expect(series.add(a, b)).toEqual({ v: 0, c: [1, 2, 8, 10] });
    expect(series.add(b, a)).toEqual({ v: 0, c: [1, 2, 8, 10] });
  });

  it('begin later where their first terms cancel, and are known no further for that', () => {
    expect(series.add(a, { v: 0, c: [-1, -2, 1, 1] })).toEqual({ v: 2, c: [4, 5] });
    expect(series.add(a, { v: 0, c: [-1, -2, -3, -4] })).toBeUndefined();
  });

  it('have a product that is known as many terms as both', () => {
    expect(series.times(a, b)).toEqual({ v: 2, c: [5, 16, 34, 60] });
  });
});

describe('near 0 a value by its series', () => {
  const factorials = Array.from({ length: 24 }, (_, k) => k).map((k) =>
    Array.from({ length: k }, (_, j) => j + 1).reduce((p, j) => p * j, 1),
  );
  const cases: [string, number, number[], (x: number) => number][] = [
    ['eˣ', 0, factorials.map((f) => 1 / f), Math.exp],
    ['sin x', 1, factorials.map((_, k) => (k % 2 === 0 ? (-1) ** (k / 2) / factorials[k]! / (k + 1) : 0)), Math.sin],
    ['1 + x/2', 0, [1, 0.5, ...Array<number>(22).fill(0)], (x) => 1 + x / 2],
    ['x² + x⁴/4', 2, [1, 0, 0.25, ...Array<number>(21).fill(0)], (x) => x * x + x ** 4 / 4],
    ['1', 0, [1, ...Array<number>(23).fill(0)], () => 1],
  ];
  it.each(cases)('%s', (_, v, coefficients, f) => {
    const { kernel } = seriesNearZero(v, coefficients)!;
    for (const x of [1e-8, 1e-3, 0.1, 0.3, -0.3]) expect(Math.abs(kernel(x, Number.NaN) / f(x) - 1)).toBeLessThan(5e-16);
    expect(kernel(3, 17)).toBe(17);
  });
});
