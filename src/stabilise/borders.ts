import type { Graph } from '../graph/graph.ts';
import { mapGraph } from '../graph/map.ts';
import type { Node } from '../graph/node.ts';
import { topological } from '../graph/traverse.ts';

const form = (g: Graph, node: Node): Node | undefined =>
  node.kind === 'apply' || node.kind === 'array' ? node.operator.runs?.(g, ...node.args) : undefined;

/**
 * The forms in which functions run, and in which they are differentiated where the derivative runs: a term whose factor
 * is exactly 0 is 0, at the border of the domain too. What is printed is left as people write it.
 */
export function withBorders(g: Graph, roots: readonly Node[]): readonly Node[] {
  if (!topological(roots).some((node) => (node.kind === 'apply' || node.kind === 'array') && node.operator.runs)) return roots;
  return mapGraph(g, roots, (node) => form(g, node) ?? node);
}
