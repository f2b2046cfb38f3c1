import { constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { type Fraction, HALF, isNegative, isZero } from '../graph/rational.ts';
import { atanDifference, logDifference, powerDifference } from '../operators/differences.ts';
import { atan } from '../operators/elementary.ts';
import { cbrt, expm1, log1p } from '../operators/logarithmic.ts';
import type { Operator } from '../operators/operator.ts';
import { divide, exp, log, pow, power, pseudoinverse } from '../operators/power.ts';
import { versine } from '../operators/stable.ts';
import { atanh, cos, sin, tan } from '../operators/trigonometric.ts';
import { bare, type Example, type Rule } from '../simplify/rule.ts';
import { combination, isNumeric } from './exponentials.ts';
import { type Product, productOf } from './term.ts';

/** f(u) − f(v) where u − v is known exactly, because what they share cancels before anything is computed. */

/** Two arguments whose difference is simpler than they are. */
interface Pair {
  readonly u: Node;
  readonly v: Node;
  /** u − v */
  readonly delta: Node;
}

/** f(u) − f(v); undefined where it would not be true wherever the left side is defined. */
type Difference = (g: Graph, pair: Pair, exponent: Node | undefined) => Node | undefined;

interface DifferenceRule {
  readonly examples: readonly Example[];
  readonly of: Operator;
  readonly form: Difference;
}

/** δ/denominator, and 0 where both are. */
const over = (g: Graph, { delta }: Pair, denominator: Node): Node =>
  g.mul(delta, constantOf(delta) ? power(g, denominator, -1) : g.apply(pseudoinverse, denominator));

const logarithms: Difference = (g, pair) => {
  const sum = constantOf(
    combination(g, [
      [1, pair.u],
      [1, pair.v],
    ]),
  );
  if (sum && !isZero(sum)) return g.mul(2, g.apply(atanh, g.scale(sum.inverse(), pair.delta)));
  return logOfQuotient(g, pair.u, pair.v, pair.delta);
};

/** log(a/b) from a − b and the one of the two that is no sum, and so has no rounding of its own. */
export const logOfQuotient = (g: Graph, a: Node, b: Node, gap: Node): Node =>
  bare(b).kind === 'sum' && bare(a).kind !== 'sum'
    ? g.neg(g.apply(logDifference, a, g.neg(gap)))
    : g.apply(logDifference, b, gap);

const powers: Difference = (g, pair, exponent) => {
  const { u, v, delta } = pair;
  const p = constantOf(exponent!);
  if (p?.equals(HALF)) return over(g, pair, g.sum(power(g, u, HALF), power(g, v, HALF)));
  if (p?.equals(-1)) return g.neg(g.mul(delta, power(g, u, -1), power(g, v, -1)));
  if (p?.equals('-1/2')) {
    const [r, s] = [power(g, u, HALF), power(g, v, HALF)];
    return g.neg(g.mul(delta, power(g, r, -1), power(g, s, -1), power(g, g.sum(r, s), -1)));
  }
  if (p && p.d === 1n) return wholePowers(g, pair, p);
  return constantOf(delta) ? g.apply(powerDifference, v, delta, exponent!) : undefined;
};

const MOST_POWER = 4n;

/** uⁿ − vⁿ = (u − v)·Σ uⁿ⁻¹⁻ᵏ·vᵏ; for a negative n of 1/u and 1/v. */
function wholePowers(g: Graph, { u, v, delta }: Pair, p: Fraction): Node | undefined {
  if (p.n > MOST_POWER || isZero(p)) return undefined;
  const n = Number(p.n);
  const sign = isNegative(p) ? -1 : 1;
  const terms = Array.from({ length: n }, (_, k) => g.mul(power(g, u, sign * (n - 1 - k)), power(g, v, sign * k)));
  const first = sign > 0 ? delta : g.neg(g.mul(delta, power(g, u, -1), power(g, v, -1)));
  return g.mul(first, g.add(terms));
}

const rules: readonly DifferenceRule[] = [
  {
    examples: [
      ['log(x + 2) - log(x)', 'log1p(2/x)'],
      ['log(1 + x) - log(1 - x)', '2*atanh(x)'],
    ],
    of: log,
    form: logarithms,
  },
  {
    examples: [['atan(x + 1) - atan(x)', 'atan(1/(1 + x*(x + 1)))']],
    of: atan,
    form: (g, { v, delta }) => g.apply(atanDifference, v, delta),
  },
  {
    // Apart, v and δ keep all their digits; v + δ/2 would not.
    examples: [['sin(x + y) - sin(x)', '2*cos(x + y/2)*sin(y/2)']],
    of: sin,
    form: (g, { v, delta }) =>
      g.sub(g.mul(g.apply(cos, v), g.apply(sin, delta)), g.mul(g.apply(sin, v), g.apply(versine, delta))),
  },
  {
    examples: [['cos(x + y) - cos(x)', '-2*sin(x + y/2)*sin(y/2)']],
    of: cos,
    form: (g, { v, delta }) =>
      g.neg(g.sum(g.mul(g.apply(sin, v), g.apply(sin, delta)), g.mul(g.apply(cos, v), g.apply(versine, delta)))),
  },
  {
    examples: [['tan(x + y) - tan(x)', 'sin(y)/(cos(x + y)*cos(x))']],
    of: tan,
    form: (g, { u, v, delta }) => divide(g, g.apply(sin, delta), g.mul(g.apply(cos, u), g.apply(cos, v))),
  },
  {
    examples: [['exp(x + y) - exp(x)', 'exp(x)*expm1(y)']],
    of: exp,
    form: (g, { v, delta }) => g.mul(g.apply(exp, v), g.apply(expm1, delta)),
  },
  {
    examples: [['cbrt(x + 2) - cbrt(x)', '2/(cbrt(x + 2)^2 + cbrt(x + 2)*cbrt(x) + cbrt(x)^2)']],
    of: cbrt,
    form: (g, pair) => {
      const [r, s] = [g.apply(cbrt, pair.u), g.apply(cbrt, pair.v)];
      return over(g, pair, g.sum(power(g, r, 2), g.mul(r, s), power(g, s, 2)));
    },
  },
  {
    examples: [
      ['y*sqrt(x + 2) - 3*y*sqrt(x)', '2*y/(sqrt(x + 2) + sqrt(x)) - 2*y*sqrt(x)'],
      ['(x + 1)^3 - x^3', '3*x^2 + 3*x + 1'],
      ['1/(x + 2) - 1/x', '-2/(x*(x + 2))'],
    ],
    of: pow,
    form: powers,
  },
];

const ruleOf = new Map(rules.map((r) => [r.of, r]));

/** One factor of a term as f(u), and what else the term multiplies. */
interface Candidate {
  readonly rule: DifferenceRule;
  readonly u: Node;
  readonly exponent: Node | undefined;
  readonly term: Product;
  readonly others: readonly Node[];
}

/** Longer sums are left alone: looking for pairs is quadratic. */
const MOST_TERMS = 8;

export const differenceOfValues: Rule<'sum'> = {
  name: 'difference of values',
  when: 'a term has f(u) and another, of the other sign, f(v), beside equal factors; u − v is a number or a part of u',
  examples: rules.flatMap(({ examples }) => examples),
  kind: 'sum',
  apply(g, sum) {
    if (sum.terms.length > MOST_TERMS) return undefined;
    const found = sum.terms.map((term) => candidates(g, term));
    if (found.filter((list) => list.length > 0).length < 2) return undefined;
    for (const [i, list] of found.entries())
      for (const a of list)
        for (const other of found.slice(i + 1))
          for (const b of other) {
            const made = together(g, a, b);
            if (made) return g.add([...sum.terms.filter((t) => t !== a.term.node && t !== b.term.node), ...made]);
          }
    return undefined;
  },
};

function candidates(g: Graph, node: Node): Candidate[] {
  const term = productOf(g, node);
  if (!term) return [];
  return term.factors.flatMap((factor, k) => {
    const at = bare(factor);
    if (at.kind !== 'apply') return [];
    const ofOneMore = at.operator === log1p;
    const rule = ruleOf.get(ofOneMore ? log : at.operator);
    const [u, exponent] = at.args as [Node, Node | undefined];
    return rule ? [{ rule, u: ofOneMore ? g.sum(1, u) : u, exponent, term, others: term.factors.filter((_, j) => j !== k) }] : [];
  });
}

/** The two terms as others: P·f(u) − P·f(v), and P·f(u) − Q·f(v) = Q·(f(u) − f(v)) + (P − Q)·f(u) for a number P − Q. */
function together(g: Graph, a: Candidate, b: Candidate): Node[] | undefined {
  if (a.rule !== b.rule || a.exponent !== b.exponent) return undefined;
  const [p, q] = [a.term.coefficient, b.term.coefficient];
  if (isNegative(p) === isNegative(q)) return undefined;
  const delta = difference(g, a.u, b.u);
  if (!delta) return undefined;
  const form = () => a.rule.form(g, { u: a.u, v: b.u, delta }, a.exponent);
  if (sameFactors(a.others, b.others)) {
    const whole = form();
    if (!whole) return undefined;
    const shared = p.abs().compare(q.abs()) <= 0 ? p : q.neg();
    const rest = p.add(q);
    const larger = shared === p ? b : a;
    const product = g.mul(shared, ...a.others, whole);
    return isZero(rest) ? [product] : [product, g.mul(rest, ...larger.term.factors)];
  }
  const [P, Q] = [g.mul(p, ...a.others, g.constant(1, a.u.shape)), g.mul(q.neg(), ...b.others, g.constant(1, a.u.shape))];
  const gap = constantOf(
    combination(g, [
      [1, P],
      [-1, Q],
    ]),
  );
  if (!gap || isZero(gap) || a.rule.of !== log) return undefined;
  const whole = form();
  return whole && [g.mul(Q, whole), g.mul(gap, g.apply(log, a.u))];
}

const sameFactors = (a: readonly Node[], b: readonly Node[]): boolean => {
  const ids = (list: readonly Node[]) => list.map((n) => n.id).sort((x, y) => x - y);
  return a.length === b.length && ids(a).join() === ids(b).join();
};

/** u − v, if terms of theirs cancel in it. */
function difference(g: Graph, u: Node, v: Node): Node | undefined {
  const size = (node: Node): number => (bare(node).kind === 'sum' ? (bare(node) as { terms: readonly Node[] }).terms.length : 1);
  if (u === v || size(u) + size(v) < 3 || size(u) + size(v) > MOST_TERMS) return undefined;
  const delta = combination(g, [
    [1, bare(u)],
    [-1, bare(v)],
  ]);
  const number = constantOf(delta);
  if (number) return isZero(number) ? undefined : delta;
  return isNumeric(delta) || size(delta) < Math.max(size(u), size(v)) ? delta : undefined;
}
