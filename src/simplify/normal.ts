import type { ContractionParts } from '../graph/contraction.ts';
import { isZeroNode } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import { type Contraction, isConstant, type Node } from '../graph/node.ts';
import { distributeSign } from './leading-signs.ts';
import { normalProduct } from './products.ts';
import { byFirst, rulesFor } from './rule.ts';
import { functionRules } from './rules.ts';

/** The normal forms of single nodes, their parts being in normal form already. */

/**
 * Merging powers can leave numbers and views among the factors; taken in, they may allow the next merge.
 * @param signs whether a sign in front goes into a sum among the factors: then −(z − 1) and z − 1 are not seen to cancel
 */
export function settle(g: Graph, node: Node, absorb: (inner: Contraction) => boolean, signs = true): Node {
  if (node.kind !== 'contraction' || isZeroNode(node) || isConstant(node)) return node;
  return settledProduct(g, g.assemble(node, absorb), absorb, signs);
}

/** The product of parts that are put together, in normal form. */
export function settledProduct(g: Graph, given: ContractionParts, absorb: (inner: Contraction) => boolean, signs = true): Node {
  let parts = given;
  let current: Node | undefined;
  for (let round = 0; ; round++) {
    const merged = normalProduct(g, parts);
    const spec = signs ? distributeSign(g, merged ?? parts) : (merged ?? parts);
    if (spec === parts) return g.fromParts(parts);
    const next = g.contract(spec, absorb);
    if (next === current || round === 8) return next;
    if (next.kind !== 'contraction' || isZeroNode(next) || isConstant(next)) return next;
    current = next;
    parts = g.assemble(next, absorb);
  }
}

const rulesOf = rulesFor(functionRules);

export function rewriteApply(g: Graph, node: Node): Node {
  const next = byFirst(g, node, rulesOf(node));
  return next ? rewriteApply(g, next) : node;
}
