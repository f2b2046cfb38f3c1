import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  addDims,
  type Dim,
  divideDims,
  entryCount,
  leastOf,
  measureOf,
  multiplyDims,
  showShape,
  sizeOf,
} from '../../src/graph/dimension.ts';

const sizes = new Map([
  ['k', 3],
  ['m', 10],
  ['n', 24],
]);

/** Sums, products and quotients of integers and names. */
const dims = fc.letrec<{ dim: Dim }>((tie) => ({
  dim: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.integer({ min: 0, max: 6 }),
    fc.constantFrom('k', 'm', 'n'),
    fc.tuple(tie('dim'), tie('dim')).map(([a, b]) => addDims(a, b)),
    fc.tuple(tie('dim'), tie('dim')).map(([a, b]) => addDims(a, multiplyDims(-1, b))),
    fc.tuple(tie('dim'), tie('dim')).map(([a, b]) => multiplyDims(a, b)),
    fc.tuple(tie('dim'), fc.constantFrom(2, 3, 'k', 'n')).map(([a, b]) => divideDims(a, b) ?? a),
  ),
})).dim;

const close = (a: number, b: number): void =>
  expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(a), Math.abs(b)));
const of = (dim: Dim): number => measureOf(dim, sizes);

describe('dimensions', () => {
  test('equal dimensions are the same text: the laws of a ring', () => {
    fc.assert(
      fc.property(dims, dims, dims, (a, b, c) => {
        expect(addDims(a, b)).toBe(addDims(b, a));
        expect(multiplyDims(a, b)).toBe(multiplyDims(b, a));
        expect(addDims(addDims(a, b), c)).toBe(addDims(a, addDims(b, c)));
        expect(multiplyDims(multiplyDims(a, b), c)).toBe(multiplyDims(a, multiplyDims(b, c)));
        expect(multiplyDims(a, addDims(b, c))).toBe(addDims(multiplyDims(a, b), multiplyDims(a, c)));
        expect(addDims(a, multiplyDims(-1, a))).toBe(0);
        expect(addDims(a, 0)).toBe(a);
        expect(multiplyDims(a, 1)).toBe(a);
      }),
    );
  });

  test('their numbers add, multiply and divide', () => {
    fc.assert(
      fc.property(dims, dims, (a, b) => {
        close(of(addDims(a, b)), of(a) + of(b));
        close(of(multiplyDims(a, b)), of(a) * of(b));
        const quotient = divideDims(a, b);
        if (quotient !== undefined) close(of(quotient), of(a) / of(b));
      }),
    );
  });

  test('a quotient times its divisor is what was divided', () => {
    fc.assert(
      fc.property(dims, fc.constantFrom<Dim>(2, 6, 'k', '2*n', 'k*n', 'n/2'), (a, b) => {
        const quotient = divideDims(a, b);
        if (quotient !== undefined) expect(multiplyDims(quotient, b)).toBe(a);
      }),
    );
  });

  test('none is less than its least', () => {
    fc.assert(
      fc.property(dims, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 3, maxLength: 3 }), (dim, [k, m, n]) => {
        const least = leastOf(dim);
        const size = measureOf(
          dim,
          new Map([
            ['k', k!],
            ['m', m!],
            ['n', n!],
          ]),
        );
        if (least !== undefined && Number.isInteger(size)) expect(size).toBeGreaterThanOrEqual(least);
      }),
    );
  });

  it.each([
    [divideDims('n', 2), 'n/2'],
    [divideDims(multiplyDims(6, 'n'), 4), '3*n/2'],
    [addDims(divideDims('n', 2)!, divideDims('n', 2)!), 'n'],
    [divideDims(addDims('n', 1), 2), '(n+1)/2'],
    [divideDims('n', multiplyDims(2, 'k')), 'n/(2*k)'],
    [multiplyDims(divideDims('n', 'k')!, 'k'), 'n'],
    [entryCount([divideDims('n', 'k')!, 'k', 2]), '2*n'],
    [divideDims(7, 2), undefined],
    [divideDims('n', addDims('k', 1)), undefined],
    [divideDims('n', 0), undefined],
  ])('%s', (dim, text) => {
    expect(dim).toBe(text);
  });

  it('a quotient that does not go evenly is no size', () => {
    expect(sizeOf('n/(2*k)', sizes)).toBe(4);
    expect(() => sizeOf('n/m', sizes)).toThrow('n/m is no whole number with n = 24 and m = 10');
    expect(() => sizeOf('n/q', sizes)).toThrow('the size q is not known');
  });

  it('is bracketed in a shape', () => {
    expect(showShape(['n/2'])).toBe('(n/2)×1');
    expect(showShape(['k+1', 'm'])).toBe('(k+1)×m');
  });
});
