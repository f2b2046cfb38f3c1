import { constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import type { Node, Variable } from '../graph/node.ts';
import { type Fraction, isNegative, isZero, ONE } from '../graph/rational.ts';
import { log, pow } from '../operators/power.ts';
import type { Locals } from './local-series.ts';
import type { SeriesArithmetic } from './series.ts';

/** A value of a variable beside which a formula may break down. */
export interface Point {
  readonly x: Variable;
  readonly at: Fraction;
}

/** More are not looked at. */
const MOST_POINTS = 4;

/** Where divisors are 0 that are linear in one variable, or the logarithm of a multiple of one; but for 0. */
export function pointsIn(g: Graph, order: readonly Node[]): readonly Point[] {
  const found = new Map<string, Point>();
  for (const node of order) {
    const [base, p] = node.kind === 'apply' && node.operator === pow ? node.args : [];
    const exponent = p && constantOf(p);
    const point = base && exponent && isNegative(exponent) ? zeroOf(g, base) : undefined;
    if (point && !isZero(point.at)) found.set(`${point.x.id} ${point.at.toFraction()}`, point);
  }
  return [...found.values()].slice(0, MOST_POINTS);
}

function zeroOf(g: Graph, divisor: Node): Point | undefined {
  if (divisor.kind === 'apply' && divisor.operator === log) {
    const multiple = multipleOf(g, divisor.args[0]!);
    return multiple && { x: multiple.x, at: ONE.div(multiple.coefficient) };
  }
  if (divisor.kind !== 'sum' || divisor.terms.length !== 2) return undefined;
  const number = divisor.terms.map(constantOf).find((c) => c !== undefined);
  const multiple = divisor.terms.map((term) => multipleOf(g, term)).find((m) => m !== undefined);
  return number && multiple && { x: multiple.x, at: number.neg().div(multiple.coefficient) };
}

function multipleOf(g: Graph, term: Node): { readonly coefficient: Fraction; readonly x: Variable } | undefined {
  const { coefficient, core } = g.splitCoefficient(term);
  return core.kind === 'variable' ? { coefficient, x: core } : undefined;
}

/** What is known of the variables at a point: one is a + t there, and of the others nothing; without a point each is near 0. */
export function startAt<T>(s: SeriesArithmetic<T>, point: Point | undefined, order: readonly Node[]): Locals<T> {
  const known: Locals<T> = new Map();
  if (!point) return known;
  const series = s.add(s.monomial(point.at)!, s.monomial(ONE, 1)!)!;
  for (const node of order)
    if (node.kind === 'variable') known.set(node, node === point.x ? { x: node, series, broken: false } : undefined);
  return known;
}
