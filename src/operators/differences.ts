import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { HALF } from '../graph/rational.ts';
import { atan } from './elementary.ts';
import type { Operator } from './operator.ts';
import { divide, log, power, sqrt } from './power.ts';

/**
 * f(v + δ) − f(v), from v and δ: what is left when two nearly equal values of one function cancel. Each slope by v is
 * such a difference itself, in closed form, so derivatives of every order keep their digits.
 */

const moved = (g: Graph, v: Node, delta: Node): Node => g.sum(v, delta);

/** log(v + δ) − log v. */
export const logDifference: Operator = {
  name: 'log-difference',
  internal: true,
  arity: 2,
  kernel: (v, delta) => {
    const r = delta / v;
    if (Math.abs(r) < 0.5) return Math.log1p(r);
    const q = (v + delta) / v;
    return Number.isFinite(q) ? Math.log(q) : Math.log(Math.abs(v + delta)) - Math.log(Math.abs(v));
  },
  partials: [
    (g, [v, d]) => g.neg(g.mul(d!, power(g, v!, -1), power(g, moved(g, v!, d!), -1))),
    (g, [v, d]) => power(g, moved(g, v!, d!), -1),
  ],
  rule: {
    id: 'log',
    name: 'logarithm',
    why: 'The slopes of two logarithms nearly cancel; their difference has a closed form.',
    formula: '(log(v + δ) − log v)′ = −δ/(v·(v + δ))',
  },
  domain: (v, delta) => (v + delta) / v > 0,
  definition: (g, v, d) => g.apply(log, divide(g, moved(g, v, d), v)),
};

/** (v + δ)ᵖ − vᵖ by the logarithm of the quotient; the larger power stands in front. */
export const powerDifference: Operator = {
  name: 'power-difference',
  internal: true,
  arity: 3,
  kernel: (v, delta, p) => {
    if (p === 0 || delta === 0) return 0;
    if (!(v >= 0 && v + delta >= 0)) return (v + delta) ** p - v ** p;
    const exponent = p * logDifference.kernel(v, delta);
    return exponent > 0 ? -((v + delta) ** p) * Math.expm1(-exponent) : v ** p * Math.expm1(exponent);
  },
  partials: [
    (g, [v, d, p]) => g.mul(p!, g.apply(powerDifference, v!, d!, g.sub(p!, 1))),
    (g, [v, d, p]) => g.mul(p!, power(g, moved(g, v!, d!), g.sub(p!, 1))),
    (g, [v, d, p], y) => g.sum(g.mul(y, g.apply(log, moved(g, v!, d!))), g.mul(power(g, v!, p!), g.apply(logDifference, v!, d!))),
  ],
  rule: {
    id: 'power',
    name: 'power rule',
    why: 'The slopes of two powers nearly cancel; their difference is one of lower powers.',
    formula: '((v + δ)ᵖ − vᵖ)′ = p·((v + δ)ᵖ⁻¹ − vᵖ⁻¹)',
  },
  domain: (v, delta) => v > 0 && v + delta > 0,
  definition: (g, v, d, p) => g.sub(power(g, moved(g, v, d), p), power(g, v, p)),
};

/** atan(v + δ) − atan v: the angle of (1 + i(v + δ))·(1 − iv). */
export const atanDifference: Operator = {
  name: 'atan-difference',
  internal: true,
  arity: 2,
  kernel: (v, delta) => Math.atan2(delta, 1 + v * (v + delta)),
  partials: [
    (g, [v, d]) => g.neg(g.mul(d!, g.sum(g.mul(2, v!), d!), angular(g, v!), angular(g, moved(g, v!, d!)))),
    (g, [v, d]) => angular(g, moved(g, v!, d!)),
  ],
  rule: {
    id: 'atan',
    name: 'inverse tangent',
    why: 'The slopes of two angles nearly cancel; their difference has a closed form.',
    formula: '(atan(v + δ) − atan v)′ = −δ(2v + δ)/((1 + v²)(1 + (v + δ)²))',
  },
  definition: (g, v, d) => g.sub(g.apply(atan, moved(g, v, d)), g.apply(atan, v)),
};

const angular = (g: Graph, v: Node): Node => power(g, g.sum(1, power(g, v, 2)), -1);

/** √(w² + t) without the square where it overflows. */
function rootOf(w: number, t: number): number {
  const size = Math.abs(w);
  if (size < 1e100 && Math.abs(t) < 1e200) return Math.sqrt(w * w + t);
  const q = Math.sqrt(Math.abs(t));
  return t >= 0 ? Math.hypot(w, q) : Math.sqrt(size - q) * Math.sqrt(size + q);
}

const rootRule = {
  id: 'sqrt',
  name: 'square root',
  why: 'A root and what it nearly is: the difference has a closed form, and so has its slope.',
  formula: '∂(√(w² + t) − w)/∂w = −(√(w² + t) − w)/√(w² + t)',
};

const written = (g: Graph, w: Node, t: Node): Node => sqrt(g, g.sum(power(g, w, 2), t));
const inside = (w: number, t: number): boolean => w * w + t > 0;
const inverse = (g: Graph, w: Node, t: Node, n: number): Node => power(g, g.apply(rootOfSum, w, t), -n);

/** √(w² + t). */
const rootOfSum: Operator = {
  name: 'root-of-sum',
  internal: true,
  arity: 2,
  kernel: rootOf,
  partials: [(g, [w, t]) => g.mul(w!, inverse(g, w!, t!, 1)), (g, [w, t]) => g.mul(HALF, inverse(g, w!, t!, 1))],
  rule: rootRule,
  domain: inside,
  definition: written,
};

const rootDifferenceKernel = (w: number, t: number): number => {
  const r = rootOf(w, t);
  return w > 0 ? t / (r + w) : r - w;
};

/** √(w² + t) − w = t/(√(w² + t) + w). */
export const rootDifference: Operator = {
  name: 'root-difference',
  internal: true,
  arity: 2,
  kernel: rootDifferenceKernel,
  partials: [(g, [w, t]) => g.apply(rootSlope, w!, t!), (g, [w, t]) => g.mul(HALF, inverse(g, w!, t!, 1))],
  rule: rootRule,
  domain: inside,
  definition: (g, w, t) => g.sub(written(g, w, t), w),
};

/** w/√(w² + t) − 1. */
const rootSlope: Operator = {
  name: 'root-slope',
  internal: true,
  arity: 2,
  kernel: (w, t) => -rootDifferenceKernel(w, t) / rootOf(w, t),
  partials: [(g, [w, t]) => g.mul(t!, inverse(g, w!, t!, 3)), (g, [w, t]) => g.neg(g.mul(HALF, w!, inverse(g, w!, t!, 3)))],
  rule: rootRule,
  domain: inside,
  definition: (g, w, t) => g.sub(divide(g, w, written(g, w, t)), 1),
};

export const differences: readonly Operator[] = [
  logDifference,
  powerDifference,
  atanDifference,
  rootOfSum,
  rootDifference,
  rootSlope,
];
