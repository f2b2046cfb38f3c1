import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { addDims, type Dim, divideDims, measureOf, multiplyDims } from '../../src/graph/dimension.ts';
import { type Equation, solveSizes } from '../../src/graph/equations.ts';

const solve = (...pairs: readonly (readonly [Dim, number])[]) =>
  solveSizes(pairs.map(([dim, size]): Equation<string> => ({ dim, size, source: String(dim) })));
const square = multiplyDims('n', 'n');

describe('sizes from lengths', () => {
  it.each([
    [[['k+1', 4]], { k: 3 }],
    [[['2*k', 6]], { k: 3 }],
    [[['n/2', 3]], { n: 6 }],
    [[['(n+1)/2', 3]], { n: 5 }],
    [[[square, 49]], { n: 7 }],
    [[[divideDims(addDims(square, 'n'), 2)!, 10]], { n: 4 }],
    [[[divideDims(addDims(square, '-n'), 2)!, 10]], { n: 5 }],
    [
      [
        ['n/k', 3],
        ['k', 2],
      ],
      { n: 6, k: 2 },
    ],
    [
      [
        ['n/k', 3],
        ['n', 6],
      ],
      { n: 6, k: 2 },
    ],
    [
      [
        ['m+n', 5],
        ['m*k', 6],
        ['k+1', 4],
      ],
      { k: 3, m: 2, n: 3 },
    ],
    // Two unknowns in each: neither tells.
    [
      [
        ['m+n', 5],
        ['m-n', 1],
      ],
      {},
    ],
  ] as [(readonly [Dim, number])[], Record<string, number>][])('%j', (pairs, found) => {
    const solved = solve(...pairs);
    expect(solved.wrong).toBeUndefined();
    expect(Object.fromEntries(solved.sizes)).toEqual(found);
  });

  it.each([
    [['2*k', 5]],
    [['k+4', 3]],
    [[square, 50]],
    [
      ['n/k', 4],
      ['n', 6],
    ],
    [
      ['k', 3],
      ['k+1', 3],
    ],
    [
      ['k', 3],
      ['k', 4],
    ],
  ] as (readonly [Dim, number])[][])('%j contradict', (...pairs) => {
    expect(solve(...pairs).wrong?.source).toBe(String(pairs[pairs.length === 2 ? 1 : 0]![0] === 'n' ? 'n/k' : pairs.at(-1)![0]));
  });

  test('do not depend on the order', () => {
    const dims: readonly Dim[] = ['k+1', 'm*k', addDims('m', 'n'), divideDims('q', 'n')!, 'r-q', multiplyDims('r', 'k')];
    const names = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(names, fc.shuffledSubarray([...dims], { minLength: dims.length }), ([k, m, n], order) => {
        const sizes = new Map([
          ['k', k!],
          ['m', m!],
          ['n', n!],
          ['q', 4 * n!],
          ['r', 4 * n! + 5],
        ]);
        const solved = solve(...order.map((dim) => [dim, measureOf(dim, sizes)] as const));
        expect(solved.wrong).toBeUndefined();
        expect(new Map([...solved.sizes].sort())).toEqual(new Map([...sizes].sort()));
      }),
    );
  });
});
