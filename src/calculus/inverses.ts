import type { Graph } from '../graph/graph.ts';
import { type Contraction, type Node, UNIT } from '../graph/node.ts';
import { inv, solve } from '../operators/factorisation.ts';

/** X·X⁻¹ and X⁻¹·X as the identity, X·(X \ B) as B: true wherever there is an inverse. */
export function cancelInverses(g: Graph, node: Contraction): Node {
  if (!node.factors.some((f) => f.kind === 'array')) return node;
  for (const [at, factor] of node.factors.entries()) {
    if (factor.kind !== 'array' || factor.shape.length !== 2) continue;
    for (const [other, x] of node.factors.entries()) {
      if (other === at || x !== factor.args[0]) continue;
      const made = cancelled(g, node, at, other);
      if (made) return made.kind === 'contraction' ? cancelInverses(g, made) : made;
    }
  }
  return node;
}

/** Index k of Xᵢₖ·(X⁻¹)ₖⱼ stands nowhere else. */
function cancelled(g: Graph, node: Contraction, at: number, other: number): Node | undefined {
  const factor = node.factors[at]!;
  if (factor.kind !== 'array') return undefined;
  const [p, q] = node.indices[other] as [number, number];
  const [r, s] = node.indices[at] as [number, number];
  const alone = (i: number) => i !== UNIT && !node.result.includes(i) && node.indices.flat().filter((k) => k === i).length === 2;
  const rest = node.factors.map((_, k) => k).filter((k) => k !== at && k !== other);
  const sizes = new Map(node.sizes.entries());
  const made = (value: Node, own: readonly number[], gone: number): Node => {
    sizes.delete(gone);
    return g.contract(
      {
        coefficient: node.coefficient,
        factors: [...rest.map((k) => node.factors[k]!), value],
        indices: [...rest.map((k) => node.indices[k]!), own],
        result: node.result,
        sizes,
      },
      (inner) => inner === value,
    );
  };
  if (factor.operator === solve && q === r && alone(q)) return made(factor.args[1]!, [p, s], q);
  if (factor.operator !== inv) return undefined;
  const size = factor.shape[0]!;
  const identity = g.contract({ factors: [], indices: [], result: [0, 0], sizes: new Map([[0, size]]) });
  if (q === r && alone(q)) return made(identity, [p, s], q);
  return s === p && alone(s) ? made(identity, [r, q], s) : undefined;
}
