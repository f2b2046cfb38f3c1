import { constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { exactPower, type Fraction, HALF, isEven, isInteger, isNegative, isZero } from '../graph/rational.ts';
import { rootDifference } from '../operators/differences.ts';
import { sinh } from '../operators/elementary.ts';
import { exp, pow, power } from '../operators/power.ts';
import { hypotenuse } from '../operators/stable.ts';
import { argsOf, bare, type Rule } from '../simplify/rule.ts';
import { combination } from './exponentials.ts';
import { type Product, productOf } from './term.ts';

/** Stable forms of differences with squares and roots of them. */

/** The factors whose square is a term, up to its sign, if its coefficient is a square too. */
function rootOfTerm(g: Graph, { coefficient, factors }: Product): Node | undefined {
  const c = exactPower(coefficient.abs(), HALF);
  if (!c) return undefined;
  const roots = factors.map((factor) => {
    const [base, exponent] = argsOf(factor, pow) ?? [];
    const p = exponent && constantOf(exponent);
    return p && isInteger(p) && isEven(p) ? power(g, base!, p.mul(HALF)) : undefined;
  });
  return roots.every((r) => r !== undefined) ? g.mul(c, ...roots) : undefined;
}

const differenceOfSquares: Rule<'sum'> = {
  name: 'a² − b² = (a − b)(a + b)',
  when: 'both are squares, with coefficients that are',
  examples: [
    ['x^2 - y^2', '(x - y)*(x + y)'],
    ['4 - 9*x^2*y^4', '(2 - 3*x*y^2)*(2 + 3*x*y^2)'],
  ],
  kind: 'sum',
  apply(g, sum) {
    if (sum.terms.length !== 2) return undefined;
    const terms = sum.terms.map((t) => productOf(g, t));
    const [first, second] = terms;
    if (!first || !second || isNegative(first.coefficient) === isNegative(second.coefficient)) return undefined;
    const [plus, minus] = isNegative(first.coefficient) ? [second, first] : [first, second];
    const [a, b] = [rootOfTerm(g, plus), rootOfTerm(g, minus)];
    if (!a || !b) return undefined;
    const shape = sum.shape;
    const [u, v] = [a, b].map((n) => (n.shape.length < shape.length ? g.broadcast(n, shape) : n)) as [Node, Node];
    return g.mul(g.sub(u, v), g.sum(u, v));
  },
};

/** A root as √(w² + t), for a w that stands beside it. */
interface Root {
  readonly coefficient: Fraction;
  /** t, if the root is one with this w in it. */
  readonly rest: (w: Node) => Node | undefined;
}

function rootIn(g: Graph, term: Product): Root | undefined {
  if (term.factors.length !== 1) return undefined;
  const [u, v] = argsOf(term.factors[0]!, hypotenuse) ?? [];
  const { coefficient } = term;
  if (u && v) {
    const other = (w: Node): Node | undefined => (isUpToSign(g, u, w) ? v : isUpToSign(g, v, w) ? u : undefined);
    return { coefficient, rest: (w) => other(w) && power(g, other(w)!, 2) };
  }
  const [base, p] = argsOf(term.factors[0]!, pow) ?? [];
  if (!base || !constantOf(p!)?.equals(HALF)) return undefined;
  return { coefficient, rest: (w) => withoutSquare(g, bare(base), w) };
}

const isUpToSign = (g: Graph, u: Node, w: Node): boolean => bare(u) === bare(w) || u === g.neg(w);

/** base − w², if that is simpler: one of its terms is w², or it is (w − k)(w + k). */
function withoutSquare(g: Graph, base: Node, w: Node): Node | undefined {
  if (base.kind === 'sum') {
    const square = power(g, w, 2);
    const at = base.terms.indexOf(square);
    return at < 0 ? undefined : g.add(base.terms.filter((_, k) => k !== at));
  }
  const factors = base.kind === 'contraction' && constantOf(base) === undefined ? productOf(g, base) : undefined;
  if (factors?.factors.length !== 2 || !factors.coefficient.equals(1)) return undefined;
  const [p, q] = factors.factors as [Node, Node];
  const half = g.scale(
    HALF,
    combination(g, [
      [1, p],
      [1, q],
    ]),
  );
  if (!isUpToSign(g, half, w)) return undefined;
  const k = g.scale(
    HALF,
    combination(g, [
      [1, p],
      [-1, q],
    ]),
  );
  return g.neg(power(g, k, 2));
}

const MOST_TERMS = 8;

const rootMinusItsSquare: Rule<'sum'> = {
  name: '√(w² + t) − w = t/(√(w² + t) + w)',
  when: 'where w > 0; where it is not, nothing cancels',
  examples: [
    ['sqrt(x^2 + 1) - x', '1/(sqrt(x^2 + 1) + x)'],
    ['x - sqrt(x^2 - 1)', '1/(x + sqrt(x^2 - 1))'],
  ],
  kind: 'sum',
  apply(g, sum) {
    if (sum.terms.length > MOST_TERMS) return undefined;
    const terms = sum.terms.map((t) => productOf(g, t));
    for (const [i, root] of terms.entries()) {
      const found = root && rootIn(g, root);
      if (!found) continue;
      for (const [j, other] of terms.entries()) {
        if (!other || i === j || other.factors.length === 0) continue;
        const w = g.mul(other.coefficient.div(found.coefficient).neg(), ...other.factors);
        const t = found.rest(w);
        if (!t) continue;
        const difference = g.scale(found.coefficient, g.apply(rootDifference, w, t));
        return g.add([...sum.terms.filter((_, k) => k !== i && k !== j), difference]);
      }
    }
    return undefined;
  },
};

const squareOfDifference: Rule<'sum'> = {
  name: 'eᵘ − 2 + e⁻ᵘ = 4·sinh²(u/2)',
  when: 'always',
  examples: [['exp(x) - 2 + exp(-x)', '4*sinh(x/2)^2']],
  kind: 'sum',
  apply(g, sum) {
    if (sum.terms.length > MOST_TERMS) return undefined;
    const terms = sum.terms.map((t) => productOf(g, t));
    const number = terms.find((t) => t?.factors.length === 0);
    if (!number || isZero(number.coefficient)) return undefined;
    const wanted = number.coefficient.div(-2);
    const exponentials = terms.filter((t): t is Product => t?.factors.length === 1 && t.coefficient.equals(wanted));
    for (const a of exponentials) {
      const [u] = argsOf(a.factors[0]!, exp) ?? [];
      const b = u && exponentials.find((t) => argsOf(t.factors[0]!, exp)?.[0] === g.neg(u));
      if (!b) continue;
      const square = power(g, g.apply(sinh, g.scale(HALF, u)), 2);
      const rest = sum.terms.filter((t) => t !== a.node && t !== b.node && t !== number.node);
      return g.add([...rest, g.scale(wanted.mul(4), square)]);
    }
    return undefined;
  },
};

export const squareRules: readonly Rule<'sum'>[] = [squareOfDifference, rootMinusItsSquare, differenceOfSquares];
