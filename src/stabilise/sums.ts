import { constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import { type Contraction, type Node, UNIT } from '../graph/node.ts';
import { type Fraction, HALF, isInteger, isOne, MINUS_ONE, ONE, rational, TWO } from '../graph/rational.ts';
import { sigmoid } from '../operators/activation.ts';
import { cosh, cot, coth, csc, csch, sec, sech, sinh } from '../operators/elementary.ts';
import { erf, erfc } from '../operators/error-functions.ts';
import { expm1 } from '../operators/logarithmic.ts';
import type { Operator } from '../operators/operator.ts';
import { exp, pow, power } from '../operators/power.ts';
import { coshm1, sigmoidPlus, sqrt1pm1, versine } from '../operators/stable.ts';
import { cos, sin, tan, tanh } from '../operators/trigonometric.ts';
import { argsOf, bare, type Example, type Rule } from '../simplify/rule.ts';
import { differenceOfValues } from './differences.ts';
import { combination } from './exponentials.ts';
import { squareRules } from './squares.ts';
import { besideOne } from './term.ts';

/** Stable forms of two terms that nearly cancel. */

/** P + ratio·P·f(u)ⁿ = P·replacement(u). */
interface Complement {
  readonly example: Example;
  readonly operator: Operator;
  readonly power: number;
  readonly ratio: Fraction;
  readonly replacement: (g: Graph, u: Node, f: Node) => Node | undefined;
}

type Form = (g: Graph, u: Node) => Node;

/** @param ratio of the two terms where the second has the n-th power of f */
const told = (
  left: string,
  right: string,
  f: Operator,
  n: number,
  ratio: Fraction,
  made: Complement['replacement'],
): Complement => ({
  example: [left, right],
  operator: f,
  power: n,
  ratio,
  replacement: made,
});

const itself =
  (f: Operator): Form =>
  (g, u) =>
    g.apply(f, u);
const squared =
  (f: Operator): Form =>
  (g, u) =>
    power(g, g.apply(f, u), 2);
const negative =
  (form: Form): Form =>
  (g, u) =>
    g.neg(form(g, u));

const complements: readonly Complement[] = [
  told('1 - sigmoid(x)', 'sigmoid(-x)', sigmoid, 1, MINUS_ONE, (g, u) => g.apply(sigmoid, g.neg(u))),
  told('1 - 2*sigmoid(x)', '-tanh(x/2)', sigmoid, 1, TWO.neg(), (g, u) => g.neg(g.apply(tanh, g.scale(rational('1/2'), u)))),
  told('1 - tanh(x)^2', 'sech(x)^2', tanh, 2, MINUS_ONE, squared(sech)),
  told('1 - sech(x)^2', 'tanh(x)^2', sech, 2, MINUS_ONE, squared(tanh)),
  told('1 - sin(x)^2', 'cos(x)^2', sin, 2, MINUS_ONE, squared(cos)),
  told('1 - cos(x)^2', 'sin(x)^2', cos, 2, MINUS_ONE, squared(sin)),
  told('1 - tanh(x)', '2*sigmoid(-2*x)', tanh, 1, MINUS_ONE, (g, u) => g.mul(2, g.apply(sigmoid, g.mul(-2, u)))),
  told('1 + tanh(x)', '2*sigmoid(2*x)', tanh, 1, ONE, (g, u) => g.mul(2, g.apply(sigmoid, g.mul(2, u)))),
  told('1 + sinh(x)^2', 'cosh(x)^2', sinh, 2, ONE, squared(cosh)),
  told('1 - cosh(x)^2', '-sinh(x)^2', cosh, 2, MINUS_ONE, negative(squared(sinh))),
  told('1 - coth(x)^2', '-csch(x)^2', coth, 2, MINUS_ONE, negative(squared(csch))),
  told('1 + csch(x)^2', 'coth(x)^2', csch, 2, ONE, squared(coth)),
  told('1 - coth(x)', '-2/expm1(2*x)', coth, 1, MINUS_ONE, (g, u) => g.mul(-2, power(g, g.apply(expm1, g.mul(2, u)), -1))),
  told('1 + coth(x)', '-2/expm1(-2*x)', coth, 1, ONE, (g, u) => g.mul(-2, power(g, g.apply(expm1, g.mul(-2, u)), -1))),
  told('1 - sec(x)^2', '-tan(x)^2', sec, 2, MINUS_ONE, negative(squared(tan))),
  told('1 - csc(x)^2', '-cot(x)^2', csc, 2, MINUS_ONE, negative(squared(cot))),
  told('1 - erf(x)', 'erfc(x)', erf, 1, MINUS_ONE, itself(erfc)),
  told('1 + erf(x)', 'erfc(-x)', erf, 1, ONE, (g, u) => g.apply(erfc, g.neg(u))),
  told('1 - erfc(x)', 'erf(x)', erfc, 1, MINUS_ONE, itself(erf)),
  told('2 - erfc(x)', 'erfc(-x)', erfc, 1, HALF.neg(), (g, u) => g.mul(HALF, g.apply(erfc, g.neg(u)))),
  told('1 - exp(x)', '-expm1(x)', exp, 1, MINUS_ONE, negative(itself(expm1))),
  told('1 - cos(x)', '2*sin(x/2)^2', cos, 1, MINUS_ONE, itself(versine)),
  told('1 - cosh(x)', '-2*sinh(x/2)^2', cosh, 1, MINUS_ONE, negative(itself(coshm1))),
  told('1 - sqrt(1 + x)', '-x/(1 + sqrt(1 + x))', pow, 1, MINUS_ONE, (g, u, f) => {
    if (!argsOf(f, pow)?.[1] || !constantOf(argsOf(f, pow)![1]!)?.equals('1/2')) return undefined;
    const v = besideOne(u);
    return v && g.neg(g.apply(sqrt1pm1, v));
  }),
];

const byOperator = new Map<Operator, Complement[]>();
for (const c of complements) byOperator.set(c.operator, [...(byOperator.get(c.operator) ?? []), c]);

/** Longer sums are left alone. */
const MOST_TERMS = 24;

const complement: Rule<'sum'> = {
  name: 'complement',
  when: 'a term is the same multiple of another one and of 1 − f: see the table',
  examples: complements.map(({ example }) => example),
  kind: 'sum',
  apply(g, sum) {
    if (sum.terms.length > MOST_TERMS) return undefined;
    for (const term of sum.terms) {
      const made = complementOf(g, term, (cofactor, wanted) =>
        sum.terms.find((other) => {
          const { coefficient, core } = g.splitCoefficient(other);
          return core === cofactor && coefficient.equals(wanted);
        }),
      );
      if (made) return g.add([...sum.terms.filter((t) => t !== term && t !== made.partner), made.node]);
    }
    return undefined;
  },
};

/** The term together with its partner, where there is one. */
function complementOf(
  g: Graph,
  term: Node,
  find: (cofactor: Node, coefficient: Fraction) => Node | undefined,
): { partner: Node; node: Node } | undefined {
  const { coefficient, core } = splitMultiple(g, term);
  const factors = core.kind === 'contraction' ? core.factors : [core];
  for (const [at, factor] of factors.entries()) {
    const { base, exponent } = wholePower(factor);
    if (base.kind !== 'apply') continue;
    for (const { operator, power: n, ratio, replacement } of byOperator.get(base.operator) ?? []) {
      if (base.operator !== operator || exponent < n) continue;
      const cofactor = without(g, core, at, power(g, base, exponent - n));
      if (!cofactor) continue;
      const wanted = coefficient.div(ratio);
      // A number is one node with its coefficient.
      const partner = constantOf(cofactor) ? findNumber(wanted.mul(constantOf(cofactor)!)) : find(cofactor, wanted);
      const stable = partner && replacement(g, base.args[0]!, base);
      if (!partner || !stable) continue;
      return { partner, node: g.scale(wanted, replaced(g, core, at, g.mul(power(g, base, exponent - n), stable))) };
    }
  }
  return undefined;

  function findNumber(value: Fraction): Node | undefined {
    const number = g.constant(value, term.shape);
    return find(g.splitCoefficient(number).core, g.splitCoefficient(number).coefficient);
  }
}

/** A coefficient and what it multiplies, under a name too. */
function splitMultiple(g: Graph, term: Node): { coefficient: Fraction; core: Node } {
  const { coefficient, core } = g.splitCoefficient(bare(term));
  return { coefficient, core: bare(core) };
}

/** The term with one factor replaced. */
function replaced(g: Graph, core: Node, at: number, by: Node): Node {
  if (core.kind !== 'contraction') return by;
  const factors = core.factors.map((f, k) => (k === at ? by : f));
  return g.contract({ ...core, factors });
}

/** The term without one factor, `left` of which remains; undefined if a sum over entries would go with it. */
function without(g: Graph, core: Node, at: number, left: Node): Node | undefined {
  if (core.kind !== 'contraction') return left;
  if (!constantOf(left) || !isOne(constantOf(left)!)) return replaced(g, core, at, left);
  if (core.indices[at]!.some((i) => i !== UNIT && !staysWithout(core, at, i))) return undefined;
  return g.contract({
    ...core,
    factors: core.factors.filter((_, k) => k !== at),
    indices: core.indices.filter((_, k) => k !== at),
    sizes: core.sizes,
  });
}

const staysWithout = (core: Contraction, at: number, index: number): boolean =>
  core.result.includes(index) || core.indices.some((own, k) => k !== at && own.includes(index));

function wholePower(node: Node): { base: Node; exponent: number } {
  const at = bare(node);
  const p = at.kind === 'apply' && at.operator === pow ? constantOf(at.args[1]!) : undefined;
  if (at.kind !== 'apply' || !p || !isInteger(p) || p.s < 0n || p.n > 64n) return { base: at, exponent: 1 };
  return { base: bare(at.args[0]!), exponent: Number(p.n) };
}

/** c·f(u) − c·f(−u). */
const oddPart: Rule<'sum'> = {
  name: 'odd part',
  when: 'eᵘ − e⁻ᵘ = 2·sinh(u), σ(u) − σ(−u) = tanh(u/2)',
  examples: [
    ['exp(x) - exp(-x)', '2*sinh(x)'],
    ['sigmoid(x) - sigmoid(-x)', 'tanh(x/2)'],
  ],
  kind: 'sum',
  apply(g, sum) {
    if (sum.terms.length > MOST_TERMS) return undefined;
    for (const term of sum.terms) {
      const { coefficient, core } = splitMultiple(g, term);
      const u = argsOf(core, exp) ?? argsOf(core, sigmoid);
      if (!u || core.kind !== 'apply') continue;
      // −(a − b) and b − a are two nodes.
      const opposites = [g.neg(u[0]!), combination(g, [[-1, u[0]!]])].map((v) => g.apply(core.operator, v));
      const partner = sum.terms.find((other) => {
        const found = splitMultiple(g, other);
        return opposites.includes(found.core) && found.coefficient.equals(coefficient.neg());
      });
      if (!partner || partner === term) continue;
      const odd = core.operator === exp ? g.mul(2, g.apply(sinh, u[0]!)) : g.apply(tanh, g.scale(ONE.div(TWO), u[0]!));
      return g.add([...sum.terms.filter((t) => t !== term && t !== partner), g.scale(coefficient, odd)]);
    }
    return undefined;
  },
};

/** Under a name σ(u) is computed once for all who use it, and stays. */
const prediction: Rule<'sum'> = {
  name: 'σ(u) − y',
  when: 'always',
  examples: [['sigmoid(x) - y', '1/(1 + exp(-x)) - y']],
  kind: 'sum',
  apply(g, sum) {
    if (sum.terms.length !== 2) return undefined;
    for (const [at, term] of sum.terms.entries()) {
      const { coefficient, core } = g.splitCoefficient(term);
      if (core.kind !== 'apply' || core.operator !== sigmoid || !isOne(coefficient.abs())) continue;
      const rest = g.scale(coefficient, sum.terms[1 - at]!);
      return g.scale(coefficient, g.apply(sigmoidPlus, core.args[0]!, rest));
    }
    return undefined;
  },
};

export const sumRules: readonly Rule<'sum'>[] = [complement, oddPart, prediction, ...squareRules, differenceOfValues];
