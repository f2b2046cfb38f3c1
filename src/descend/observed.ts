import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { dependents, topological } from '../graph/traverse.ts';

/** Of scale·(prediction − data) the data, and the scale. */
export function observed(g: Graph, residual: Node, variables: readonly Node[]): { data: Node; scale: Node } | undefined {
  const moving = dependents(topological([residual]), variables);
  let node = residual;
  let scaled: Node = g.constant(1, residual.shape);
  for (;;) {
    if (node.kind === 'definition') node = node.value;
    else if (node.kind === 'sum') {
      const still = node.terms.filter((term) => !moving.has(term));
      return still.length > 0 ? { data: g.add(still), scale: scaled } : undefined;
    } else if (node.kind === 'contraction') {
      const at = node.factors.findIndex((f) => moving.has(f));
      const { factors, indices, result, sizes, coefficient } = node;
      const plain = `${indices[at]}` === `${result}` && factors.every((f, k) => k === at || !moving.has(f));
      if (!plain) return undefined;
      const others = g.contract({
        coefficient,
        factors: factors.filter((_, k) => k !== at),
        indices: indices.filter((_, k) => k !== at),
        result,
        sizes,
      });
      scaled = g.mul(scaled, others);
      node = factors[at]!;
    } else return undefined;
  }
}
