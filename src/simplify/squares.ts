import { constantOf, factorsOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import { mapGraph } from '../graph/map.ts';
import { type Apply, isConstant, type Node, type Sum } from '../graph/node.ts';
import { exactPower, type Fraction, HALF, isEven, isNegative, MINUS_ONE, ONE, same, TWO } from '../graph/rational.ts';
import { topological } from '../graph/traverse.ts';
import type { Operator } from '../operators/operator.ts';
import { pow, power } from '../operators/power.ts';
import { instead, termIn } from './addition-formulas.ts';
import { multiplied } from './content.ts';
import { type Lengths, lengthOf } from './length.ts';
import { doubleAngles as identities } from './rational/identities.ts';

/**
 * Squares in sums of numbers put together where that is shorter: 1 − 2·sin(u)² as cos(2u), cos(u)² − sin(u)² and their
 * like too, and u² + 2u + 1 + v as (u + 1)² + v.
 */
export function putSquaresTogether(g: Graph, roots: readonly Node[]): Node[] {
  if (!topological(roots).some(hasSquares)) return [...roots];
  const lengths: Lengths = new Map();
  return mapGraph(g, roots, (node) => {
    if (!hasSquares(node)) return node;
    const form = doubleAngle(g, node as Sum) ?? perfectSquare(g, node as Sum);
    return form && lengthOf(form, lengths) < lengthOf(node, lengths) ? form : node;
  });
}

const hasSquares = (node: Node): boolean =>
  node.kind === 'sum' && node.shape.length === 0 && node.terms.some((term) => factorsOf(term).some(isEvenPower));

function isEvenPower(factor: Node): boolean {
  const p = factor.kind === 'apply' && factor.operator === pow ? constantOf(factor.args[1]!) : undefined;
  return p !== undefined && isEven(p);
}

const DOUBLED: ReadonlySet<Operator> = new Set(identities.map(({ f }) => f));

/** The argument and the function of a factor f(u)². */
function squareOf(factor: Node): { readonly f: Operator; readonly u: Node } | undefined {
  if (factor.kind !== 'apply' || factor.operator !== pow) return undefined;
  const [base, exponent] = factor.args as [Node, Node];
  if (base.kind !== 'apply' || !DOUBLED.has(base.operator)) return undefined;
  const p = constantOf(exponent);
  return p && same(p, TWO) ? { f: base.operator, u: base.args[0]! } : undefined;
}

function doubleAngle(g: Graph, sum: Sum): Node | undefined {
  for (const term of sum.terms)
    for (const factor of factorsOf(term)) {
      const square = squareOf(factor);
      if (!square) continue;
      const { coefficient } = g.splitCoefficient(term);
      const rest = factorsOf(term).filter((f) => f !== factor);
      for (const { f, g: other, square: own, partner, doubled } of identities) {
        if (f !== square.f) continue;
        const whole = coefficient.div(own);
        const beside = other ? [g.apply(pow, g.apply(other, square.u), TWO)] : [];
        const found = termIn(g, sum, g.mul(whole.mul(partner), ...rest, ...beside));
        if (found) return instead(g, sum, [term, found], g.mul(whole, ...rest, g.apply(doubled, multiplied(g, square.u, TWO))));
      }
    }
  return undefined;
}

/** Sums of more terms than this are left as they are. */
const MOST_TERMS = 12;

function perfectSquare(g: Graph, sum: Sum): Node | undefined {
  if (sum.terms.length < 4 || sum.terms.length > MOST_TERMS) return undefined;
  const squares = sum.terms.flatMap((term) => rootOf(g, term) ?? []);
  for (const [k, p] of squares.entries())
    for (const q of squares.slice(k + 1))
      for (const sign of [ONE, MINUS_ONE]) {
        const found = termIn(g, sum, g.mul(TWO.mul(sign).mul(p.c).mul(q.c), ...p.factors, ...q.factors));
        if (!found) continue;
        const root = g.sum(g.mul(p.c, ...p.factors), g.mul(sign.mul(q.c), ...q.factors));
        return instead(g, sum, [p.term, q.term, found], g.apply(pow, root, TWO));
      }
  return undefined;
}

/** A term as the square of a number and factors. */
function rootOf(
  g: Graph,
  term: Node,
): { readonly term: Node; readonly c: Fraction; readonly factors: readonly Node[] } | undefined {
  const { coefficient } = g.splitCoefficient(term);
  const c = isNegative(coefficient) ? undefined : exactPower(coefficient, HALF);
  const factors = isConstant(term) ? [] : factorsOf(term);
  if (!c || !factors.every(isEvenPower)) return undefined;
  return { term, c, factors: factors.map((f) => halved(g, f as Apply)) };
}

const halved = (g: Graph, { args: [base, exponent] }: Apply): Node => power(g, base!, constantOf(exponent!)!.mul(HALF));
