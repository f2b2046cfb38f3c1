import type { Graph } from './graph.ts';
import { mapGraph } from './map.ts';
import type { Contraction, Node } from './node.ts';
import { topological, useCounts } from './traverse.ts';

/** Longer products stay in pieces: each step of taking in goes over all factors. */
const MOST_FACTORS = 16;

/**
 * The graph with each product that only one other uses taken into it: Σ over i of (a·b)·c is summed as it is multiplied,
 * and no array is as large as all its indices together. Nothing else is rewritten.
 */
export function fused(g: Graph, roots: readonly Node[]): Node[] {
  const order = topological(roots);
  const uses = useCounts(roots, order);
  const once = new Set<Node>();
  // What a test leaves out of a sum has no say, whatever it is multiplied by: such products stay as they are written.
  const fits = ({ factors }: Contraction): boolean =>
    factors.length <= MOST_FACTORS && !factors.some((f) => f.kind === 'affine' && f.test);
  return mapGraph(g, roots, (node, original) => {
    if (node.kind !== 'contraction') return node;
    const whole = fits(node) ? g.contract(node, (inner) => once.has(inner) && fits(inner)) : node;
    if (uses.get(original) === 1) once.add(whole);
    return whole;
  });
}
