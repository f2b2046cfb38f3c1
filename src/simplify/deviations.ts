import type { Dim } from '../graph/dimension.ts';
import { isZeroNode } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import { type Contraction, type Node, type Sum, UNIT } from '../graph/node.ts';
import { settle } from './normal.ts';
import { bare } from './rule.ts';

/** More terms than this have no mean among them that anyone took. */
const MOST_TERMS = 4;

/**
 * Σ (x − mean x)·c is 0: a sum of differences in which something does not vary along the index summed over, if the sums
 * of its terms cancel.
 */
export function withoutDeviations(g: Graph, node: Contraction): Node {
  for (const [at, named] of node.factors.entries()) {
    // u = x − mean x has its sum by its name too.
    const factor = bare(named);
    if (factor.kind !== 'sum' || factor.terms.length > MOST_TERMS || !cancels(node, at, factor)) continue;
    const terms = factor.terms.map((term) => {
      const product = g.contract({ ...node, factors: node.factors.with(at, term), sizes: node.sizes }, () => true);
      return settle(g, product, () => true);
    });
    const total = g.add(terms);
    if (isZeroNode(total)) return total;
  }
  return node;
}

/** An index is summed that some of the terms have and others, sums over as many, do not. */
function cancels(node: Contraction, at: number, { terms }: Sum): boolean {
  return node.indices[at]!.some((i, axis) => {
    if (i === UNIT || node.result.includes(i)) return false;
    const flat = terms.filter((term) => isFlat(term, axis));
    return flat.length > 0 && flat.length < terms.length && flat.some((term) => sums(term, node.sizes[i]!));
  });
}

/** A mean is a sum over as many entries, perhaps by name. */
function sums(term: Node, size: Dim): boolean {
  const isSum = (n: Node): boolean =>
    n.kind === 'contraction' && n.sizes.some((length, i) => length === size && !n.result.includes(i));
  const whole = bare(term);
  return isSum(whole) || (whole.kind === 'contraction' && whole.factors.some((f) => isSum(bare(f))));
}

/** The same everywhere along an axis. */
function isFlat(term: Node, axis: number): boolean {
  if (term.kind !== 'contraction') return false;
  const i = term.result[axis];
  return i !== undefined && i !== UNIT && term.indices.every((own) => !own.includes(i));
}
