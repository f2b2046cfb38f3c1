import { constantOf } from '../graph/forms.ts';
import { HALF, isNegative, isZero } from '../graph/rational.ts';
import { ABOVE_ZERO, needsUnitInterval, UNIT_INTERVAL } from './caveat.ts';
import { logit as logitKernel } from './kernels/inverses.ts';
import type { Operator } from './operator.ts';
import { divide, exp, log, power } from './power.ts';

/** The sigmoid, its inverse, and its integral, the softplus. */

export const sigmoid: Operator = {
  name: 'sigmoid',
  spellings: ['σ', 'logistic'],
  arity: 1,
  notation: { unicode: 'σ', latex: '\\sigma' },
  kernel: (x) => (x < -709 ? Math.exp(x) : 1 / (1 + Math.exp(-x))),
  partials: [(g, _args, y) => g.mul(y, g.sub(1, y))],
  rule: {
    id: 'sigmoid',
    name: 'sigmoid',
    why: 'The slope of the sigmoid is its value times one minus its value.',
    formula: 'σ′ = σ(1 − σ)',
  },
  range: UNIT_INTERVAL,
  definition: (g, x) => power(g, g.sum(1, g.apply(exp, g.neg(x))), -1),
  normal: (g, x) => {
    if (x.kind === 'apply' && x.operator === logit) return x.args[0];
    const c = constantOf(x);
    return c && isZero(c) ? g.constant(HALF, x.shape) : undefined;
  },
  // σ(u) and σ(−u), which meet in the slope, share one exponential t = e⁻ᵘ: r = 1/(1 + t) and t·r.
  lower: (g, x) => {
    const opposite = isNegative(g.splitCoefficient(x).coefficient);
    const t = g.apply(exp, opposite ? x : g.neg(x));
    const r = g.apply(logisticOfExp, t);
    return opposite ? g.apply(shareOfExp, t, r) : r;
  },
};

export const logit: Operator = {
  name: 'logit',
  arity: 1,
  notation: { latex: '\\operatorname{logit}' },
  kernel: logitKernel,
  partials: [(g, [x]) => power(g, g.mul(x!, g.sub(1, x!)), -1)],
  rule: {
    id: 'logit',
    name: 'log-odds',
    why: 'It undoes the sigmoid, so its slope is one over that of the sigmoid, 1/(u(1 − u)).',
    formula: 'logit′ u = 1/(u(1 − u))',
  },
  domain: (x) => x > 0 && x < 1,
  caveats: [needsUnitInterval],
  definition: (g, x) => g.apply(log, divide(g, x, g.sub(1, x))),
  normal: (g, x) => {
    if (x.kind === 'apply' && x.operator === sigmoid) return x.args[0];
    const c = constantOf(x);
    return c?.equals(HALF) ? g.constant(0, x.shape) : undefined;
  },
};

/** Only the compiler makes this one: one value to be used again, where a quotient would be divided again and again. */
export const logisticOfExp: Operator = {
  name: 'logisticOfExp',
  internal: true,
  arity: 1,
  kernel: (t) => 1 / (1 + t),
  partials: [(g, _args, y) => g.neg(power(g, y, 2))],
  rule: { id: 'reciprocal', name: 'reciprocal rule', why: 'The slope of 1/u is −1/u².', formula: '(1/u)′ = −1/u²' },
  domain: (t) => t !== -1,
  definition: (g, t) => power(g, g.sum(1, t), -1),
};

/** t·r with r = 1/(1 + t), also where t overflows. Only the compiler makes this one. */
export const shareOfExp: Operator = {
  name: 'shareOfExp',
  internal: true,
  arity: 2,
  kernel: (t, r) => (r === 0 ? 1 : t * r),
  partials: [(_g, [, r]) => r!, (_g, [t]) => t!],
  rule: { id: 'product', name: 'product rule', why: 'It is a product.', formula: '(t·r)′ = t′·r + t·r′' },
  definition: (g, t, r) => g.mul(t, r),
};

export const softplus: Operator = {
  name: 'softplus',
  arity: 1,
  notation: { latex: '\\operatorname{softplus}' },
  kernel: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
  partials: [(g, [x]) => g.apply(sigmoid, x!)],
  rule: { id: 'softplus', name: 'softplus', why: 'The slope of log(1 + eᵘ) is the sigmoid.', formula: 'softplus′ = σ' },
  range: ABOVE_ZERO,
  definition: (g, x) => g.apply(log, g.sum(1, g.apply(exp, x))),
};
