import type { Shape } from './dimension.ts';
import type { Graph } from './graph.ts';
import { distinct, type Node, UNIT } from './node.ts';
import type { Fraction } from './rational.ts';

/** A node, or a number that stretches to the shape at hand. */
export type Entry = Node | number | Fraction;

export const isNode = (x: Entry): x is Node => typeof x === 'object' && (x as Node).kind !== undefined;

/** The shape that all entries stretch to: the last of the longest. */
export function commonShape(entries: readonly Entry[]): Shape {
  let shape: Shape = [];
  for (const entry of entries) if (isNode(entry) && entry.shape.length >= shape.length) shape = entry.shape;
  return shape;
}

/** Whether a product has the same entries all along an axis: none of its factors runs over it. */
export function isFlatAlong(node: Node, axis: number): boolean {
  if (node.kind !== 'contraction') return false;
  const index = node.result[axis];
  if (index === undefined || index === UNIT || node.result.indexOf(index) !== node.result.lastIndexOf(index)) return false;
  return !node.indices.some((own) => own.includes(index));
}

/** The scalar that a node repeats over its shape, if it is one. */
export function unstretched(g: Graph, node: Node): Node | undefined {
  if (node.kind !== 'contraction' || !distinct(node.result) || node.indices.some((own) => own.length > 0)) return undefined;
  return g.fromParts({ ...node, result: [], sizes: [] });
}
