import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { expm1, log1p } from './logarithmic.ts';
import type { Operator } from './operator.ts';
import { divide, exp, log } from './power.ts';

/** Logarithms of what is put together of exponentials, where these vanish or overflow. */

/** log(c·eᵐ + d·eⁿ) for n ≤ m, r being the ratio of the terms; beside one that is nearly all, by what it lacks. */
function mixed(c: number, m: number, d: number, n: number): number {
  const r = (d / c) * Math.exp(n - m);
  if (c > 0 && Math.abs(r) < 0.5) return m + Math.log(c) + Math.log1p(r);
  if (d > 0 && Math.abs(r) > 2) return n + Math.log(d) + Math.log1p(1 / r);
  return m + Math.log(c + c * r);
}

/** Whether that sum is one. */
function isPositive(c: number, m: number, d: number, n: number): boolean {
  const r = (d / c) * Math.exp(n - m);
  return (c > 0 && Math.abs(r) < 0.5) || (d > 0 && Math.abs(r) > 2) || c + c * r > 0;
}

/**
 * log(a·eᵘ + b·eᵛ) for coefficients of any sign, which may be 0: the likelihood y·σ(z) + (1 − y)·(1 − σ(z)) of an answer y.
 * Its slopes: eᵘ⁻ʸ by a, and by u the share of its term.
 */
export const logMixture: Operator = {
  name: 'log-mixture',
  internal: true,
  arity: 4,
  kernel: (a, u, b, v) => {
    if (a === 0) return Math.log(b) + v;
    if (b === 0) return Math.log(a) + u;
    return u >= v ? mixed(a, u, b, v) : mixed(b, v, a, u);
  },
  partials: [
    (g, [, u], y) => g.apply(exp, g.sub(u!, y)),
    (g, [a, u, b, v]) => g.apply(mixtureShare, a!, u!, b!, v!),
    (g, [, , , v], y) => g.apply(exp, g.sub(v!, y)),
    (g, [a, u, b, v]) => g.apply(mixtureShare, b!, v!, a!, u!),
  ],
  rule: { id: 'log', name: 'logarithm', why: 'Each term passes on its share of the sum.', formula: '∂/∂u = a·eᵘ/(a·eᵘ + b·eᵛ)' },
  domain: (a, u, b, v) => (a === 0 ? b > 0 : b === 0 ? a > 0 : u >= v ? isPositive(a, u, b, v) : isPositive(b, v, a, u)),
  definition: (g, a, u, b, v) => g.apply(log, g.sum(g.mul(a, g.apply(exp, u)), g.mul(b, g.apply(exp, v)))),
};

/** a·eᵘ/(a·eᵘ + b·eᵛ): of shares s and 1 − s each gets s·(1 − s) more by its own exponent. */
export const mixtureShare: Operator = {
  name: 'mixture-share',
  internal: true,
  arity: 4,
  kernel: (a, u, b, v) => (a === 0 ? 0 : b === 0 ? 1 : 1 / (1 + (b / a) * Math.exp(v - u))),
  partials: [
    (g, [a, u, b, v]) => g.mul(perCoefficient(g, a!, u!, b!, v!), g.apply(mixtureShare, b!, v!, a!, u!)),
    (g, [a, u, b, v], s) => g.mul(s, g.apply(mixtureShare, b!, v!, a!, u!)),
    (g, [a, u, b, v], s) => g.neg(g.mul(s, perCoefficient(g, b!, v!, a!, u!))),
    (g, [a, u, b, v], s) => g.neg(g.mul(s, g.apply(mixtureShare, b!, v!, a!, u!))),
  ],
  rule: {
    id: 'sigmoid',
    name: 'sigmoid',
    why: 'A share s of two moves by s·(1 − s).',
    formula: '(eᵘ/(eᵘ + eᵛ))′ = s·(1 − s)',
  },
  domain: (a, u, b, v) => a > 0 && b > 0 && a / b < 1e300 && b / a < 1e300 && Math.abs(u - v) < 1e300,
  definition: (g, a, u, b, v) => divide(g, a, g.sum(a, g.mul(b, g.apply(exp, g.sub(v, u))))),
};

/** eᵘ/(a·eᵘ + b·eᵛ). */
const perCoefficient = (g: Graph, a: Node, u: Node, b: Node, v: Node): Node =>
  g.apply(exp, g.sub(u, g.apply(logMixture, a, u, b, v)));

/** log(1 − e^(−eᵘ)), the chance of one event at least at the rate eᵘ: far left it is u. Its slope is e^(u − eᵘ − y). */
export const logOfEvents: Operator = {
  name: 'log-of-events',
  internal: true,
  arity: 1,
  kernel: (u) => {
    const rate = Math.exp(u);
    if (u < -37) return u - rate / 2;
    return rate < Math.LN2 ? Math.log(-Math.expm1(-rate)) : Math.log1p(-Math.exp(-rate));
  },
  partials: [(g, [u], y) => g.apply(exp, g.sub(g.sub(u!, g.apply(exp, u!)), y))],
  rule: {
    id: 'log',
    name: 'logarithm',
    why: 'The slope of log(1 − e^(−eᵘ)) is eᵘ/(e^(eᵘ) − 1).',
    formula: '(log(1 − e^(−eᵘ)))′ = eᵘ/(e^(eᵘ) − 1)',
  },
  definition: (g, u) => g.apply(log1p, g.neg(g.sum(1, g.apply(expm1, g.neg(g.apply(exp, u)))))),
};
