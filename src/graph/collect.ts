import { factorsOf, isZeroNode, lacksValue } from './forms.ts';
import type { Graph } from './graph.ts';
import type { Node } from './node.ts';
import { type Fraction, isZero, plus } from './rational.ts';

/** What a sum is made of: equal terms collected, short inner sums merged. */

/** Inner sums up to this length are merged; longer ones stay, so that building a sum term by term is not quadratic. */
const SHORT_SUM = 24;

/** c·(a·b), which is to become c·a·b. */
const isMultiple = (term: Node, core: Node): boolean =>
  term !== core && core.kind === 'contraction' && term.kind === 'contraction' && term.factors.length === 1;

/** Two terms that stay two: neither is a sum, 0 or a multiple to be merged, and they are not multiples of one node. */
export function areApart(g: Graph, a: Node, b: Node): boolean {
  if (a.kind === 'sum' || b.kind === 'sum' || isZeroNode(a) || isZeroNode(b)) return false;
  const [first, second] = [g.splitCoefficient(a).core, g.splitCoefficient(b).core];
  return first !== second && !isMultiple(a, first) && !isMultiple(b, second);
}

/** The terms that stay, each with what its equals came to. */
export function collected(g: Graph, terms: readonly Node[]): Node[] {
  const found = new Map<Node, { coefficient: Fraction; term: Node | undefined }>();
  const include = (term: Node): void => {
    if (term.kind === 'sum' && term.terms.length <= SHORT_SUM) {
      for (const inner of term.terms) include(inner);
      return;
    }
    if (isZeroNode(term)) return;
    const { coefficient, core } = g.splitCoefficient(term);
    const known = found.get(core);
    if (!known) found.set(core, { coefficient, term: isMultiple(term, core) ? undefined : term });
    else {
      known.coefficient = plus(known.coefficient, coefficient);
      known.term = undefined;
    }
  };
  for (const term of terms) include(term);
  const kept: Node[] = [];
  for (const [core, { coefficient, term }] of found)
    if (!isZero(coefficient) || factorsOf(core).some(lacksValue)) kept.push(term ?? g.scale(coefficient, core));
  return kept;
}
