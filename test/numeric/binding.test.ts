import { describe, expect, it } from 'vitest';
import { compile } from '../../src/index.ts';

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
