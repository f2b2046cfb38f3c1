import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitRows, takeRows } from '../../src/data/split.ts';

describe('rows are split', () => {
  test('into parts that have every row once, in order', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 500 }), fc.integer(), (rows, seed) => {
        const { train, validation, test } = splitRows(rows, { test: 0.2, validation: 0.1, seed });
        expect([test.length, validation.length]).toEqual([Math.round(0.2 * rows), Math.round(0.1 * rows)]);
        expect([...train, ...validation, ...test].sort((a, b) => a - b)).toEqual(Array.from({ length: rows }, (_, k) => k));
        for (const part of [train, validation, test]) expect([...part]).toEqual([...part].sort((a, b) => a - b));
      }),
    );
  });

  test('the same for the same seed, otherwise for another', () => {
    expect(splitRows(100, { test: 0.2, seed: 7 })).toEqual(splitRows(100, { test: 0.2, seed: 7 }));
    expect(splitRows(100, { test: 0.2, seed: 7 })).not.toEqual(splitRows(100, { test: 0.2, seed: 8 }));
  });

  test('what is tested with does not depend on validation', () => {
    expect(splitRows(100, { test: 0.2, validation: 0.3 }).test).toEqual(splitRows(100, { test: 0.2 }).test);
  });

  test('at random: each row is as often in the test', () => {
    const counts = new Float64Array(20);
    for (let seed = 0; seed < 2000; seed++) for (const row of splitRows(20, { test: 0.25, seed }).test) counts[row]!++;
    // 500 expected, of deviation 19.4.
    for (const count of counts) expect(Math.abs(count - 500)).toBeLessThan(100);
  });

  test('all into training where nothing is asked for', () => {
    expect(splitRows(3, {})).toEqual({ train: Uint32Array.of(0, 1, 2), validation: new Uint32Array(), test: new Uint32Array() });
  });

  test.each([
    [2, { test: 0.2 }, 'of 2 rows none is left for test'],
    [10, { validation: 0.01 }, 'of 10 rows none is left for validation'],
    [10, { test: 0.5, validation: 0.5 }, 'of 10 rows none is left for training'],
  ])('%i rows into %j: refused', (rows, shares, message) => {
    expect(() => splitRows(rows, shares)).toThrow(message);
  });
});

test('rows are taken along any axis', () => {
  const data = Float64Array.from({ length: 24 }, (_, k) => k);
  expect([...takeRows(data, [4, 6], 0, [3, 1])]).toEqual([18, 19, 20, 21, 22, 23, 6, 7, 8, 9, 10, 11]);
  expect([...takeRows(data, [6, 4], 1, [3, 0])]).toEqual([3, 0, 7, 4, 11, 8, 15, 12, 19, 16, 23, 20]);
  expect([...takeRows(data, [2, 3, 4], 1, [2])]).toEqual([8, 9, 10, 11, 20, 21, 22, 23]);
  expect([...takeRows(data, [24], 0, [5, 5])]).toEqual([5, 5]);
});
