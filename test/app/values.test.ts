import { describe, expect, test } from 'vitest';
import { Tensor } from '../../src/numeric/tensor.ts';
import { assignments, literal, plainNumber, valueLines } from '../../src/numeric/value-text.ts';
import { sparkline } from '../../src/session/progress.ts';

const tensor = (shape: number[], ...data: number[]) => new Tensor(shape, Float64Array.from(data));

describe('numbers and arrays for reading', () => {
  test.each<[number | Tensor, string[]]>([
    [-0.5, ['−0.5']],
    [1e-8 / 3, ['3.33333e−9']],
    [Number.NaN, ['NaN']],
    [Number.NEGATIVE_INFINITY, ['−inf']],
    [tensor([2], 1, -2), ['[1  −2]ᵀ']],
    [tensor([2, 1], 1, -2), ['[1  −2]ᵀ']],
    [tensor([1], 1), ['[1]']],
    [tensor([1, 2], 1, -2), ['[1  −2]']],
    [tensor([2, 2], 1, 2, 30, 4.5), ['[ 1    2]', '[30  4.5]']],
    [tensor([1, 2, 1], 3, 1), ['1×2×1', '[1, :, 1] = [3  1]']],
    [tensor([1, 1, 1], 3), ['1×1×1', '[1, 1, 1] = 3']],
    [tensor([1, 2, 1, 2], 3, 1, -2, 4), ['1×2×1×2', '[1, :, 1, :] = [ 3  1]', '               [−2  4]']],
    [
      tensor([2, 1, 2, 2], 1, 2, 3, 4, 5, 6, 7, 8),
      ['2×1×2×2', '[1, 1, :, :] = [1  2]', '               [3  4]', '[2, 1, :, :] = [5  6]', '               [7  8]'],
    ],
    [
      tensor([2, 2, 3, 1], ...Array.from({ length: 12 }, (_, k) => k)),
      [
        '2×2×3×1',
        '[1, :, :, 1] = [0  1  2]',
        '               [3  4  5]',
        '[2, :, :, 1] = [6   7   8]',
        '               [9  10  11]',
      ],
    ],
    [tensor([1, 1, 17], ...Array.from({ length: 17 }, (_, k) => k)), ['1×1×17, from 0 to 16']],
    [tensor([2, 0, 2]), ['2×0×2, empty']],
    [tensor([13], ...Array.from({ length: 13 }, (_, k) => k)), ['13×1, from 0 to 12']],
    [tensor([0]), ['0×1, empty']],
  ])('%j', (value, lines) => {
    expect(valueLines(value, 6)).toEqual(lines);
  });

  test('below one another, equality signs aligned, rows under rows', () => {
    const rows = [
      ['W', tensor([2, 1 + 1], 1, 2, 3, 4)],
      ['bias', 0.25],
    ] as const;
    expect(assignments(rows, () => 3, ' ')).toEqual([' W    = [1  2]', '        [3  4]', ' bias = 0.25']);
  });
});

describe('numbers and arrays for the next program', () => {
  test('read back as the same doubles', () => {
    for (const x of [0.1 + 0.2, 1e-300, -5e-324, 123456789.125]) expect(Number(plainNumber(x))).toBe(x);
  });

  test('arrays are literals of the language', () => {
    expect(literal(tensor([2, 2], 1, -2, 0.5, 1 / 3))).toBe('[[1, -2], [0.5, 0.3333333333333333]]');
    expect(literal(tensor([2], 1, 2 / 3), 3)).toBe('[1, 0.667]');
  });
});

describe('a curve of the cost', () => {
  test('has the highest bar where the cost is highest', () => {
    expect(sparkline([8, 7, 6, 5, 4, 3, 2, 1])).toBe('█▇▆▅▄▃▂▁');
    expect(sparkline([1, 0])).toBe('█▁');
    expect(sparkline(Float64Array.from({ length: 801 }, (_, k) => k))).toBe('▁▂▃▄▅▆▇█');
  });

  test('is left out where there is nothing to see', () => {
    expect(sparkline([1])).toBe('');
    expect(sparkline([1, 1, 1])).toBe('');
    expect(sparkline([1, Number.POSITIVE_INFINITY])).toBe('');
  });
});
