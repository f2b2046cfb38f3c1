import { constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { HALF, isZero } from '../graph/rational.ts';
import type { Entry } from '../graph/stretching.ts';
import { sigmoid } from './activation.ts';
import { areApart, type Caveat, isNonzero, kinkAtZero } from './caveat.ts';
import { greater, where } from './comparison.ts';
import { pi } from './constants.ts';
import { erfc } from './error-functions.ts';
import { normalShare } from './kernels/erf.ts';
import { abs, max, min, relu, step } from './kinked.ts';
import { expm1 } from './logarithmic.ts';
import type { Operator } from './operator.ts';
import { elementary } from './pattern.ts';
import { divide, exp, power, sqrt } from './power.ts';

/** Functions that neurons use, beside `tanh`, `sigmoid`, `softplus` and `relu`. */

/** Another slope on each side of zero, where it is the left one. */
const bySide = (g: Graph, x: Node, right: Entry, left: Entry): Node => g.apply(where, g.apply(greater, x, 0), right, left);

/** min(u, 0), which has slope 0 at the kink. */
const negativePart = (g: Graph, x: Node): Node => g.neg(g.apply(relu, g.neg(x)));

export const silu = elementary({
  name: 'silu',
  spellings: ['swish'],
  // Far left e^x would be subnormal before x brings it back.
  kernel: (x) => (x < -700 ? x * Math.exp(x / 2) * Math.exp(x / 2) : x / (1 + Math.exp(-x))),
  slope: (g, x, y) => {
    const s = g.apply(sigmoid, x);
    return g.sum(s, g.mul(y, g.sub(1, s)));
  },
  formula: 'silu′ u = σ(u) + silu(u)·(1 − σ(u))',
  label: 'sigmoid linear unit',
  why: 'It is u·σ(u); the product rule gives σ + u·σ·(1 − σ).',
  definition: (g, x) => g.mul(x, g.apply(sigmoid, x)),
  atZero: 0,
});

/** Φ(x) = ½·erfc(−x/√2), which keeps its digits far left. */
const normal = (g: Graph, x: Node): Node => g.mul(HALF, g.apply(erfc, g.neg(divide(g, x, sqrt(g, g.constant(2))))));

export const gelu = elementary({
  name: 'gelu',
  kernel: (x) => normalShare(x, x),
  slope: (g, x) =>
    g.sum(normal(g, x), divide(g, g.mul(x, g.apply(exp, g.neg(g.mul(HALF, power(g, x, 2))))), sqrt(g, g.mul(2, g.apply(pi))))),
  formula: 'gelu′ u = Φ(u) + u·φ(u), φ(u) = e^(−u²/2)/√(2π)',
  label: 'Gaussian error linear unit',
  why: 'It is u times the share Φ(u) of the standard normal below u; the slope of Φ is the bell curve φ.',
  definition: (g, x) => g.mul(x, normal(g, x)),
  atZero: 0,
});

/** At 0 the slope is the left one, a, which is no kink where a is 1. */
const leftSlope: Caveat = {
  ...kinkAtZero,
  applies: ([, a]) => constantOf(a!)?.equals(1) !== true,
  settled: isNonzero,
  slope: (_, a) => a!,
};

/** Beyond c nothing passes, nor does at c. */
const kinkAt = (c: number, text: string): Caveat => ({
  kind: 'kink',
  condition: (u) => `${u} = ${text}`,
  settled: (u) => areApart(u, { least: c, most: c }),
});

const leakyRelu: Operator = {
  name: 'leaky_relu',
  arity: 2,
  defaults: [0.01],
  notation: { latex: '\\operatorname{leaky\\_relu}' },
  kernel: (x, a) => (x > 0 ? x : a * x),
  partials: [(g, [x, a]) => bySide(g, x!, 1, a!), (g, [x]) => negativePart(g, x!)],
  rule: {
    id: 'leaky-relu',
    name: 'leaky rectifier',
    why: 'Where u is positive it passes unchanged, elsewhere with the slope a.',
    formula: 'leaky_relu′(u) = 1 if u > 0, else a',
  },
  caveats: [leftSlope],
  definition: (g, x, a) => g.sub(g.apply(relu, x), g.mul(a, g.apply(relu, g.neg(x)))),
};

export const elu: Operator = {
  name: 'elu',
  arity: 2,
  defaults: [1],
  notation: { latex: '\\operatorname{elu}' },
  kernel: (x, a) => (x > 0 ? x : a * Math.expm1(x)),
  partials: [(g, [x, a]) => bySide(g, x!, 1, g.mul(a!, g.apply(exp, x!))), (g, [x]) => g.apply(expm1, negativePart(g, x!))],
  rule: {
    id: 'elu',
    name: 'exponential linear unit',
    why: 'Where u is positive it passes unchanged, elsewhere the slope is that of a·(eᵘ − 1).',
    formula: 'elu′(u) = 1 if u > 0, else a·eᵘ',
  },
  normal: (g, x) => {
    const c = constantOf(x);
    return c && isZero(c) ? g.constant(0, x.shape) : undefined;
  },
  caveats: [leftSlope],
  definition: (g, x, a) => g.sum(g.apply(relu, x), g.mul(a, g.apply(expm1, negativePart(g, x)))),
};

export const hardtanh = elementary({
  name: 'hardtanh',
  kernel: (x) => Math.max(-1, Math.min(1, x)),
  slope: (g, x) => g.apply(step, g.sub(1, g.apply(abs, x))),
  formula: 'hardtanh′(u) = 1 if |u| < 1, else 0',
  label: 'hard tanh',
  why: 'Between −1 and 1 it passes unchanged, beyond nothing passes.',
  caveats: [kinkAt(-1, '−1'), kinkAt(1, '1')],
  definition: (g, x) => g.apply(max, g.apply(min, x, 1), -1),
  parity: -1,
  atZero: 0,
});

export const relu6 = elementary({
  name: 'relu6',
  kernel: (x) => Math.max(0, Math.min(6, x)),
  slope: (g, x) => g.mul(g.apply(step, x), g.apply(step, g.sub(6, x))),
  formula: 'relu6′(u) = 1 if 0 < u < 6, else 0',
  label: 'rectifier up to 6',
  why: 'Between 0 and 6 it passes unchanged, beyond nothing passes.',
  caveats: [kinkAt(0, '0'), kinkAt(6, '6')],
  definition: (g, x) => g.apply(min, g.apply(relu, x), 6),
  atZero: 0,
});

export const activations: readonly Operator[] = [leakyRelu, elu, gelu, silu, hardtanh, relu6];
