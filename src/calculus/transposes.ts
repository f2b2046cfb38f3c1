import type { Graph } from '../graph/graph.ts';
import { type Contraction, isConstant, type Node } from '../graph/node.ts';
import { transposed, turned } from '../operators/factorisation.ts';
import { isSymmetric } from './symmetry.ts';

/**
 * f(Aᵀ, Bᵀ)ᵢⱼ as f(A, B)ⱼᵢ: what acts entry by entry acts before or after a transpose alike, and within a product the
 * order of two indices costs nothing. So transposes that stand around and within a function meet.
 */
export function withoutTransposes(g: Graph, node: Contraction): Node {
  const plain = node.factors.map((f) => untransposed(g, f));
  if (!plain.some((p) => p)) return node;
  return g.contract({
    ...node,
    factors: node.factors.map((f, k) => plain[k] ?? f),
    indices: node.indices.map((own, k) => (plain[k] ? [own[1]!, own[0]!] : own)),
    sizes: new Map(node.sizes.entries()),
  });
}

const MOST_PARTS = 8;

/** g with f = gᵀ, where f is a function, entry by entry, of transposes. */
function untransposed(g: Graph, f: Node): Node | undefined {
  if (f.shape.length !== 2 || (f.kind !== 'apply' && f.kind !== 'sum')) return undefined;
  const parts = f.kind === 'apply' ? f.args : f.terms;
  if (parts.length > MOST_PARTS || !parts.some((p) => turned(p))) return undefined;
  const flipped: Node[] = [];
  for (const part of parts) {
    const own = turned(part) ?? (isConstant(part) ? transposed(g, part) : isSymmetric(g, part) ? part : undefined);
    if (!own) return undefined;
    flipped.push(own);
  }
  return f.kind === 'apply' ? g.apply(f.operator, ...flipped) : g.add(flipped);
}
