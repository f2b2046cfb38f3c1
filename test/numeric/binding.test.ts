import { describe, expect, it } from 'vitest';
import { compile, derive, type Tensor } from '../../src/index.ts';

type Shapes = Record<string, (number | string)[]>;
const run = (source: string, shapes: Shapes, inputs: Record<string, unknown>) => compile(source, { shapes })(inputs as never);

describe('what inputs bind', () => {
  it.each([
    ['sum(x)/k', { x: ['k+1'] }, { x: [1, 2, 3, 6] }, 4],
    ['sum(x)/k', { x: ['2*k'] }, { x: [1, 2, 3, 6] }, 6],
    ['sum(x)/n', { x: ['n/2'] }, { x: [1, 2, 3] }, 1],
    ['n + 10*d', { X: ['n', 'd'], w: ['d'] }, { X: new Float64Array(6), w: [1, 2] }, 23],
    ['n + 10*d', { w: ['d-1'], X: ['n', 'd'] }, { X: new Float64Array(6), w: [1] }, 23],
    [
      'n + 10*h',
      { X: ['n/h', 'h'], y: ['n+h'] },
      {
        X: [
          [1, 2],
          [3, 4],
          [5, 6],
        ],
        y: new Float64Array(8),
      },
      26,
    ],
    ['sum(x)/n', { n: [], x: ['n'] }, { n: 3, x: [1, 2, 3] }, 2],
    ['n', { x: ['n*(n+1)/2'] }, { x: [1, 2, 3, 4, 5, 6] }, 3],
  ] as [string, Shapes, Record<string, unknown>, number][])('%s of %j', (source, shapes, inputs, value) => {
    expect(run(source, shapes, inputs)).toBe(value);
  });

  it.each([
    ['sum(x)/k', { x: ['2*k'] }, { x: [1, 2, 3] }, 'x has length 3 along 2*k, which does not go evenly'],
    ['sum(x)', { x: ['k+1'], y: ['k'] }, { x: [1, 2, 3], y: [1, 2, 3] }, 'y has length 3 along k, x says 2'],
    ['sum(x)', { y: ['k'], x: ['k+1'] }, { x: [1, 2, 3], y: [1, 2, 3] }, 'x has length 3 along k+1, which is 4 (k = 3 by y)'],
    ['sum(x)', { x: ['n/2'], y: ['n'] }, { y: [1, 2, 3] }, 'n/2 is no whole number with n = 3'],
    ['sum(x)/n', { x: ['n'] }, { x: [1, 2], n: 3 }, 'x has length 2 along n, which is 3'],
    ['sum(x)/n', { x: ['n'], n: [] }, { x: [1, 2], n: 3 }, 'x has length 2 along n, n says 3'],
    ['sum(x)/n', { x: ['n'] }, { n: 2.5 }, 'the size n is a whole number from 0 on, not 2.5'],
    ['sum(X)', { X: ['n', 'd'] }, { X: new Float64Array(6) }, 'the shape of X cannot be told from 6 numbers'],
    ['sum(X)', { X: ['n', 'd'], w: ['d'] }, { X: new Float64Array(7), w: [1, 2] }, 'the value of X has the shape [7]'],
  ] as [string, Shapes, Record<string, unknown>, string][])('%s of %j contradict', (source, shapes, inputs, message) => {
    expect(() => run(source, shapes, inputs)).toThrow(message);
  });
});

describe('a value of another shape is told how it is given', () => {
  const model = 'data X : [n, 2], y : [n], s = 1; param w : [2] = 0; minimize sum((X*w - s*y).^2)';
  const X = [
    [1, 2],
    [3, 4],
  ];
  const y = [1, 2];

  it.each<[string, Record<string, unknown>, string, string | undefined]>([
    ['a flat list', { X: [1, 2, 3, 4], y }, 'X has length 1 where 2 is declared', 'a matrix is a list of its rows, and X is n×2'],
    [
      'a transpose',
      {
        X: [
          [1, 2, 3],
          [4, 5, 6],
        ],
        y,
      },
      'X has length 3 where 2 is declared',
      'a matrix is a list of its rows, and X is n×2',
    ],
    [
      'typed numbers',
      { X: new Float64Array(3), y },
      'the value of X has the shape [3], declared is [n, 2]',
      'a matrix is a list of its rows: X: [[1, 2], [3, 4]]',
    ],
    ['one number', { X, y: 1 }, 'the value of y has the shape [], declared is [n]', 'one number is a list of one: y: [1]'],
    ['a row', { X, y: [y] }, 'the value of y has the shape [1, 2], declared is [n]', 'a vector is one list: y: [1, 2]'],
    [
      'a list',
      { X, y, s: y },
      'the value of s has the shape [2], declared is []',
      's is a single number: for a list declare data s : [n]',
    ],
    [
      'texts',
      { X, y: ['1', '2'] },
      'the value of y has the text "1" at [1], not a number',
      'turn texts into numbers first, as Number does',
    ],
  ])('%s', (_, data, message, hint) => {
    let error: unknown;
    try {
      derive(model)
        .compile()
        .value({ w: [0, 0], ...data } as never);
    } catch (found) {
      error = found;
    }
    expect(error).toMatchObject({ code: 'data', message, hint });
  });

  it('a typed array whose buffer was transferred is told as that', () => {
    const detached = () => {
      const array = Float64Array.of(1, 2);
      structuredClone(array.buffer, { transfer: [array.buffer] });
      return array;
    };
    const f = compile('A*x', { shapes: { A: ['m', 'n'], x: ['n'] } });
    const A = [[1, 2]];
    const told = 'the value of x is detached: its numbers went with its buffer, which was transferred';
    expect(() => f({ A, x: detached() })).toThrow(told);
    expect((f({ A, x: Float64Array.of(1, 2) }) as Tensor).toArray()).toEqual([5]);
    expect(() => f({ A, x: detached() })).toThrow(told);
    const tensor = compile('2x', { shapes: { x: ['n'] } })({ x: [1, 2] }) as Tensor;
    structuredClone(tensor.data.buffer, { transfer: [tensor.data.buffer as ArrayBuffer] });
    expect(() => f({ A, x: tensor })).toThrow(told);
    // One that is empty is no such.
    expect(compile('sum(x)', { shapes: { x: ['n'] } })({ x: new Float64Array() })).toBe(0);
  });

  it('rows may be typed arrays', () => {
    const value = (rows: unknown) =>
      derive(model)
        .compile()
        .value({ w: [1, 1], X: rows, y } as never);
    expect(value(X.map((row) => Float64Array.from(row)))).toBe(value(X));
    expect(value(X.map((row) => BigInt64Array.from(row.map(BigInt))))).toBe(value(X));
    expect(() => value([Float64Array.of(1, 2), Float64Array.of(1)])).toThrow('is ragged');
  });
});
