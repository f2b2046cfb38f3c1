import { describe, it } from 'vitest';
import { derive, hessian } from '../../src/index.ts';
import { random } from '../../src/numeric/random.ts';
import { determinant, expectMatrix, type Matrix, without } from './matrices.ts';

const square = { A: ['n', 'n'] };

describe('the slopes of cofactors are determinants without two rows and two columns', () => {
  /** What cof A weighted with G moves by with each entry of A. */
  const slopes = (a: Matrix, weights: Matrix): Matrix =>
    a.map((row, k) =>
      row.map((_, l) =>
        weights
          .flatMap((own, i) => own.map((weight, j) => [i, j, weight] as const))
          .filter(([i, j]) => i !== k && j !== l)
          .reduce((sum, [i, j, weight]) => {
            const left = without(without(a, Math.max(i, k), Math.max(j, l)), Math.min(i, k), Math.min(j, l));
            const sign = ((i + j + k + l) % 2 ? -1 : 1) * (k < i ? -1 : 1) * (l < j ? -1 : 1);
            return sum + sign * weight * determinant(left);
          }, 0),
      ),
    );

  const expectSlopes = (A: Matrix, G: Matrix): void => {
    for (const backend of ['js', 'closure'] as const) {
      const found = derive('sum(cofactor(A).*G)', 'A', { shapes: { ...square, G: ['n', 'n'] } })
        .compile({ backend })
        .gradient({ A, G }).A;
      expectMatrix((found as { toArray(): Matrix }).toArray(), slopes(A, G), 11);
    }
  };

  it('also where a determinant is 0 but for rounding', () => {
    const A = [
      [1, 2, 3],
      [4, 5, 6],
      [7, 8, 9],
    ];
    expectSlopes(A, [
      [2, -1, 4],
      [0, 3, 1],
      [5, 1, 2],
    ]);
    const H = hessian('det(A)', 'A', { shapes: square }).evaluate({ A }) as { toArray(): number[][][][] };
    for (let i = 0; i < 3; i++)
      for (let j = 0; j < 3; j++) {
        const one = A.map((row, k) => row.map((_, l) => Number(k === i && l === j)));
        expectMatrix(H.toArray()[i]![j]!, slopes(A, one));
      }
  });

  it('at random matrices of whole numbers, of any rank', () => {
    const draw = random(7);
    const whole = (n: number, m: number) =>
      Array.from({ length: n }, () => Array.from({ length: m }, () => Math.round(draw.uniform(-4, 4))));
    for (let k = 0; k < 40; k++) {
      const n = 1 + (k % 5);
      const rank = Math.max(1, n - (k % 3));
      const [left, right] = [whole(n, rank), whole(rank, n)];
      const A = left.map((row) => right[0]!.map((_, j) => row.reduce((sum, x, r) => sum + x * right[r]![j]!, 0)));
      expectSlopes(A, whole(n, n));
    }
  });
});
