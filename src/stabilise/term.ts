import { constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import type { Fraction } from '../graph/rational.ts';
import { bare } from '../simplify/rule.ts';

/** A term of a sum: a coefficient and factors that meet entry by entry. */
export interface Product {
  readonly node: Node;
  readonly coefficient: Fraction;
  readonly factors: readonly Node[];
}

/** The node as such a product; undefined if it sums or spreads anything. Names of whole terms are looked through. */
export function productOf(g: Graph, node: Node): Product | undefined {
  const at = bare(node);
  const number = constantOf(at);
  if (number) return { node, coefficient: number, factors: [] };
  const { coefficient, core: named } = g.splitCoefficient(at);
  const core = bare(named);
  if (core.kind !== 'contraction') return { node, coefficient, factors: [core] };
  const own = core.result.join();
  if (core.indices.some((list) => list.join() !== own) || new Set(core.result).size < core.result.length) return undefined;
  return { node, coefficient: coefficient.mul(core.coefficient), factors: core.factors };
}

/** u of 1 + u, where that is one term. */
export function besideOne(x: Node): Node | undefined {
  const sum = bare(x);
  if (sum.kind !== 'sum' || sum.terms.length !== 2) return undefined;
  const one = sum.terms.findIndex((term) => constantOf(term)?.equals(1));
  return one < 0 ? undefined : sum.terms[1 - one];
}
