import { constantOf, type Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { HALF, isNegative, isOne, isZero } from '../graph/rational.ts';
import { logit, softplus } from '../operators/activation.ts';
import { acos, acosh, asin, asinh, atan, cosh, coth, csch, sech, sinh } from '../operators/elementary.ts';
import { dawsonDerivative, erfcxDerivative, logerfc, logerfcx } from '../operators/error-derivatives.ts';
import { dawson, erfc, erfcx } from '../operators/error-functions.ts';
import { abs } from '../operators/kinked.ts';
import { log1p } from '../operators/logarithmic.ts';
import type { Operator } from '../operators/operator.ts';
import { exp, log, pow, power } from '../operators/power.ts';
import { sinc, sincDerivative } from '../operators/sinc.ts';
import { acoshOfExp, asinhOfExp, log1mexp } from '../operators/stable.ts';
import { atanh, tanh } from '../operators/trigonometric.ts';
import { logOfQuotient } from './differences.ts';
import { combination, stableLog } from './exponentials.ts';
import { argsOf, type FunctionRule } from './rule.ts';
import { productOf } from './term.ts';

/** Stable forms of inverse functions and logarithms of other functions. */

const nested = (
  name: string,
  condition: string,
  outer: Operator,
  inner: Operator,
  form: (g: Graph, u: Node) => Node,
): FunctionRule => ({
  name,
  condition,
  of: [outer],
  apply: (g, { args: [x] }) => {
    const [u] = argsOf(x!, inner) ?? [];
    return u && form(g, u);
  },
});

const logarithmOfQuotient: FunctionRule = {
  name: 'log(a/b) from a + b or a − b',
  condition: 'a + b is a number: 2·artanh((a − b)/(a + b)); a − b is one: log1p((a − b)/b)',
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
const logOdds: FunctionRule = {
  name: 'logit of exponentials',
  condition: 'v and 1 − v are made of exponentials',
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
const atanhOfRoot: FunctionRule = {
  name: 'artanh of a root',
  condition: '0 ≤ v < 1, as both sides need',
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
const twin = (name: string, of: Operator, other: Operator): FunctionRule => ({
  name,
  condition: 'always',
  of: [of],
  apply: (g, { args: [u] }) => g.apply(other, u!),
});

const reciprocalOfCoth: FunctionRule = {
  name: '1/coth u = tanh u',
  condition: 'a whole power',
  of: [pow],
  apply: (g, { args: [x, exponent] }) => {
    const [u] = argsOf(x!, coth) ?? [];
    const p = constantOf(exponent!);
    return u && p && isNegative(p) && p.d === 1n ? power(g, g.apply(tanh, u), p.neg()) : undefined;
  },
};

export const inverseRules: readonly FunctionRule[] = [
  twin('erfcx, n times derived', erfcx, erfcxDerivative(0)),
  twin('the Dawson integral, n times derived', dawson, dawsonDerivative(0)),
  twin('sin u/u, n times derived', sinc, sincDerivative(0)),
  logarithmOfQuotient,
  logOdds,
  atanhOfRoot,
  reciprocalOfCoth,
  nested('arsinh eᵘ', 'always', asinh, exp, (g, u) => g.apply(asinhOfExp, u)),
  nested('arcosh eᵘ', 'u ≥ 0, as both sides need', acosh, exp, (g, u) => g.apply(acoshOfExp, u)),
  nested('artanh eᵘ = ½·log((1 + eᵘ)/(1 − eᵘ))', 'u < 0, as both sides need', atanh, exp, (g, u) =>
    g.mul(HALF, g.sub(g.apply(softplus, u), g.apply(log1mexp, u))),
  ),
  nested('arcosh cosh u = |u|', 'always', acosh, cosh, (g, u) => g.apply(abs, u)),
  nested('arcsin tanh u = arctan sinh u', 'always', asin, tanh, (g, u) => g.apply(atan, g.apply(sinh, u))),
  nested('arccos tanh u = 2·arctan e⁻ᵘ', 'always', acos, tanh, (g, u) => g.mul(2, g.apply(atan, g.apply(exp, g.neg(u))))),
  nested('arcsin sech u = arctan csch |u|', 'always', asin, sech, (g, u) => g.apply(atan, g.apply(csch, g.apply(abs, u)))),
  nested('log erfc u', 'always', log, erfc, (g, u) => g.apply(logerfc, u)),
  nested('log erfcx u', 'always', log, erfcxDerivative(0), (g, u) => g.apply(logerfcx, u)),
  nested('log tanh u = log(1 − e⁻²ᵘ) − log(1 + e⁻²ᵘ)', 'u > 0, as both sides need', log, tanh, (g, u) => {
    const twice = g.mul(-2, u);
    return g.sub(g.apply(log1mexp, twice), g.apply(softplus, twice));
  }),
];
