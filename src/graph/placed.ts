import { isTest } from './linear.ts';
import { type Affine, type Contraction, type Node, UNIT } from './node.ts';
import { ONE } from './rational.ts';

/** A term that is 0 but at one place of its first axis: x·[i = 2]. */
export interface Placed {
  readonly place: number;
  /** What stands there. Not made by a graph: to be read, or to be made anew by `Graph.contract`. */
  readonly entry: Node;
  readonly test: Affine;
}

/** The place that a term is kept to by a test; undefined if there is none. */
export function placedTerm(term: Node): Placed | undefined {
  const contraction: Contraction | undefined =
    term.kind === 'contraction' ? term : isTest(term) ? aloneInProduct(term) : undefined;
  const axis = contraction?.result[0];
  if (!contraction || axis === undefined || axis === UNIT || contraction.result.lastIndexOf(axis) > 0) return undefined;
  const { factors, indices } = contraction;
  const test = factors.findIndex((f, k) => isTest(f) && indices[k]!.length === 1 && indices[k]![0] === axis);
  const chosen = factors[test];
  if (chosen?.kind !== 'affine' || chosen.steps[0] !== 1 || typeof chosen.offset !== 'number') return undefined;
  // What stands along the axis as well is taken there: the test stays, and is summed over.
  const isRead = indices.some((own, k) => k !== test && own.includes(axis));
  const kept = factors.map((_, k) => k).filter((k) => isRead || k !== test);
  const without = (own: readonly number[]): number[] => (isRead ? [...own] : own.map((i) => (i > axis ? i - 1 : i)));
  const entry: Contraction = {
    ...contraction,
    shape: contraction.shape.slice(1),
    factors: kept.map((k) => factors[k]!),
    indices: kept.map((k) => without(indices[k]!)),
    result: without(contraction.result.slice(1)),
    sizes: isRead ? contraction.sizes : contraction.sizes.filter((_, i) => i !== axis),
  };
  const [only] = entry.factors;
  const plain = entry.factors.length === 1 && entry.indices[0]!.join() === entry.result.join() && entry.coefficient.equals(1);
  return { place: -chosen.offset, entry: plain ? only! : entry, test: chosen };
}

/** A test by itself is 1 where it holds. */
export const aloneInProduct = (test: Affine): Contraction => ({
  kind: 'contraction',
  id: test.id,
  shape: test.shape,
  coefficient: ONE,
  factors: [test],
  indices: [test.shape.map((_, axis) => axis)],
  result: test.shape.map((_, axis) => axis),
  sizes: test.shape,
});
