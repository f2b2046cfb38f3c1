import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isScalable, scaled, scalingOf, unscaled } from '../../src/data/scale.ts';
import { elaborate } from '../../src/elaborate/elaborate.ts';
import { parse } from '../../src/language/parser.ts';

describe('columns are scaled', () => {
  test('to mean 0 and deviation 1', () => {
    const data = [1, 10, 2, 20, 3, 60];
    const scaling = scalingOf(data, [3, 2], 0);
    expect([...scaling.mean]).toEqual([2, 30]);
    expect(scaling.deviation[0]).toBeCloseTo(Math.sqrt(2 / 3), 15);
    expect(scaling.deviation[1]).toBeCloseTo(Math.sqrt(1400 / 3), 13);
    const again = scalingOf(scaled(data, [3, 2], scaling), [3, 2], 0);
    for (const mean of again.mean) expect(mean).toBeCloseTo(0, 14);
    for (const deviation of again.deviation) expect(deviation).toBeCloseTo(1, 14);
  });

  test('by rows where the examples lie along the second axis', () => {
    const { mean } = scalingOf([1, 2, 3, 10, 20, 60], [2, 3], 1);
    expect([...mean]).toEqual([2, 30]);
    expect([...scalingOf([1, 2, 3], [3], 0).mean]).toEqual([2]);
  });

  test('a column of equal entries becomes 0', () => {
    const scaling = scalingOf([0.1, 0.1, 0.1], [3, 1], 0);
    expect([...scaling.deviation]).toEqual([1]);
    for (const x of scaled([0.1, 0.1, 0.1], [3, 1], scaling)) expect(Math.abs(x)).toBeLessThan(1e-16);
  });

  test('large means cost no digits', () => {
    const { deviation } = scalingOf([1e9 + 1, 1e9 + 2, 1e9 + 3], [3], 0);
    expect(deviation[0]).toBeCloseTo(Math.sqrt(2 / 3), 9);
  });

  test('and back', () => {
    const numbers = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(fc.array(numbers, { minLength: 12, maxLength: 12 }), fc.constantFrom(0, 1, 2), (data, axis) => {
        const shape = [2, 3, 2];
        const scaling = scalingOf(data, shape, axis);
        const back = unscaled(scaled(data, shape, scaling), shape, scaling);
        const size = Math.max(1, ...data.map(Math.abs));
        for (const [k, x] of back.entries()) expect(Math.abs(x - data[k]!)).toBeLessThan(1e-13 * size);
      }),
    );
  });
});

test('what is declared of entries would not hold of scaled ones', () => {
  const { inputs } = elaborate(
    parse('data X : [n, 2], Y : [n, 3] onehot cols, p : [n] in 0..1, k : [n] int; param w : [2]; minimize sum(X*w)'),
  );
  expect([...inputs.values()].filter(isScalable).map(({ name }) => name)).toEqual(['X']);
});
