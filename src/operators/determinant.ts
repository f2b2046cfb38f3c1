import type { Dim } from '../graph/dimension.ts';
import { type Contraction, type Node, UNIT } from '../graph/node.ts';
import { turned } from '../graph/views.ts';
import type { ArrayOperator, Pullback } from './array.ts';
import { cofactor, runningCofactor } from './cofactor.ts';
import { eliminated } from './elimination.ts';
import { writtenDeterminant } from './entries.ts';
import { diagonalOf, inv, isIdentity, lu, ofLu } from './factorisation.ts';
import { luDeterminant } from './linear-algebra.ts';
import { power } from './power.ts';
import { product } from './product.ts';

/**
 * The determinant, and its gradient: the matrix of cofactors, which every square matrix has. Where A has an inverse that
 * is det A·A⁻ᵀ, which is how people write it and how it prints; what runs is the cofactors.
 */

/** What arrives times the cofactors, as they run or as they print. */
const cofactorRule = (p: Pullback, cofactors: Node): Node =>
  p.einsum(
    [
      [p.adjoint, '', 'front'],
      [cofactors, 'ij'],
    ],
    'ij',
  );

const jacobi = {
  id: 'determinant',
  name: "Jacobi's formula",
  why: 'Expanded along row i, det A = Σⱼ AᵢⱼCᵢⱼ, and no cofactor Cᵢⱼ has an entry of that row: the slope by an entry is its cofactor, and the cofactors are det A·A⁻ᵀ. A matrix without an inverse has cofactors too.',
  formula: '∂ det A/∂A = det A·A⁻ᵀ',
  byEntries: '∂ det A/∂Aᵢⱼ = Cᵢⱼ = det A·(A⁻¹)ⱼᵢ',
};

export const det: ArrayOperator = {
  name: 'det',
  key: 'det',
  notation: { latex: '\\det' },
  cells: [2],
  cellShape: () => [],
  // Jacobi: d det A = det A·tr(A⁻¹·dA).
  pullback: (p) => {
    const [a] = p.args as [Node];
    // x·xᵀ has no inverse anywhere.
    if (mayLackRank(a)) return cofactorRule(p, p.g.array(cofactor, a));
    return p.einsum(
      [
        [p.adjoint, '', 'front'],
        [p.y, ''],
        [p.g.array(inv, a), 'ji'],
      ],
      'ij',
    );
  },
  rule: jacobi,
  normal: (g, a) => {
    if (isIdentity(a)) return g.constant(1);
    if (lacksRank(a)) return g.constant(0);
    const polynomial = writtenDeterminant(g, a);
    if (polynomial) return polynomial;
    const entries = diagonalOf(g, a);
    if (entries) return entries.shape[0] === 1 ? undefined : g.array(product, entries);
    const plain = turned(a);
    if (plain) return g.array(det, plain);
    if (a.kind === 'array' && a.operator === inv) return power(g, g.array(det, a.args[0]!), -1);
    return undefined;
  },
  runs: (g, a) => g.array(determinant, a),
  lower: (g, a) => g.array(determinantOfLu, g.array(lu, a)),
  exact: (x, [a]) => [eliminated(x, a!, []).determinant],
};

/** The determinant where it runs: its gradient is the cofactors, whether there is an inverse or not. */
export const determinant: ArrayOperator = {
  name: 'determinant',
  key: 'determinant',
  internal: true,
  cells: [2],
  cellShape: () => [],
  pullback: (p) => cofactorRule(p, p.g.array(runningCofactor, p.args[0]!)),
  rule: jacobi,
  normal: (g, a) => {
    const plain = turned(a);
    return plain && g.array(determinant, plain);
  },
  lower: (g, a) => g.array(determinantOfLu, g.array(lu, a)),
  exact: (x, [a]) => [eliminated(x, a!, []).determinant],
};

const determinantOfLu = ofLu('lu-det', luDeterminant);

/** The rank of a product is at most the length of an index that all ways from its rows to its columns go through. */
function rankBound(node: Node): Dim | undefined {
  let at = node;
  while (at.kind === 'definition') at = at.value;
  if (at.kind !== 'contraction' || at.result.length !== 2 || at.factors.length === 0) return undefined;
  const [row, column] = at.result as [number, number];
  if (row === column || row === UNIT || column === UNIT) return undefined;
  if (!connected(at, row, column, undefined)) return 1;
  let least: number | undefined;
  for (const [index, size] of at.sizes.entries()) {
    if (at.result.includes(index) || typeof size !== 'number') continue;
    if ((least === undefined || size < least) && !connected(at, row, column, index)) least = size;
  }
  return least;
}

/** Whether factors lead from one index to another without a third. */
function connected({ indices }: Contraction, from: number, to: number, without: number | undefined): boolean {
  const reached = new Set([from]);
  for (let grown = true; grown; ) {
    grown = false;
    for (const own of indices) {
      if (!own.some((i) => reached.has(i))) continue;
      for (const i of own) {
        if (i === UNIT || i === without || reached.has(i)) continue;
        reached.add(i);
        grown = true;
      }
    }
  }
  return reached.has(to);
}

/** Certainly without an inverse. */
function lacksRank(a: Node): boolean {
  const bound = rankBound(a);
  return typeof bound === 'number' && typeof a.shape[0] === 'number' && a.shape.length === 2 && bound < a.shape[0];
}

/** Without an inverse unless a length that is not known happens to be small. */
const mayLackRank = (a: Node): boolean => a.shape.length === 2 && typeof a.shape[0] === 'string' && rankBound(a) !== undefined;
