import type { Dim } from '../graph/dimension.ts';
import { type Graph, isZeroNode } from '../graph/graph.ts';
import { type Contraction, isConstant, isView, type Node } from '../graph/node.ts';
import { topological, useCounts } from '../graph/traverse.ts';
import { rebuild } from './inline.ts';
import { distributeSign, normalProduct, rescale } from './products.ts';
import { factorSum } from './sums.ts';

export interface SimplifyOptions {
  /**
   * Merge a product that is used in several places into each of them, if it is short. Right for reading; for running
   * it would compute the product again in each place.
   */
  readonly mergeShared?: boolean;
  /** Take common factors out of sums; on unless turned off. */
  readonly factor?: boolean;
}

/** Shared products up to this many factors are merged into their users. */
const SHORT_PRODUCT = 16;

/**
 * The same values in normal form, as short as rules that always hold make them. One pass from the leaves up, linear
 * in the graph: a chain of products or of sums that is used in one place only is taken in at once, at its top.
 * Definitions are kept, and nothing is merged across them.
 */
export function simplify(g: Graph, roots: readonly Node[], options: SimplifyOptions = {}): Node[] {
  const order = topological(roots);
  const uses = useCounts(roots, order);
  const deferred = deferredNodes(order, uses);
  const done = new Map<Node, Node>();
  const resolve = (node: Node): Node | undefined => (deferred.has(node) ? undefined : done.get(node)!);
  const mergeable = new Set<Node>();

  for (const node of order) {
    if (deferred.has(node)) continue;
    const simplified = simplifyNode(node);
    done.set(node, simplified);
    if (simplified.kind === 'contraction' && uses.get(node) === 1) mergeable.add(simplified);
  }
  return roots.map((root) => done.get(root)!);

  function absorb(inner: Contraction): boolean {
    return isView(inner) || (inner.factors.length <= SHORT_PRODUCT && (options.mergeShared === true || mergeable.has(inner)));
  }

  function simplifyNode(node: Node): Node {
    switch (node.kind) {
      case 'contraction':
        return product(node);
      case 'sum':
        return options.factor === false ? g.add(gatherTerms(node)) : factorSum(g, g.add(gatherTerms(node)));
      case 'apply':
      case 'array':
        return rewriteApply(
          g,
          rebuild(g, node, (child) => done.get(child)!),
        );
      case 'variable':
      case 'affine':
      case 'recurrence':
      case 'through-time':
      case 'definition':
        return rebuild(g, node, (child) => done.get(child)!);
    }
  }

  function product(node: Contraction): Node {
    const parts = g.assemble({ ...node, sizes: new Map<number, Dim>(node.sizes.entries()) }, absorb, resolve);
    return settle(g, g.contract(distributeSign(g, normalProduct(g, parts)), absorb), absorb);
  }

  /** The terms of a sum and of the sums in it that are used nowhere else, multiples distributed. */
  function gatherTerms(sum: Node): Node[] {
    const terms: Node[] = [];
    const stack: Node[] = [sum];
    while (stack.length > 0) {
      const top = stack.pop()!;
      if (top.kind === 'sum' && (top === sum || deferred.has(top))) {
        for (let k = top.terms.length - 1; k >= 0; k--) stack.push(top.terms[k]!);
      } else {
        terms.push(...distributed(g, done.get(top)!));
      }
    }
    return terms;
  }
}

/** Longer products of arrays stay in pieces: a network of a thousand layers is not one line of matrices. */
const LONG_CHAIN = 24;

/** Nodes that their only user takes in: a product in a product, a sum in a sum. */
function deferredNodes(order: readonly Node[], uses: ReadonlyMap<Node, number>): Set<Node> {
  const deferred = new Set<Node>();
  const lengths = new Map<Node, number>();
  for (const node of order) {
    if (node.kind === 'contraction') {
      let length = node.factors.length;
      for (const f of node.factors) {
        if (f.kind !== 'contraction' || uses.get(f) !== 1) continue;
        const longer = length - 1 + lengths.get(f)!;
        if (longer > LONG_CHAIN && node.sizes.length > 0) continue;
        length = longer;
        deferred.add(f);
      }
      lengths.set(node, length);
    } else if (node.kind === 'sum') {
      for (const t of node.terms) if (t.kind === 'sum' && uses.get(t) === 1) deferred.add(t);
    }
  }
  return deferred;
}

/** Merging powers can leave numbers and views among the factors; taken in, they may allow the next merge. */
function settle(g: Graph, node: Node, absorb: (inner: Contraction) => boolean): Node {
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

/** c·(a + b) as c·a, c·b where nothing else is multiplied: a sum of sums is one sum. */
function distributed(g: Graph, term: Node): readonly Node[] {
  if (term.kind === 'sum' && term.terms.length <= 64) return term.terms;
  if (term.kind === 'contraction' && isView(term) && term.factors.length === 1) {
    const { coefficient, core } = g.splitCoefficient(term);
    if (core.kind === 'sum' && core.terms.length <= 64) return core.terms.map((t) => rescale(g, t, coefficient));
  }
  return [term];
}

function rewriteApply(g: Graph, node: Node): Node {
  if (node.kind !== 'apply' && node.kind !== 'array') return node;
  for (const rewrite of node.operator.rewrites ?? []) {
    const next = rewrite.apply(g, node.args);
    if (next && next !== node) return rewriteApply(g, next);
  }
  return node;
}
