import { constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { type Fraction, isNegative, negated, TWO, times } from '../graph/rational.ts';
import { pow, power } from '../operators/power.ts';

/** What a textbook derives by the quotient rule: (x + 1)³·√(x − 2)/(x + 5)⁴ as much as sin(x)/x. */

/** u/v, both of which move. */
export interface Quotient {
  readonly u: Node;
  readonly v: Node;
  /** v², where v is a power itself: 1 − x² for √(1 − x²). */
  readonly square?: Node;
}

/** What stands above the line and below it, where both move. */
export function quotientIn(g: Graph, node: Node, moving: ReadonlySet<Node>): (readonly [Node, Quotient])[] {
  if (node.kind !== 'contraction') return [];
  const factors = node.factors.filter((f) => moving.has(f));
  const below = factors.flatMap((f) => powerBelow(g, f) ?? []);
  const above = factors.filter((f) => exponentBelow(f) === undefined);
  if (below.length === 0 || above.length === 0) return [];
  const [u, v] = [g.mul(1, ...above), g.mul(1, ...below)];
  const square = below.length === 1 && squareOf(g, v);
  return [[node, { u, v, ...(square && { square }) }]];
}

/** v², where v is a power whose exponent is a number. */
function squareOf(g: Graph, v: Node): Node | undefined {
  const p = v.kind === 'apply' && v.operator === pow ? constantOf(v.args[1]!) : undefined;
  return p && v.kind === 'apply' ? power(g, v.args[0]!, times(TWO, p)) : undefined;
}

/** p, where a factor is v⁻ᵖ. */
export function exponentBelow(factor: Node): Fraction | undefined {
  if (factor.kind !== 'apply' || factor.operator !== pow) return undefined;
  const p = constantOf(factor.args[1]!);
  return p && isNegative(p) ? negated(p) : undefined;
}

/** vᵖ, where a factor is v⁻ᵖ. */
function powerBelow(g: Graph, factor: Node): Node | undefined {
  const p = exponentBelow(factor);
  return p && factor.kind === 'apply' ? power(g, factor.args[0]!, p) : undefined;
}
