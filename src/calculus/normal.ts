import type { Dim } from '../graph/dimension.ts';
import { type Graph, isZeroNode } from '../graph/graph.ts';
import { type Contraction, isConstant, type Node } from '../graph/node.ts';
import { distributeSign, normalProduct } from './products.ts';
import { rulesOf } from './rules.ts';

/** The normal forms of single nodes, their parts being in normal form already. */

/** Merging powers can leave numbers and views among the factors; taken in, they may allow the next merge. */
export function settle(g: Graph, node: Node, absorb: (inner: Contraction) => boolean): Node {
  let current = node;
  for (let round = 0; round < 8; round++) {
    if (current.kind !== 'contraction' || isZeroNode(current) || isConstant(current)) return current;
    const parts = g.assemble({ ...current, sizes: new Map<number, Dim>(current.sizes.entries()) }, absorb);
    const next = g.contract(distributeSign(g, normalProduct(g, parts)), absorb);
    if (next === current) return current;
    current = next;
  }
  return current;
}

export function rewriteApply(g: Graph, node: Node): Node {
  if (node.kind !== 'apply' && node.kind !== 'array') return node;
  const more = node.kind === 'apply' ? rulesOf.get(node.operator) : undefined;
  for (const rewrite of [...(node.operator.rewrites ?? []), ...(more ?? [])]) {
    const next = rewrite.apply(g, node.args);
    if (next && next !== node) return rewriteApply(g, next);
  }
  return node;
}
