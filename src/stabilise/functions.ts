import { constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { type Fraction, HALF, isEven, isInteger, isNegative, isOne, isZero, ONE, TWO } from '../graph/rational.ts';
import { sigmoid } from '../operators/activation.ts';
import { where } from '../operators/comparison.ts';
import { sech } from '../operators/elementary.ts';
import { abs } from '../operators/kinked.ts';
import { log1p, log2, log10 } from '../operators/logarithmic.ts';
import { divide, log, pow, power, sqrt } from '../operators/power.ts';
import { hypotenuse } from '../operators/stable.ts';
import { entropy, xlog1py, zeroFirst } from '../operators/zero-first.ts';
import { argsOf, bare, type Rule } from '../simplify/rule.ts';
import { logistic, shareOf, stableLog } from './exponentials.ts';
import { inverseRules } from './inverses.ts';
import { logarithmOfMixture } from './mixtures.ts';
import { besideOne, productOf } from './term.ts';

/** Stable forms of one function of something. */

const logarithm: Rule<'apply'> = {
  name: 'logarithm of exponentials',
  when: 'the argument is made of eᵘ, σ(u), positive sums, products and powers of them',
  examples: [
    ['log(1 + exp(x))', 'softplus(x)'],
    ['log(sigmoid(x))', '-softplus(-x)'],
    ['log(sigmoid(x)^y*(1 - sigmoid(x))^(1 - y))', 'y*x - softplus(x)'],
  ],
  kind: 'apply',
  of: [log],
  apply: (g, { args: [x] }) => stableLog(g, x!),
};

const otherBase: Rule<'apply'> = {
  name: 'logarithm of exponentials to another base',
  when: 'as for the natural logarithm',
  examples: [['log2(1 + exp(x))', 'softplus(x)/log(2)']],
  kind: 'apply',
  of: [log2, log10],
  apply: (g, { args: [x], operator }) => {
    const natural = stableLog(g, x!);
    return natural && divide(g, natural, g.apply(log, g.constant(operator === log2 ? 2 : 10)));
  },
};

const logarithmOfOnePlusExponentials: Rule<'apply'> = {
  name: 'log1p of exponentials',
  when: 'one plus the argument is a sum of exponentials, or 1 − σ',
  examples: [
    ['log1p(exp(x))', 'softplus(x)'],
    ['log1p(-sigmoid(x))', '-softplus(x)'],
  ],
  kind: 'apply',
  of: [log1p],
  apply: (g, { args: [x] }) => {
    return stableLog(g, onePlus(g, x!));
  },
};

/** 1 + x, and 1 − σ(u) as σ(−u). */
function onePlus(g: Graph, x: Node): Node {
  const sigma = bare(g.neg(x));
  return sigma.kind === 'apply' && sigma.operator === sigmoid ? g.apply(sigmoid, g.neg(sigma.args[0]!)) : g.sum(1, x);
}

/**
 * Where the logarithm has a form that is finite, no factor has to keep it from counting; else its own rules come next, beside the
 * factor.
 */
const weightedLogarithm: Rule<'apply'> = {
  name: 'x·log y',
  when: 'always: 0 times what is finite is 0',
  examples: [
    ['xlogy(y, sigmoid(x))', '-y*softplus(-x)'],
    ['xlog1py(y, -sigmoid(x))', '-y*softplus(x)'],
    ['entropy(sigmoid(x))', 'sigmoid(x)*softplus(-x)'],
    ['xlogy(y, erfc(x))', 'y*log(erfc(x))'],
  ],
  kind: 'apply',
  of: zeroFirst,
  apply: (g, { operator, args }) => {
    const of = args.at(-1)!;
    const log = stableLog(g, operator === xlog1py ? onePlus(g, of) : of, true);
    if (!log) return operator.runs?.(g, ...args);
    return g.mul(operator === entropy ? -1 : 1, args[0]!, log);
  },
};

/** A branch's own logarithm may have a stable form. */
const logarithmOfChoice: Rule<'apply'> = {
  name: 'logarithm of a choice',
  when: 'one of the branches is made of exponentials',
  examples: [['log(where(y > 0, sigmoid(x), 1 - sigmoid(x)))', 'where(y > 0, -softplus(-x), -softplus(x))']],
  kind: 'apply',
  of: [log],
  apply: (g, { args: [x] }) => {
    const [condition, ...branches] = argsOf(x!, where) ?? [];
    if (!condition || !branches.some((branch) => stableLog(g, branch))) return undefined;
    return g.apply(where, condition, ...branches.map((branch) => g.apply(log, branch)));
  },
};

/** log(uᵖ) = p·log u: for an odd p and a broken one u > 0 wherever there is a logarithm, for an even one it is |u|. */
const logarithmOfPower: Rule<'apply'> = {
  name: 'log(uᵖ) = p·log u',
  when: 'the exponent is a number',
  examples: [['log(x^2)', '2*log(abs(x))']],
  kind: 'apply',
  of: [log],
  apply: (g, { args: [x] }) => {
    const at = bare(x!);
    if (at.kind !== 'apply' || at.operator !== pow) return undefined;
    const p = constantOf(at.args[1]!);
    if (!p) return undefined;
    return g.scale(p, g.apply(log, isEven(p) ? g.apply(abs, at.args[0]!) : at.args[0]!));
  },
};

/** log(1 + t). With more terms than one the sum t itself could lose what makes 1 + t positive. */
const logarithmNearOne: Rule<'apply'> = {
  name: 'log1p',
  when: 'the argument is 1 and one term more',
  examples: [['log(1 + x)', 'log1p(x)']],
  kind: 'apply',
  of: [log],
  apply: (g, { args: [x] }) => {
    const u = besideOne(x!);
    return u && g.apply(log1p, u);
  },
};

/** (c + d·eᵘ)⁻ⁿ = c⁻ⁿ·σ(log(c/d) − u)ⁿ, and (c·eᵘ + c·e⁻ᵘ)⁻ⁿ = (sech(u)/2c)ⁿ. */
const reciprocalOfExponentials: Rule<'apply'> = {
  name: 'reciprocal of a sum of two exponentials',
  when: 'both terms are positive, and one of them is a number or they are eᵘ and e⁻ᵘ',
  examples: [
    ['1/(2 + 3*exp(x))', 'sigmoid(log(2/3) - x)/2'],
    ['1/(exp(x) + exp(-x))', 'sech(x)/2'],
  ],
  kind: 'apply',
  of: [pow],
  apply: (g, node) => {
    const share = shareOf(g, node);
    if (!share || !isNegative(constantOf(node.args[1]!)!)) return undefined;
    const { a, b, power: n } = share;
    const raised = (c: Fraction, base: Node) => g.mul(c.pow(-n)!, power(g, base, n));
    if (constantOf(a.exponent)?.equals(0)) return raised(a.coefficient, logistic(g, a, b));
    if (constantOf(b.exponent)?.equals(0)) return raised(b.coefficient, logistic(g, b, a));
    if (a.exponent !== g.neg(b.exponent) || !a.coefficient.equals(b.coefficient)) return undefined;
    return raised(a.coefficient.mul(TWO), g.apply(sech, a.exponent));
  },
};

/** √(u² + v² + …)ᵏ as a length. */
const length: Rule<'apply'> = {
  name: 'length',
  when: 'the exponent is half an odd number, the base a sum of squares',
  examples: [['sqrt(x^2 + y^2)', 'hypot(x, y)']],
  kind: 'apply',
  of: [pow],
  apply: (g, { args: [x, exponent] }) => {
    const p = constantOf(exponent!);
    const sum = bare(x!);
    if (p?.d !== 2n || sum.kind !== 'sum' || sum.terms.length > MOST_SQUARES) return undefined;
    const roots: Node[] = [];
    for (const term of sum.terms) {
      const root = rootOf(g, term);
      if (!root) return undefined;
      roots.push(root);
    }
    const whole = roots.reduce((r, u) => g.apply(hypotenuse, r, u));
    return power(g, whole, p.mul(TWO));
  },
};

const MOST_SQUARES = 8;

/** The product may overflow or vanish where its factors do not. */
const reciprocalOfProduct: Rule<'apply'> = {
  name: '1/(u·v) = 1/u·1/v',
  when: 'a whole power below the line; of scalars, where a division more is nothing',
  examples: [['1/(x*y)', '1/x*(1/y)']],
  kind: 'apply',
  of: [pow],
  apply: (g, { args: [x, exponent], shape }) => {
    const p = constantOf(exponent!);
    if (shape.length > 0 || !p || !isInteger(p) || !isNegative(p)) return undefined;
    const product = constantOf(x!) ? undefined : productOf(g, x!);
    if (!product || product.factors.length < 2 || isZero(product.coefficient)) return undefined;
    return g.mul(product.coefficient.pow(p)!, ...product.factors.map((f) => power(g, f, p)));
  },
};

/** u, up to its sign, where the term is u² wherever it is defined. */
export function rootOf(g: Graph, term: Node): Node | undefined {
  const at = bare(term);
  const c = constantOf(at);
  if (c) return isNegative(c) ? undefined : sqrt(g, at);
  if (at.kind === 'apply' && at.operator === pow) {
    const p = constantOf(at.args[1]!);
    return p && isInteger(p) && isEven(p) ? power(g, at.args[0]!, p.mul(HALF)) : undefined;
  }
  if (at.kind !== 'contraction' || isNegative(at.coefficient) || at.factors.length === 0) return undefined;
  if (at.sizes.length !== new Set(at.result.filter((i) => i >= 0)).size) return undefined;
  const roots: Node[] = [];
  for (const factor of at.factors) {
    const root = rootOf(g, factor);
    if (!root) return undefined;
    roots.push(root);
  }
  const view = g.contract({ ...at, coefficient: ONE, factors: roots });
  return isOne(at.coefficient) ? view : g.mul(sqrt(g, g.constant(at.coefficient)), view);
}

export const functionRules: readonly Rule<'apply'>[] = [
  ...[
    weightedLogarithm,
    logarithm,
    otherBase,
    logarithmOfOnePlusExponentials,
    logarithmOfChoice,
    logarithmOfPower,
    logarithmOfMixture,
    logarithmNearOne,
  ],
  ...[reciprocalOfExponentials, length, reciprocalOfProduct],
  ...inverseRules,
];
