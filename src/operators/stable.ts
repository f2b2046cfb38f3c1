import { constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { HALF } from '../graph/rational.ts';
import { sigmoid } from './activation.ts';
import { differences } from './differences.ts';
import { acosh, asinh, cosh, sinh } from './elementary.ts';
import { ellipticForms } from './elliptic.ts';
import { errorForms } from './error-derivatives.ts';
import { abs } from './kinked.ts';
import { expm1, log1p } from './logarithmic.ts';
import { logMixture, logOfEvents, mixtureShare } from './mixtures.ts';
import type { Operator } from './operator.ts';
import { exp, log, pow, power, sqrt } from './power.ts';
import { scaled } from './scaled.ts';
import { sincDerivative } from './sinc.ts';
import { cos, sin, tanh } from './trigonometric.ts';

/**
 * Combinations that lose their digits, or overflow, where they are computed as they are written. Nothing that is
 * printed has them: `stabilise/stabilise.ts` puts them in where things become numbers.
 */

/** log(eᵃ + eᵇ) = max(a, b) + log(1 + e^−|a − b|). */
export const logaddexp: Operator = {
  name: 'logaddexp',
  internal: true,
  arity: 2,
  kernel: (a, b) => (a === b ? a + Math.LN2 : Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)))),
  partials: [(g, [a, b]) => share(g, a!, b!), (g, [a, b]) => share(g, b!, a!)],
  rule: { id: 'log', name: 'logarithm', why: 'Each exponential passes on its share of the sum.', formula: '∂/∂u = eᵘ/(eᵘ + eᵛ)' },
  definition: (g, a, b) => g.apply(log, g.sum(g.apply(exp, a), g.apply(exp, b))),
};

/** eᵃ/(eᵃ + eᵇ) = σ(a − b); with a = −b the difference is doubled without a rounding of its own. */
const share = (g: Graph, a: Node, b: Node): Node => g.apply(sigmoid, g.sub(a, b));

/** σ(u) + r as (1 + r) − σ(−u) where σ(u) is near 1: for r = −1 nothing of the small difference is lost. */
export const sigmoidPlus: Operator = {
  name: 'sigmoid-plus',
  internal: true,
  arity: 2,
  kernel: (u, r) => (u > 0 ? 1 + r - sigmoid.kernel(-u) : sigmoid.kernel(u) + r),
  partials: [(g, [u]) => g.mul(g.apply(sigmoid, u!), g.apply(sigmoid, g.neg(u!))), (g, [u]) => g.constant(1, u!.shape)],
  rule: { id: 'sigmoid', name: 'sigmoid', why: 'Only the sigmoid moves with u.', formula: '∂/∂u = σ(u)·σ(−u)' },
  definition: (g, u, r) => g.sum(g.apply(sigmoid, u), r),
};

/** 1 − cos u = 2·sin²(u/2). */
export const versine: Operator = {
  name: 'versine',
  internal: true,
  arity: 1,
  kernel: (x) => 2 * Math.sin(x / 2) ** 2,
  partials: [(g, [x]) => g.apply(sin, x!)],
  rule: { id: 'cos', name: 'cosine', why: 'The slope of 1 − cos u is the sine.', formula: '(1 − cos u)′ = sin u' },
  definition: (g, x) => g.sub(1, g.apply(cos, x)),
};

/** cosh u − 1 = 2·sinh²(u/2). */
export const coshm1: Operator = {
  name: 'coshm1',
  internal: true,
  arity: 1,
  // Where the square overflows, so does cosh, but for its last factor of two.
  kernel: (x) => (Math.abs(x) < 1 ? 2 * Math.sinh(x / 2) ** 2 : Math.cosh(x) - 1),
  partials: [(g, [x]) => g.apply(sinh, x!)],
  rule: { id: 'cosh', name: 'hyperbolic cosine', why: 'The slope of cosh u − 1 is sinh.', formula: '(cosh u − 1)′ = sinh u' },
  definition: (g, x) => g.sub(g.apply(cosh, x), 1),
};

/** √(1 + u) − 1 = u/(√(1 + u) + 1). */
export const sqrt1pm1: Operator = {
  name: 'sqrt1pm1',
  internal: true,
  arity: 1,
  kernel: (x) => (x === Infinity ? x : x / (Math.sqrt(1 + x) + 1)),
  partials: [(g, [x]) => g.mul(HALF, power(g, g.sum(1, x!), HALF.neg()))],
  rule: { id: 'sqrt', name: 'square root', why: 'A root is the power one half.', formula: '(√(1 + u) − 1)′ = 1/(2√(1 + u))' },
  domain: (x) => x > -1,
  definition: (g, x) => g.sub(sqrt(g, g.sum(1, x)), 1),
};

/**
 * (1 + u)ᵖ. Of a small u the sum 1 + u loses digits, which a large p multiplies; what it loses, d, is known exactly (Dekker 1971), and
 * (1 + u)ᵖ = wᵖ·(1 + d/w)ᵖ for the rounded sum w.
 */
export const compound: Operator = {
  name: 'compound',
  internal: true,
  arity: 2,
  kernel: (u, p) => {
    const w = 1 + u;
    const power = w ** p;
    const lost = Math.abs(u) <= 1 ? u - (w - 1) : 1 - (w - u);
    return lost === 0 || power === 0 || !Number.isFinite(power) ? power : power * Math.exp(p * (lost / w));
  },
  partials: [
    (g, [u, p]) => g.apply(scaled, p!, g.apply(compound, u!, g.sum(p!, -1))),
    (g, [u], y) => g.apply(scaled, y, g.apply(log1p, u!)),
  ],
  rule: {
    id: 'power',
    name: 'power rule',
    why: 'The exponent comes down as a factor and drops by one.',
    formula: '((1 + u)ᵖ)′ = p·(1 + u)ᵖ⁻¹',
  },
  domain: (u, p) => u > -1 || (Number.isInteger(p) && (u < -1 || p >= 1)),
  definition: (g, u, p) => g.apply(pow, g.sum(1, u), p),
};

/** log(1 − eᵘ) for u < 0 (Mächler, Accurately computing log(1 − exp(−|a|)), 2012). */
export const log1mexp: Operator = {
  name: 'log1mexp',
  internal: true,
  arity: 1,
  kernel: (x) => (x > -Math.LN2 ? Math.log(-Math.expm1(x)) : Math.log1p(-Math.exp(x))),
  partials: [(g, [x]) => g.neg(power(g, g.apply(expm1, g.neg(x!)), -1))],
  rule: {
    id: 'log',
    name: 'logarithm',
    why: 'The slope of log(1 − eᵘ) is −1/(e⁻ᵘ − 1).',
    formula: '(log(1 − eᵘ))′ = −1/(e⁻ᵘ − 1)',
  },
  domain: (x) => x < 0,
  definition: (g, x) => g.apply(log1p, g.neg(g.apply(exp, x))),
};

/** arsinh eᵘ where eᵘ overflows. */
export const asinhOfExp: Operator = {
  name: 'asinh-of-exp',
  internal: true,
  arity: 1,
  kernel: (x) => (x > 30 ? x + Math.LN2 : Math.asinh(Math.exp(x))),
  partials: [(g, [x]) => power(g, g.apply(sigmoid, g.mul(2, x!)), HALF)],
  rule: {
    id: 'asinh',
    name: 'inverse hyperbolic sine',
    why: 'Its slope eᵘ/√(1 + e²ᵘ) is the root of a sigmoid.',
    formula: '(arsinh eᵘ)′ = √σ(2u)',
  },
  definition: (g, x) => g.apply(asinh, g.apply(exp, x)),
};

/** arcosh eᵘ where eᵘ overflows, and where it is next to 1: log(eᵘ + √(e²ᵘ − 1)). */
export const acoshOfExp: Operator = {
  name: 'acosh-of-exp',
  internal: true,
  arity: 1,
  kernel: (x) => {
    if (x > 30) return x + Math.LN2;
    const t = Math.expm1(x);
    return Math.log1p(t + Math.sqrt(t * (t + 2)));
  },
  partials: [(g, [x]) => power(g, g.neg(g.apply(expm1, g.mul(-2, x!))), HALF.neg())],
  rule: {
    id: 'acosh',
    name: 'inverse hyperbolic cosine',
    why: 'Its slope is eᵘ/√(e²ᵘ − 1), with e²ᵘ divided out.',
    formula: '(arcosh eᵘ)′ = 1/√(1 − e⁻²ᵘ)',
  },
  domain: (x) => x > 0,
  definition: (g, x) => g.apply(acosh, g.apply(exp, x)),
};

/** log cosh u, by cosh u − 1 where that is small. */
export const logcosh: Operator = {
  name: 'logcosh',
  internal: true,
  arity: 1,
  kernel: (x) => {
    const size = Math.abs(x);
    return size < 1 ? Math.log1p(coshm1.kernel(size)) : size - Math.LN2 + Math.log1p(Math.exp(-2 * size));
  },
  partials: [(g, [x]) => g.apply(tanh, x!)],
  rule: { id: 'log', name: 'logarithm', why: 'The slope of log cosh u is tanh u.', formula: '(log cosh u)′ = tanh u' },
  definition: (g, x) => g.apply(log, g.apply(cosh, x)),
};

/** √(u² + v²) without the squares, which overflow and underflow long before the root does. */
export const hypotenuse: Operator = {
  name: 'hypotenuse',
  internal: true,
  arity: 2,
  kernel: Math.hypot,
  partials: [(g, [x, y]) => g.apply(direction, x!, y!), (g, [x, y]) => g.apply(direction, y!, x!)],
  rule: {
    id: 'sqrt',
    name: 'square root',
    why: 'The slope of a length is the direction.',
    formula: '∂√(u² + v²)/∂u = u/√(u² + v²)',
  },
  domain: (x, y) => x !== 0 || y !== 0,
  definition: (g, x, y) => sqrt(g, g.sum(power(g, x, 2), power(g, y, 2))),
  normal: (g, x, y) => {
    if (constantOf(x)?.equals(0)) return g.apply(abs, y);
    if (constantOf(y)?.equals(0)) return g.apply(abs, x);
    return x.id > y.id ? g.apply(hypotenuse, y, x) : undefined;
  },
};

/**
 * u/√(u² + v²), and 0 at the origin, where it is the subgradient of least norm. Its own slopes, (v/r)²/r and
 * −(u/r)(v/r)/r with r = √(u² + v²), have no difference of nearly equal terms.
 */
export const direction: Operator = {
  name: 'direction',
  internal: true,
  arity: 2,
  kernel: (x, y) => {
    const length = Math.hypot(x, y);
    return length === 0 ? 0 : x / length;
  },
  partials: [
    (g, [x, y]) => g.mul(g.apply(pow, g.apply(direction, y!, x!), 2), inverseLength(g, x!, y!)),
    (g, [x, y]) => g.neg(g.mul(g.apply(direction, x!, y!), g.apply(direction, y!, x!), inverseLength(g, x!, y!))),
  ],
  rule: {
    id: 'sqrt',
    name: 'square root',
    why: 'A direction turns only by what is across it.',
    formula: '∂/∂u = v²/(u² + v²)^(3/2)',
  },
  domain: (x, y) => x !== 0 || y !== 0,
  definition: (g, x, y) => g.mul(x, power(g, g.sum(power(g, x, 2), power(g, y, 2)), HALF.neg())),
};

const inverseLength = (g: Graph, x: Node, y: Node): Node => power(g, g.apply(hypotenuse, x, y), -1);

export const stableForms: readonly Operator[] = [
  logaddexp,
  sigmoidPlus,
  versine,
  coshm1,
  sqrt1pm1,
  compound,
  log1mexp,
  logMixture,
  mixtureShare,
  logOfEvents,
  logcosh,
  asinhOfExp,
  acoshOfExp,
  hypotenuse,
  direction,
  ...differences,
  ...errorForms,
  ...ellipticForms,
  ...[0, 1, 2, 5].map(sincDerivative),
];
