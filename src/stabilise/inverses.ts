import { constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { HALF, isNegative, isOne, isZero } from '../graph/rational.ts';
import { logit, softplus } from '../operators/activation.ts';
import { less, where } from '../operators/comparison.ts';
import { acos, acosh, asin, asinh, atan, cosh, coth, csch, sech, sinh } from '../operators/elementary.ts';
import { ellipticE, ellipticEDerivative, ellipticF, ellipticFDerivative } from '../operators/elliptic.ts';
import { dawsonDerivative, erfcxDerivative, logerfc, logerfcx } from '../operators/error-derivatives.ts';
import { dawson, erfc, erfcx } from '../operators/error-functions.ts';
import { abs } from '../operators/kinked.ts';
import { log1p } from '../operators/logarithmic.ts';
import { logOfEvents } from '../operators/mixtures.ts';
import type { Operator } from '../operators/operator.ts';
import { exp, log, pow, power } from '../operators/power.ts';
import { sinc, sincDerivative } from '../operators/sinc.ts';
import { acoshOfExp, asinhOfExp, log1mexp } from '../operators/stable.ts';
import { atanh, tanh } from '../operators/trigonometric.ts';
import { argsOf, type Example, type Rule } from '../simplify/rule.ts';
import { logOfQuotient } from './differences.ts';
import { combination, stableLog } from './exponentials.ts';
import { productOf } from './term.ts';

/** Stable forms of inverse functions and logarithms of other functions. */

const nested = (
  outer: Operator,
  inner: Operator,
  left: string,
  right: string,
  when: string,
  form: (g: Graph, u: Node) => Node,
): Rule<'apply'> => ({
  name: `${outer.name} of ${inner.name}`,
  when,
  examples: [[left, right]],
  kind: 'apply',
  of: [outer],
  apply: (g, { args: [x] }) => {
    const [u] = argsOf(x!, inner) ?? [];
    return u && form(g, u);
  },
});

const logarithmOfQuotient: Rule<'apply'> = {
  name: 'log(a/b) from a + b or a − b',
  when: 'a + b is a number: 2·artanh((a − b)/(a + b)); a − b is one: log1p((a − b)/b)',
  examples: [
    ['log((1 - x)/(1 + x))', '-2*atanh(x)'],
    ['log(x/(x + 1))', '-log1p(1/x)'],
  ],
  kind: 'apply',
  of: [log],
  apply: (g, { args: [x] }) => {
    const quotient = productOf(g, x!);
    if (quotient?.factors.length !== 2 || !isOne(quotient.coefficient)) return undefined;
    const below = quotient.factors.find((f) => constantOf(argsOf(f, pow)?.[1] ?? f)?.equals(-1));
    const a = quotient.factors.find((f) => f !== below);
    const b = below && argsOf(below, pow)?.[0];
    if (!a || !b) return undefined;
    const [sum, gap] = ([1, -1] as const).map((sign) =>
      combination(g, [
        [1, a],
        [sign, b],
      ]),
    ) as [Node, Node];
    const number = constantOf(sum);
    if (number && !isZero(number)) return g.mul(2, g.apply(atanh, g.scale(number.inverse(), gap)));
    return constantOf(gap) ? logOfQuotient(g, a, b, gap) : undefined;
  },
};

/** logit v = log v − log(1 − v), where both have stable forms: next to 1 the rounding of v itself would be all that is left. */
const logOdds: Rule<'apply'> = {
  name: 'logit of exponentials',
  when: 'v and 1 − v are made of exponentials',
  examples: [['logit(exp(x))', 'x - log(1 - exp(x))']],
  kind: 'apply',
  of: [logit],
  apply: (g, { args: [x] }) => {
    const [above, below] = [stableLog(g, x!), stableLog(g, g.sub(1, x!))];
    return (
      above &&
      below &&
      combination(g, [
        [1, above],
        [-1, below],
      ])
    );
  },
};

/** artanh √v = log(1 + √v) − ½·log(1 − v): both terms are positive. */
const atanhOfRoot: Rule<'apply'> = {
  name: 'artanh of a root',
  when: '0 ≤ v < 1, as both sides need',
  examples: [['atanh(sqrt(x))', 'log((1 + sqrt(x))/(1 - sqrt(x)))/2']],
  kind: 'apply',
  of: [atanh],
  apply: (g, { args: [x] }) => {
    const v = squareOfRoot(g, x!);
    return v && g.sub(g.apply(log1p, x!), g.mul(HALF, g.apply(log, g.sub(1, v))));
  },
};

/** x² without its roots, for a positive multiple of roots. */
function squareOfRoot(g: Graph, x: Node): Node | undefined {
  const product = productOf(g, x);
  if (!product || isNegative(product.coefficient)) return undefined;
  const squares = product.factors.map((f) => {
    const [base, p] = argsOf(f, pow) ?? [];
    const exponent = p && constantOf(p);
    return exponent?.d === 2n ? power(g, base!, exponent.mul(2)) : undefined;
  });
  if (squares.length === 0 || !squares.every((s) => s !== undefined)) return undefined;
  return g.mul(product.coefficient.mul(product.coefficient), ...squares);
}

/** The same function as one whose derivatives of every order have no difference of nearly equal terms. */
const twin = (name: string, example: Example, of: Operator, other: Operator): Rule<'apply'> => ({
  name,
  when: 'always',
  examples: [example],
  kind: 'apply',
  of: [of],
  apply: (g, { args }) => g.apply(other, ...args),
});

const reciprocalOfCoth: Rule<'apply'> = {
  name: '1/coth u = tanh u',
  when: 'a whole power',
  examples: [['1/coth(x)', 'tanh(x)']],
  kind: 'apply',
  of: [pow],
  apply: (g, { args: [x, exponent] }) => {
    const [u] = argsOf(x!, coth) ?? [];
    const p = constantOf(exponent!);
    return u && p && isNegative(p) && p.d === 1n ? power(g, g.apply(tanh, u), p.neg()) : undefined;
  },
};

/** log(erfc(u)/2): left of 0 by what it lacks of 1. */
const logarithmOfShare: Rule<'apply'> = {
  name: 'log of half of erfc',
  when: 'always',
  examples: [
    ['log(erfc(x)/2)', 'log(erfc(x)) - log(2)'],
    ['log((1 + erf(x))/2)', 'log(1 - erfc(x)/2)'],
  ],
  kind: 'apply',
  of: [log],
  apply: (g, { args: [x] }) => {
    const product = productOf(g, x!);
    const [u] = product?.factors.length === 1 ? (argsOf(product.factors[0]!, erfc) ?? []) : [];
    if (!u || !product!.coefficient.equals(HALF)) return undefined;
    const left = g.apply(log1p, g.scale(HALF.neg(), g.apply(erfc, g.neg(u))));
    return g.apply(where, g.apply(less, u, 0), left, g.sub(g.apply(logerfc, u), g.apply(log, g.constant(2, u.shape))));
  },
};

/** log(1 − e^(−eᵘ)) of complementary log-log links. */
const logarithmOfEvents: Rule<'apply'> = {
  name: 'log(1 − e^(−eᵘ))',
  when: 'always',
  examples: [['log(1 - exp(-exp(x)))', 'log(exp(exp(x)) - 1) - exp(x)']],
  kind: 'apply',
  of: [log1mexp],
  apply: (g, { args: [x] }) => {
    const [u] = argsOf(g.neg(x!), exp) ?? [];
    return u && g.apply(logOfEvents, u);
  },
};

export const inverseRules: readonly Rule<'apply'>[] = [
  twin('erfcx, n times derived', ['erfcx(x)', 'exp(x^2)*erfc(x)'], erfcx, erfcxDerivative(0)),
  twin('the Dawson integral, n times derived', ['dawson(x)', 'sqrt(pi)/2*exp(-x^2)*erfi(x)'], dawson, dawsonDerivative(0)),
  twin('sin u/u, n times derived', ['sinc(x)', 'where(x == 0, 1, sin(x)/x)'], sinc, sincDerivative(0)),
  twin('F(φ|m), n times derived by m', ['elliptic_f(x, y)', 'elliptic_f(x, y)'], ellipticF, ellipticFDerivative(0)),
  twin('E(φ|m), n times derived by m', ['elliptic_e(x, y)', 'elliptic_e(x, y)'], ellipticE, ellipticEDerivative(0)),
  logarithmOfQuotient,
  logOdds,
  atanhOfRoot,
  reciprocalOfCoth,
  nested(asinh, exp, 'asinh(exp(x))', 'log(exp(x) + sqrt(1 + exp(2*x)))', 'always', (g, u) => g.apply(asinhOfExp, u)),
  nested(acosh, exp, 'acosh(exp(x))', 'log(exp(x) + sqrt(exp(2*x) - 1))', 'u ≥ 0, as both sides need', (g, u) =>
    g.apply(acoshOfExp, u),
  ),
  nested(atanh, exp, 'atanh(exp(x))', 'log((1 + exp(x))/(1 - exp(x)))/2', 'u < 0, as both sides need', (g, u) =>
    g.mul(HALF, g.sub(g.apply(softplus, u), g.apply(log1mexp, u))),
  ),
  logarithmOfEvents,
  nested(acosh, cosh, 'acosh(cosh(x))', 'abs(x)', 'always', (g, u) => g.apply(abs, u)),
  nested(asin, tanh, 'asin(tanh(x))', 'atan(sinh(x))', 'always', (g, u) => g.apply(atan, g.apply(sinh, u))),
  nested(acos, tanh, 'acos(tanh(x))', '2*atan(exp(-x))', 'always', (g, u) => g.mul(2, g.apply(atan, g.apply(exp, g.neg(u))))),
  nested(asin, sech, 'asin(sech(x))', 'pi/2 - atan(sinh(abs(x)))', 'always', (g, u) =>
    g.apply(atan, g.apply(csch, g.apply(abs, u))),
  ),
  nested(log, erfc, 'log(erfc(x))', 'log(erfcx(x)) - x^2', 'always', (g, u) => g.apply(logerfc, u)),
  logarithmOfShare,
  nested(log, erfcxDerivative(0), 'log(erfcx(x))', 'x^2 + log(erfc(x))', 'always', (g, u) => g.apply(logerfcx, u)),
  nested(log, tanh, 'log(tanh(x))', 'log(1 - exp(-2*x)) - log(1 + exp(-2*x))', 'u > 0, as both sides need', (g, u) => {
    const twice = g.mul(-2, u);
    return g.sub(g.apply(log1mexp, twice), g.apply(softplus, twice));
  }),
];
