import { addDims, type Dim, type Shape } from '../graph/dimension.ts';
import type { Graph } from '../graph/graph.ts';
import { type Node, UNIT } from '../graph/node.ts';
import { HALF, MINUS_ONE } from '../graph/rational.ts';
import { transposed, turned } from '../graph/views.ts';
import { type ArrayKernel, type ArrayOperator, type Cell, internalOperator, type Pullback } from './array.ts';
import type { Caveat } from './caveat.ts';
import { choleskyExact, eliminated, identityEntries } from './elimination.ts';
import { sign } from './kinked.ts';
import { choleskyFactor, logOfDeterminant, type luDeterminant, luFactor, luSolve } from './linear-algebra.ts';
import { power } from './power.ts';

/**
 * Inverse, log-determinant and solution of linear equations. The numbers come from an LU factorisation with row
 * exchanges, which the compiler makes one array of its own (`lu`), shared by all that need it: the value of log det A,
 * and A⁻¹ in its gradient.
 * Derivatives: Magnus and Neudecker, Matrix Differential Calculus, ch. 8; Giles 2008, Collected matrix derivative
 * results; for Cholesky, Murray 2016, Differentiation of the Cholesky decomposition.
 */

const square = (cell: Shape): Shape => cell;
const scalar = (): Shape => [];

/** d, of a matrix diag(d). */
export function diagonalOf(g: Graph, a: Node): Node | undefined {
  if (a.kind !== 'contraction' || a.result.length !== 2 || a.result[0] !== a.result[1] || a.factors.length === 0)
    return undefined;
  if (a.result[0] === UNIT || a.sizes.length !== 1) return undefined;
  return g.contract({ ...a, result: [a.result[0]!] });
}

const onDiagonal = (g: Graph, d: Node): Node =>
  g.contract({ factors: [d], indices: [[0]], result: [0, 0], sizes: new Map([[0, d.shape[0]!]]) });

export const isIdentity = (x: Node): boolean =>
  x.kind === 'contraction' &&
  x.factors.length === 0 &&
  x.coefficient.equals(1) &&
  x.result.length === 2 &&
  x.result[0] === x.result[1];

/** Far from singular: no pivot is lost beside the others. */
function wellConditioned({ shape, data }: Cell<number>): boolean {
  const n = shape[0]!;
  const factors = new Float64Array(n * (n + 1));
  luFactor(Float64Array.from(data), 0, factors, 0, n);
  const pivots = Array.from({ length: n }, (_, k) => Math.abs(factors[k * (n + 1)]!));
  return Math.min(...pivots) > 1e-8 * Math.max(...pivots);
}

const needsInverse: Caveat = { kind: 'needs', condition: (a) => `det(${a}) ≠ 0` };

export const inv: ArrayOperator = {
  name: 'inv',
  spellings: ['inverse'],
  caveats: [needsInverse],
  key: 'inv',
  domain: wellConditioned,
  notation: { latex: '\\operatorname{inv}', form: { latex: '$!1^{-1}', level: 'power' } },
  cells: [2],
  cellShape: square,
  symmetric: true,
  // d(A⁻¹) = −A⁻¹·dA·A⁻¹.
  pullback: (p) =>
    p.einsum(
      [
        [p.y, 'ki'],
        [p.adjoint, 'kl', 'front'],
        [p.y, 'jl'],
      ],
      'ij',
      MINUS_ONE,
    ),
  rule: {
    id: 'inverse',
    name: 'inverse',
    why: 'A·A⁻¹ stays the identity: dA·A⁻¹ + A·d(A⁻¹) = 0, so a change of A is undone on both sides.',
    formula: 'd(A⁻¹) = −A⁻¹·dA·A⁻¹',
    byEntries: '∂(A⁻¹)ₖₗ/∂Aᵢⱼ = −(A⁻¹)ₖᵢ(A⁻¹)ⱼₗ',
  },
  normal: (g, a) => {
    if (a.kind === 'array' && a.operator === inv) return a.args[0];
    if (isIdentity(a)) return a;
    const plain = turned(a);
    if (plain) return transposed(g, g.array(inv, plain));
    const entries = diagonalOf(g, a);
    if (entries) return onDiagonal(g, power(g, entries, -1));
    const { coefficient, core } = g.splitCoefficient(a);
    return core === a ? undefined : g.scale(coefficient.inverse(), g.array(inv, core));
  },
  lower: (g, a) => viaLu(g, a, identityLike(g, a)),
  exact: (x, [a]) => eliminated(x, a!, identityEntries(x, a!.shape[0]!)).solution,
};

export const logdet: ArrayOperator = {
  name: 'logdet',
  caveats: [{ kind: 'needs', condition: (a) => `det(${a}) > 0` }],
  key: 'logdet',
  domain: wellConditioned,
  notation: { latex: '\\log\\det' },
  cells: [2],
  cellShape: scalar,
  pullback: (p) =>
    p.einsum(
      [
        [p.adjoint, '', 'front'],
        [p.g.array(inv, p.args[0]!), 'ji'],
      ],
      'ij',
    ),
  rule: {
    id: 'logdet',
    name: 'log-determinant',
    why: 'The derivative of log det A is that of det A divided by det A: the transposed inverse.',
    formula: '∂ log det A/∂A = A⁻ᵀ',
    byEntries: '∂ log det A/∂Aᵢⱼ = (A⁻¹)ⱼᵢ',
  },
  normal: (g, a) => {
    if (isIdentity(a)) return g.constant(0);
    const plain = turned(a);
    if (plain) return g.array(logdet, plain);
    if (a.kind === 'array' && a.operator === inv) return g.neg(g.array(logdet, a.args[0]!));
    return undefined;
  },
  lower: (g, a) => g.array(logDeterminantOfLu, g.array(lu, a)),
  exact: (x, [a]) => [x.log(eliminated(x, a!, []).determinant)],
};

/** A \ B, the X with A·X = B, for matrices B. */
export const solve: ArrayOperator = {
  name: 'solve',
  caveats: [needsInverse],
  key: 'solve',
  domain: wellConditioned,
  notation: { latex: '\\operatorname{solve}' },
  cells: [2, 2],
  cellShape: (_a, b) => b,
  // A·X = B: dB = A⁻ᵀ·dX, and dA = −dB·Xᵀ.
  pullback: (p, position) => {
    const down = solvedTurned(p);
    return position === 1
      ? down
      : p.einsum(
          [
            [down, 'ik', 'front'],
            [p.y, 'jk'],
          ],
          'ij',
          MINUS_ONE,
        );
  },
  rule: {
    id: 'solve',
    name: 'linear equations',
    why: 'A·X stays B: what arrives at X is first solved with the transpose of A.',
    formula: 'dB = A⁻ᵀ·dX,  dA = −dB·Xᵀ',
  },
  normal: (_g, a, b) => (isIdentity(a) ? b : undefined),
  lower: (g, a, b) => viaLu(g, a, b),
  exact: (x, [a, b]) => eliminated(x, a!, b!.data).solution,
};

/** A⁻ᵀ times what arrives. With an array for an objective many columns arrive: one inverse serves them all. */
function solvedTurned(p: Pullback): Node {
  const a = p.args[0]!;
  if (!p.fronted) return p.g.array(solve, transposed(p.g, a), p.adjoint);
  return p.einsum(
    [
      [p.g.array(inv, a), 'ji'],
      [p.adjoint, 'jk', 'front'],
    ],
    'ik',
  );
}

/** 1 below the diagonal, ½ on it, 0 above. */
const lowerHalf = (g: Graph, n: Dim): Node => g.sum(HALF, g.mul(HALF, g.apply(sign, g.affine([n, n], [1, -1], 0))));

/** The lower triangular L with L·Lᵀ = (A + Aᵀ)/2, which is A where A is symmetric; it must be positive definite. */
export const cholesky: ArrayOperator = {
  name: 'cholesky',
  spellings: ['chol'],
  caveats: [{ kind: 'needs', condition: (a) => `${a} ≻ 0` }],
  key: 'cholesky',
  domain: wellConditioned,
  notation: { latex: '\\operatorname{chol}' },
  cells: [2],
  cellShape: square,
  // With P = Φ(Lᵀ·dL), the lower triangle with its diagonal halved: dA = ½·L⁻ᵀ·(P + Pᵀ)·L⁻¹.
  pullback: (p) => {
    const { g, y } = p;
    const n = y.shape[y.shape.length - 1]!;
    const inner = p.einsum(
      [
        [y, 'ki'],
        [p.adjoint, 'kj', 'front'],
      ],
      'ij',
    );
    const rank = inner.shape.length;
    const masked = g.mul(inner, g.broadcast(lowerHalf(g, n), inner.shape, [rank - 2, rank - 1]));
    const both = g.add([masked, transposed(g, masked)]);
    const inverse = g.array(inv, y);
    return g.scale(
      HALF,
      p.einsum(
        [
          [inverse, 'ki'],
          [both, 'kl', 'front'],
          [inverse, 'lj'],
        ],
        'ij',
      ),
    );
  },
  rule: {
    id: 'cholesky',
    name: 'Cholesky factor',
    why: 'L·Lᵀ stays A, and L stays triangular: half of the diagonal goes to either factor.',
    formula: 'dA = ½·L⁻ᵀ·(P + Pᵀ)·L⁻¹, P = Φ(Lᵀ·dL)',
  },
  kernel: ([a], out, count, [shape]) => {
    for (let k = 0; k < count; k++) choleskyFactor(a!, out, k * shape![0]! * shape![0]!, shape![0]!);
  },
  exact: (x, [a]) => choleskyExact(x, a!),
};

/** A record that only the compiler makes: it is never differentiated. */
export const internal = (
  name: string,
  cells: readonly number[],
  cellShape: ArrayOperator['cellShape'],
  kernel: ArrayKernel,
): ArrayOperator => ({ ...internalOperator(name, name, cells, cellShape), kernel });

/** L and U in one square, and below it a row of the exchanges. */
export const lu = internal(
  'lu',
  [2],
  ([n]) => [addDims(n!, 1), n!],
  ([a], out, count, [shape]) => {
    const n = shape![0]!;
    for (let k = 0; k < count; k++) luFactor(a!, k * n * n, out, k * n * (n + 1), n);
  },
);

export const solveByLu = (direction: 'plain' | 'transposed'): ArrayOperator =>
  internal(
    `lu-solve-${direction}`,
    [2, 2],
    (_lu, b) => b,
    ([factors, b], out, count, [, shape]) => {
      const [n, columns] = shape as [number, number];
      for (let k = 0; k < count; k++) {
        luSolve(factors!, k * n * (n + 1), b!, out, k * n * columns, n, columns, direction === 'transposed');
      }
    },
  );

const plainSolution = solveByLu('plain');
const transposedSolution = solveByLu('transposed');

export const ofLu = (name: string, value: typeof luDeterminant): ArrayOperator =>
  internal(name, [2], scalar, ([factors], out, count, [shape]) => {
    const n = shape![1]!;
    for (let k = 0; k < count; k++) out[k] = value(factors!, k * n * (n + 1), n);
  });

const logDeterminantOfLu = ofLu('lu-logdet', logOfDeterminant);

/** A \\ B by the factors of A, or of Aᵀ where A is that matrix turned round: one factorisation for both. */
function viaLu(g: Graph, a: Node, b: Node): Node {
  const plain = turned(a);
  return plain ? g.array(transposedSolution, g.array(lu, plain), b) : g.array(plainSolution, g.array(lu, a), b);
}

/** The identity at each place of a matrix's leading axes. */
function identityLike(g: Graph, a: Node): Node {
  const rank = a.shape.length;
  const index = a.shape.map((d, axis) => (d === 1 ? UNIT : axis));
  const result = [...index.slice(0, -1), index[rank - 2]!];
  return g.contract({ factors: [], indices: [], result, sizes: new Map(a.shape.slice(0, -1).map((d, axis) => [axis, d])) });
}
