import { axes, constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { type Fraction, keyOf, ONE, ZERO } from '../graph/rational.ts';
import { pow } from '../operators/power.ts';
import { expand } from './expand.ts';
import { forReading } from './pipelines.ts';

/** One power of a polynomial: its exponent, and everything that is multiplied by it. */
export interface Power {
  readonly exponent: Fraction;
  readonly coefficient: Node;
}

/**
 * A node as a polynomial in a scalar x: its coefficients by power, highest first. Functions of x count as coefficients.
 * @throws GradusError `unsupported` if multiplied out it has thousands of terms
 */
export function powersOf(g: Graph, node: Node, x: Node): Power[] {
  const [expanded] = expand(g, [node]);
  const found = new Map<string, { exponent: Fraction; terms: Node[] }>();
  for (const term of expanded!.kind === 'sum' ? expanded!.terms : [expanded!]) {
    const { exponent, rest } = split(g, term, x);
    const known = found.get(keyOf(exponent));
    if (known) known.terms.push(rest);
    else found.set(keyOf(exponent), { exponent, terms: [rest] });
  }
  return [...found.values()]
    .sort((a, b) => b.exponent.compare(a.exponent))
    .map(({ exponent, terms }) => ({ exponent, coefficient: forReading(g, [g.add(terms)])[0]! }));
}

/** coefficient·xᵖ, the coefficient in one piece. */
export function powerTerm(g: Graph, { exponent, coefficient }: Power, x: Node): Node {
  if (exponent.equals(0)) return coefficient;
  const { result, sizes } = axes(coefficient.shape);
  return g.contract({ factors: [g.apply(pow, x, exponent), coefficient], indices: [[], result], result, sizes });
}

/** A term as a power of x times the rest. */
function split(g: Graph, term: Node, x: Node): { exponent: Fraction; rest: Node } {
  if (term.kind !== 'contraction') {
    const exponent = exponentOf(term, x);
    return exponent ? { exponent, rest: g.constant(1, term.shape) } : { exponent: ZERO, rest: term };
  }
  const at = term.factors.findIndex((f) => exponentOf(f, x) !== undefined);
  if (at < 0) return { exponent: ZERO, rest: term };
  const others = <T>(list: readonly T[]): T[] => list.filter((_, k) => k !== at);
  const rest = g.contract({
    ...term,
    factors: others(term.factors),
    indices: others(term.indices),
    sizes: term.sizes,
  });
  return { exponent: exponentOf(term.factors[at]!, x)!, rest };
}

function exponentOf(factor: Node, x: Node): Fraction | undefined {
  if (factor === x) return ONE;
  return factor.kind === 'apply' && factor.operator === pow && factor.args[0] === x ? constantOf(factor.args[1]!) : undefined;
}
