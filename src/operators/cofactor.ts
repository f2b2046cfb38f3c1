import type { Node } from '../graph/node.ts';
import { MINUS_ONE } from '../graph/rational.ts';
import { transposed, turned } from '../graph/views.ts';
import type { ArrayOperator, Cell, Field, Pullback } from './array.ts';
import { CofactorSlopes } from './cofactor-slopes.ts';
import { cofactorsOf } from './cofactors.ts';
import { eliminated } from './elimination.ts';
import { internal, inv, isIdentity, lu } from './factorisation.ts';

/** The matrix of cofactors, which every square matrix has. */

export const cofactor: ArrayOperator = {
  name: 'cofactor',
  key: 'cofactor',
  notation: { latex: '\\operatorname{cof}' },
  cells: [2],
  cellShape: (cell) => cell,
  symmetric: true,
  // With B = A⁻ᵀ, the cofactors are C = det A·B: dC = C·tr(Bᵀ·dA) − C·dAᵀ·B.
  pullback: (p) => {
    const inverse = p.g.array(inv, p.args[0]!);
    const straight = p.einsum(
      [
        [p.adjoint, 'ij', 'front'],
        [p.y, 'ij'],
        [inverse, 'lk'],
      ],
      'kl',
    );
    const across = p.einsum(
      [
        [p.adjoint, 'ij', 'front'],
        [p.y, 'il'],
        [inverse, 'jk'],
      ],
      'kl',
      MINUS_ONE,
    );
    return p.g.add([straight, across]);
  },
  rule: {
    id: 'cofactor',
    name: 'cofactors',
    why: 'A cofactor is the determinant of what is left without its row and its column.',
    formula: 'dC = C·tr(A⁻¹·dA) − C·dAᵀ·A⁻ᵀ',
  },
  normal: (g, a) => {
    if (isIdentity(a)) return a;
    const plain = turned(a);
    return plain && transposed(g, g.array(cofactor, plain));
  },
  runs: (g, a) => g.array(runningCofactor, a),
  lower: (g, a) => g.array(cofactorsOfLu, a, g.array(lu, a)),
  exact: (x, [a]) => minors(x, a!),
};

/** The cofactors where they run: their slopes do without an inverse too. */
export const runningCofactor: ArrayOperator = {
  name: 'running-cofactor',
  key: 'running-cofactor',
  internal: true,
  cells: [2],
  cellShape: (cell) => cell,
  symmetric: true,
  pullback: (p) => p.g.array(cofactorSlope, ...alike(p, p.adjoint)),
  rule: cofactor.rule,
  normal: (g, a) => {
    const plain = turned(a);
    return plain && transposed(g, g.array(runningCofactor, plain));
  },
  lower: (g, a) => g.array(cofactorsOfLu, a, g.array(lu, a)),
  exact: (x, [a]) => minors(x, a!),
};

/**
 * The gradient of ⟨G, cof A⟩ by A: what second derivatives of a determinant are made of. With B = A⁻ᵀ it is
 * ⟨G, C⟩·B − C·Gᵀ·B; without an inverse, entry (k, l) is the sum over i ≠ k, j ≠ l of ± Gᵢⱼ times the determinant of what is
 * left of A without rows i, k and columns j, l.
 */
const cofactorSlope: ArrayOperator = {
  name: 'cofactor-slope',
  key: 'cofactor-slope',
  internal: true,
  cells: [2, 2],
  cellShape: (cell) => cell,
  pullback: (p, position) => (position === 1 ? p.g.array(cofactorSlope, ...alike(p, p.adjoint)) : byMatrix(p)),
  rule: cofactor.rule,
  kernel: ([a, g], out, count, [shape]) => {
    const work = new CofactorSlopes(shape![0]!);
    for (let k = 0; k < count; k++) work.slope(a!, g!, out, k);
  },
  exact: (x, [a, g]) => byMinors(x, a!, g!),
};

/** The matrix, over the objective's axes too, beside what has them. */
function alike(p: Pullback, fronted: Node): [Node, Node] {
  const [a] = p.args as [Node];
  const missing = fronted.shape.length - a.shape.length;
  const places = a.shape.map((_, axis) => axis + missing);
  return [p.g.broadcast(a, fronted.shape, places), fronted];
}

/** By A, of ⟨H, ⟨G, C⟩·B − C·Gᵀ·B⟩: C and B = A⁻ᵀ move with it, as the rules of these say. */
function byMatrix(p: Pullback): Node {
  const [a, given] = p.args as [Node, Node];
  const { g } = p;
  const [c, b] = [g.array(runningCofactor, a), g.array(inv, a)];
  const toC = g.add([
    p.einsum(
      [
        [given, 'ij'],
        [p.adjoint, 'kl', 'front'],
        [b, 'lk'],
      ],
      'ij',
    ),
    p.einsum(
      [
        [p.adjoint, 'il', 'front'],
        [given, 'kj'],
        [b, 'lk'],
      ],
      'ij',
      MINUS_ONE,
    ),
  ]);
  const toB = g.add([
    p.einsum(
      [
        [given, 'ij'],
        [c, 'ij'],
        [p.adjoint, 'lk', 'front'],
      ],
      'kl',
    ),
    p.einsum(
      [
        [p.adjoint, 'il', 'front'],
        [c, 'ij'],
        [given, 'kj'],
      ],
      'lk',
      MINUS_ONE,
    ),
  ]);
  const throughB = p.einsum(
    [
      [b, 'ki'],
      [toB, 'kl', 'front'],
      [b, 'jl'],
    ],
    'ij',
    MINUS_ONE,
  );
  return g.add([g.array(cofactorSlope, ...alike(p, toC)), throughB]);
}

/** A, and its factors. */
const cofactorsOfLu = internal(
  'lu-cofactor',
  [2, 2],
  (cell) => cell,
  ([a, factors], out, count, [shape]) => {
    const n = shape![0]!;
    for (let k = 0; k < count; k++) cofactorsOf(a!, factors!, out, k, n);
  },
);

/** Each as the determinant of what is left, with its sign. */
function minors<T>(x: Field<T>, { shape, data }: Cell<T>): T[] {
  const n = shape[0]!;
  if (n === 1) return [x.one];
  return data.map((_, at) => {
    const [row, column] = [Math.floor(at / n), at % n];
    const left = data.filter((_entry, k) => Math.floor(k / n) !== row && k % n !== column);
    const value = eliminated(x, { shape: [n - 1, n - 1], data: left }, []).determinant;
    return (row + column) % 2 === 0 ? value : x.sub(x.zero, value);
  });
}

/** (−1)^(i + j + k + l), turned round where the second row or column comes before the first. */
const signOf = (i: number, k: number, j: number, l: number): number =>
  ((i + j + k + l) % 2 === 0 ? 1 : -1) * (k < i ? -1 : 1) * (l < j ? -1 : 1);

/** The sum over i ≠ k, j ≠ l of ± Gᵢⱼ times the determinant of what is left of A without rows i, k and columns j, l. */
function byMinors<T>(x: Field<T>, { shape, data }: Cell<T>, g: Cell<T>): T[] {
  const n = shape[0]!;
  return data.map((_, at) => {
    const [k, l] = [Math.floor(at / n), at % n];
    let total = x.zero;
    g.data.forEach((weight, e) => {
      const [i, j] = [Math.floor(e / n), e % n];
      if (i === k || j === l) return;
      const left = data.filter((_entry, f) => ![i, k].includes(Math.floor(f / n)) && ![j, l].includes(f % n));
      const minor = n === 2 ? x.one : eliminated(x, { shape: [n - 2, n - 2], data: left }, []).determinant;
      const term = x.mul(weight, minor);
      total = signOf(i, k, j, l) > 0 ? x.add(total, term) : x.sub(total, term);
    });
    return total;
  });
}
