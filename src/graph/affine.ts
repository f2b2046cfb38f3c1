import { addDims, type Dim, type Shape } from './dimension.ts';
import type { Graph } from './graph.ts';
import { neverZero, positive } from './linear.ts';
import type { Node } from './node.ts';

/** offset + Σ stepₖ·iₖ at each place of a shape, or 1 where that is 0. */
interface AffineSpec {
  readonly shape: Shape;
  readonly steps: readonly Dim[];
  readonly offset: Dim;
  readonly test: boolean;
}

/**
 * An affine array that something simpler says: an axis of length 1, or one along which nothing changes, is stretched; a
 * test that never or always holds is a number, and one for i = j the identity. Undefined for any other.
 */
export function plainAffine(g: Graph, { shape, steps, offset, test }: AffineSpec): Node | undefined {
  const kept = shape.map((_, axis) => axis).filter((axis) => shape[axis] !== 1 && steps[axis] !== 0);
  if (kept.length < shape.length) {
    const [lengths, own] = [kept.map((axis) => shape[axis]!), kept.map((axis) => steps[axis]!)];
    return g.broadcast(test ? g.selection(lengths, own, offset) : g.affine(lengths, own, offset), shape, kept);
  }
  if (!test) return shape.length === 0 ? g.size(offset) : undefined;
  if (shape.length === 0 && typeof offset === 'number') return g.constant(offset === 0 ? 1 : 0);
  const content = positive(steps, offset);
  if (neverZero(shape, content)) return g.constant(0, shape);
  const isSquare = shape.length === 2 && shape[0] === shape[1];
  if (isSquare && content.offset === 0 && addDims(steps[0]!, steps[1]!) === 0)
    return g.contract({ factors: [], indices: [], result: [0, 0], sizes: new Map([[0, shape[0]!]]) });
  return undefined;
}
