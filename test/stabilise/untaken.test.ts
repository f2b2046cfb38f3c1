import { describe, expect, it } from 'vitest';
import { derive, hessian, type Inputs } from '../../src/index.ts';

type Shapes = Record<string, (number | string)[]>;
type Values = number | readonly Values[];

const plain = (x: unknown): Values => (typeof x === 'number' ? x : (x as { toArray(): Values }).toArray());
const flat = (x: Values): number[] => (typeof x === 'number' ? [x] : x.flatMap(flat));

/** The gradient that the API hands out, by every backend. */
function gradients(source: string, wrt: string, shapes: Shapes, at: Inputs): Values[] {
  return (['js', 'closure'] as const).map((backend) =>
    plain(derive(source, wrt, { shapes }).compile({ backend }).gradient(at)[wrt]),
  );
}

function expectGradient(source: string, wrt: string, shapes: Shapes, at: Inputs, expected: Values): void {
  for (const found of gradients(source, wrt, shapes, at)) {
    expect(flat(found), source).toHaveLength(flat(expected).length);
    flat(found).forEach((x, k) => {
      const want = flat(expected)[k]!;
      if (Number.isFinite(want)) expect(x, source).toBeCloseTo(want, 14);
      else expect(x, source).toBe(want);
    });
  }
}

const n: Shapes = { x: ['n'] };

describe('a branch that is not taken has no part in the gradient', () => {
  it.each<[string, string, string, Shapes, Inputs, Values]>([
    ['a root of what is negative', 'sum(where(x > 0, x, sqrt(-x)))', 'x', { x: [3] }, { x: [0.5, 1, -4] }, [1, 1, -0.25]],
    ['a logarithm of 0', 'sum(where(x > 0, log(x), 0))', 'x', n, { x: [0, 2] }, [0, 0.5]],
    ['under a name', 'y = log(x)\nz = 2*y\nsum(where(x > 0, z, 0))', 'x', n, { x: [0, 2] }, [0, 1]],
    ['in two choices', 'y = log(x)\nsum(where(x > 0, y, 0) + where(x > 1, 2*y, 0))', 'x', n, { x: [0, 0.5, 2] }, [0, 2, 1.5]],
    ['a choice in a choice', 'sum(where(x > 0, where(x > 1, log(x - 1), x), 3))', 'x', n, { x: [1, 2, -4] }, [1, 1, 0]],
    [
      'a matrix',
      'sum(where(X > 0, log(X), 0)*W)',
      'X',
      { X: ['n', 'm'], W: ['m', 'k'] },
      {
        X: [
          [0, 1],
          [2, 0],
        ],
        W: [[1], [2]],
      },
      [
        [0, 2],
        [0.5, 0],
      ],
    ],
    [
      'a product with a matrix',
      'sum(where(X*W > 0, log(X)*W, 0))',
      'X',
      { X: ['n', 'k'], W: ['k', 'm'] },
      {
        X: [
          [0, 0],
          [1, 2],
        ],
        W: [[1], [1]],
      },
      [
        [0, 0],
        [1, 0.5],
      ],
    ],
    [
      'only some rows of a product',
      'sum(where(A*x > 0, A*sqrt(x), 0))',
      'x',
      { x: ['n'], A: ['m', 'n'] },
      {
        x: [0, 4],
        A: [
          [1, 2],
          [-3, -4],
        ],
      },
      [Number.POSITIVE_INFINITY, 0.5],
    ],
    ['one condition for a whole array', 'where(x[1] > 0, sum(log(x)), 0)', 'x', n, { x: [0, 2] }, [0, 0]],
    [
      'the inverse of a singular matrix',
      'where(det(A) > 0, logdet(A), 0)',
      'A',
      { A: ['n', 'n'] },
      {
        A: [
          [1, 2],
          [2, 4],
        ],
      },
      [
        [0, 0],
        [0, 0],
      ],
    ],
    ['a function of the choice', 'log(sum(where(x > 0, sqrt(x), 0)))', 'x', n, { x: [0, 4] }, [0, 0.125]],
    ['a scalar', 'u = 1/s\nwhere(s > 0, u^2, 0)*t', 's', {}, { s: 0, t: 2 }, 0],
  ])('%s', (_, source, wrt, shapes, at, expected) => {
    expectGradient(source, wrt, shapes, at, expected);
  });

  it('what is taken and infinite stays infinite', () => {
    expectGradient('sum(where(x < 1, sqrt(x), log(x)))', 'x', n, { x: [0, 4] }, [Number.POSITIVE_INFINITY, 0.25]);
  });

  it('nor in the second derivative', () => {
    const second = (source: string, x: number[]) => plain(hessian(source, 'x', { shapes: n }).evaluate({ x }));
    expect(second('sum(where(x > 0, log(x), x.^2))', [0, 2, -1])).toEqual([
      [2, 0, 0],
      [0, -0.25, 0],
      [0, 0, 2],
    ]);
    expect(second('y = sqrt(x)\nsum(where(x > 0, y, 0))', [0, 1])).toEqual([
      [0, 0],
      [0, -0.25],
    ]);
  });
});
