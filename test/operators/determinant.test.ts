import { describe, expect, it } from 'vitest';
import { compile, derive, hessian } from '../../src/index.ts';
import { random } from '../../src/numeric/random.ts';
import { determinant, expectMatrix, type Matrix, without } from './matrices.ts';

const square = { A: ['n', 'n'] };

const gradients = (source: string, A: Matrix): Matrix[] =>
  (['js', 'closure'] as const).map((backend) => {
    const found = derive(source, 'A', { shapes: square }).compile({ backend }).gradient({ A }).A;
    return typeof found === 'number' ? [[found]] : (found as { toArray(): Matrix }).toArray();
  });

const cofactors = (a: Matrix): Matrix =>
  a.map((row, i) => row.map((_, j) => ((i + j) % 2 ? -1 : 1) * determinant(without(a, i, j))));

describe('the gradient of a determinant is the matrix of cofactors', () => {
  it.each<[string, Matrix]>([
    [
      'regular',
      [
        [2, 1],
        [1, 3],
      ],
    ],
    [
      'of rank 1',
      [
        [1, 2],
        [2, 4],
      ],
    ],
    [
      'with a column of zeros',
      [
        [0, 1],
        [0, 0],
      ],
    ],
    [
      'of rank 2',
      [
        [1, 2, 3],
        [2, 4, 6],
        [1, 0, 1],
      ],
    ],
    [
      'of rank 2, up to rounding',
      [
        [1, 2, 3],
        [4, 5, 6],
        [7, 8, 9],
      ],
    ],
    [
      'with a row of zeros',
      [
        [1, 2, 3],
        [0, 0, 0],
        [4, 5, 7],
      ],
    ],
    [
      'of ones',
      [
        [1, 1, 1],
        [1, 1, 1],
        [1, 1, 1],
      ],
    ],
    [
      'zero',
      [
        [0, 0, 0],
        [0, 0, 0],
        [0, 0, 0],
      ],
    ],
    ['a zero number', [[0]]],
    [
      'of rank 3',
      [
        [0, 1, 2, 3],
        [1, 0, 1, 2],
        [0, 2, 4, 6],
        [2, 1, 4, 0],
      ],
    ],
    [
      'a permutation',
      [
        [0, 0, 1],
        [1, 0, 0],
        [0, 1, 0],
      ],
    ],
  ])('%s', (_, A) => {
    for (const found of gradients('det(A)', A)) expectMatrix(found, cofactors(A));
  });

  it('at random singular matrices of whole numbers', () => {
    const draw = random(5);
    for (let k = 0; k < 40; k++) {
      const n = 2 + (k % 4);
      const rows = Array.from({ length: n }, () => Array.from({ length: n }, () => Math.round(draw.uniform(-4, 4))));
      rows[k % n] = rows[0]!.map((x, j) => x * (k % 3) - (n > 2 ? rows[(k + 1) % n]![j]! : 0));
      for (const found of gradients('det(A)', rows)) expectMatrix(found, cofactors(rows), 11);
    }
  });

  it('a matrix that is nearly singular, or of tiny entries, keeps its digits', () => {
    for (const found of gradients('det(A)', [
      [1, 0],
      [0, 1e-20],
    ]))
      expect(found).toEqual([
        [1e-20, 0],
        [0, 1],
      ]);
    for (const found of gradients('log(abs(det(A)))', [
      [1e-200, 0],
      [0, 1e-200],
    ]))
      expectMatrix(
        found,
        [
          [1e200, 0],
          [0, 1e200],
        ],
        12,
      );
  });

  it('a NaN shows', () => {
    for (const found of gradients('det(A)', [
      [Number.NaN, 1],
      [1, 1],
    ]))
      expect(found.flat().every(Number.isNaN)).toBe(true);
  });

  it('through other functions of it', () => {
    const A = [
      [1, 2],
      [2, 4],
    ];
    for (const found of gradients('exp(det(A)) + 3*det(A)', A))
      expectMatrix(found, [
        [16, -8],
        [-8, 4],
      ]);
    for (const found of gradients('det(A)^2', A))
      expectMatrix(found, [
        [0, 0],
        [0, 0],
      ]);
    const product = derive('det(B*A*B)', 'A', { shapes: { ...square, B: ['n', 'n'] } }).compile();
    const found = product.gradient({
      A,
      B: [
        [1, 2],
        [3, 4],
      ],
    }).A as { toArray(): Matrix };
    expectMatrix(found.toArray(), [
      [16, -8],
      [-8, 4],
    ]);
  });

  it('prints as people write it', () => {
    expect(derive('det(A)', 'A', { shapes: square }).partial.toString()).toBe("det(A)*inv(A)'");
  });
});

describe('a product through too few dimensions', () => {
  it('has the determinant 0', () => {
    expect(derive("det(x*x')", 'x', { shapes: { x: [2] } }).partial.toString()).toBe('zeros(2)');
    expect(derive("det(X'*X)", 'X', { shapes: { X: [2, 3] } }).partial.toString()).toBe('zeros(2, 3)');
    expect(
      compile("det(X'*X)", { shapes: { X: [2, 3] } })({
        X: [
          [1, 2, 3],
          [4, 5, 6],
        ],
      }),
    ).toBe(0);
  });

  it('or cofactors where a length is not known, and never an inverse', () => {
    const outer = derive("det(x*x')", 'x', { shapes: { x: ['n'] } });
    expect(outer.partial.toString()).toBe("2*cofactor(x*x')*x");
    expect(outer.domain()).toEqual([]);
    const f = outer.compile();
    expect((f.gradient({ x: [1, 2] }).x as { toArray(): number[] }).toArray()).toEqual([0, 0]);
    expect((f.gradient({ x: [1, 2, 3] }).x as { toArray(): number[] }).toArray()).toEqual([0, 0, 0]);
    expect(f.gradient({ x: [3] }).x).toMatchObject({ shape: [1] });
    expect((f.gradient({ x: [3] }).x as { toArray(): number[] }).toArray()).toEqual([6]);
  });

  it('what may have an inverse is written with it', () => {
    expect(derive("det(X'*X)", 'X', { shapes: { X: ['m', 'n'] } }).partial.toString()).toBe("2*det(X'*X)*X*inv(X'*X)");
  });
});

describe('cofactor(A)', () => {
  it('is a function of the language', () => {
    const A = [
      [1, 2, 1],
      [3, 4, 2],
      [1, 0, 3],
    ];
    const found = compile('cofactor(A)', { shapes: square })({ A }) as { toArray(): Matrix };
    expectMatrix(found.toArray(), cofactors(A));
    for (const g of gradients('tr(cofactor(A))', A)) {
      const h = 1e-6;
      A.forEach((row, i) => {
        row.forEach((x, j) => {
          const at = (d: number) => {
            const moved = cofactors(A.map((r, k) => (k === i ? r.with(j, x + d) : r)));
            return moved.reduce((sum, r, k) => sum + r[k]!, 0);
          };
          expect(g[i]![j]).toBeCloseTo((at(h) - at(-h)) / (2 * h), 6);
        });
      });
    }
  });

  it('gives the second derivatives of a determinant', () => {
    const H = hessian('det(A)', 'A', { shapes: square }).evaluate({
      A: [
        [2, 1],
        [1, 3],
      ],
    }) as { toArray(): Matrix[][] };
    const expected = [
      [
        [
          [0, 0],
          [0, 1],
        ],
        [
          [0, 0],
          [-1, 0],
        ],
      ],
      [
        [
          [0, -1],
          [0, 0],
        ],
        [
          [1, 0],
          [0, 0],
        ],
      ],
    ];
    H.toArray().forEach((row, i) => {
      row.forEach((matrix, j) => {
        expectMatrix(matrix, expected[i]![j]!);
      });
    });
  });

  it('of singular matrices too', () => {
    const second = (A: Matrix): number[] => {
      const H = hessian('det(A)', 'A', { shapes: square }).evaluate({ A });
      return [...(H as { data: Float64Array }).data];
    };
    for (const A of [
      [
        [1, 2],
        [2, 4],
      ],
      [
        [0, 0],
        [0, 0],
      ],
      [
        [1, 2, 3],
        [2, 4, 6],
        [1, 0, 1],
      ],
      [
        [1, 1, 1],
        [1, 1, 1],
        [1, 1, 1],
      ],
      [
        [2, 1, 0],
        [1, 3, 1],
        [0, 1, 4],
      ],
      [
        [1, 2, 3, 4],
        [2, 4, 6, 8],
        [1, 0, 1, 0],
        [0, 1, 0, 1],
      ],
    ]) {
      const n = A.length;
      // A cofactor is a polynomial of at most first degree in each entry.
      const truth = A.flatMap((row, i) =>
        row.flatMap((_, j) =>
          A.flatMap((other, k) =>
            other.map((x, l) => {
              const at = (d: number) => cofactors(A.map((r, m) => (m === k ? r.with(l, x + d) : r)))[i]![j]!;
              return at(1) - at(0);
            }),
          ),
        ),
      );
      const found = second(A);
      expect(found).toHaveLength(n ** 4);
      found.forEach((x, at) => {
        expect(x).toBeCloseTo(truth[at]!, 10);
      });
    }
  });

  it('and third ones where there is an inverse', () => {
    const A = [
      [2, 1, 0],
      [1, 3, 1],
      [0, 1, 4],
    ];
    // ∂³ det A/∂a₁₁∂a₂₂∂a₃₃ = 1, and −1 for an odd exchange.
    const third = compile('B = grad(det(A), A)\nC = grad(B[1,1], A)\ngrad(C[2,2], A)', { shapes: { A: [3, 3] } })({ A });
    expectMatrix((third as { toArray(): Matrix }).toArray(), [
      [0, 0, 0],
      [0, 0, 0],
      [0, 0, 1],
    ]);
    const crossed = compile('B = grad(det(A), A)\nC = grad(B[1,2], A)\ngrad(C[2,1], A)', { shapes: { A: [3, 3] } })({ A });
    expectMatrix((crossed as { toArray(): Matrix }).toArray(), [
      [0, 0, 0],
      [0, 0, 0],
      [0, 0, -1],
    ]);
  });
});
