import type { Graph } from '../graph/graph.ts';
import { isView, type Node, type Sum } from '../graph/node.ts';
import {
  absolute,
  commonMeasure,
  type Fraction,
  isNegative,
  isOne,
  isZero,
  MINUS_ONE,
  negated,
  ONE,
  times,
} from '../graph/rational.ts';

/** The numbers in front of terms: what a sum has in common, and sums times a number. */

/** The number in front of a term. */
export const coefficientOf = (term: Node): Fraction =>
  term.kind === 'contraction' && !isZero(term.coefficient) ? term.coefficient : ONE;

/** The greatest common divisor of the terms' coefficients; negative if all terms are. */
export function contentOfTerms(sum: Sum): Fraction {
  let content: Fraction | undefined;
  let positive = false;
  for (const term of sum.terms) {
    const coefficient = coefficientOf(term);
    content = content ? commonMeasure(content, coefficient) : absolute(coefficient);
    positive ||= !isNegative(coefficient);
    if (isOne(content) && positive) return ONE;
  }
  return positive ? content! : negated(content!);
}

/** The number that can be taken out of a sum, and what is left. */
export function sumContent(g: Graph, sum: Sum): { coefficient: Fraction; rest: Node } {
  const coefficient = contentOfTerms(sum);
  if (isOne(coefficient)) return { coefficient, rest: sum };
  const inverse = coefficient.inverse();
  return { coefficient, rest: multiplied(g, sum, inverse) };
}

/** c·term as one contraction. */
export function rescale(g: Graph, term: Node, c: Fraction): Node {
  const { coefficient, core } = g.splitCoefficient(term);
  return g.scale(times(coefficient, c), core);
}

export const negatedSum = (g: Graph, sum: Sum): Node => multiplied(g, sum, MINUS_ONE);

/** c times a node, term by term. */
export const multiplied = (g: Graph, node: Node, c: Fraction): Node =>
  node.kind === 'sum' ? g.add(node.terms.map((t) => rescale(g, t, c))) : rescale(g, node, c);

/** c·(a + b) as c·a, c·b where nothing else is multiplied: a sum of sums is one sum. */
export function distributed(g: Graph, term: Node): readonly Node[] {
  if (term.kind === 'sum' && term.terms.length <= 64) return term.terms;
  if (term.kind === 'contraction' && isView(term) && term.factors.length === 1) {
    const { coefficient, core } = g.splitCoefficient(term);
    if (core.kind === 'sum' && core.terms.length <= 64) return core.terms.map((t) => rescale(g, t, coefficient));
  }
  return [term];
}
