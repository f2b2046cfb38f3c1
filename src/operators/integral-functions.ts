import { constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { HALF, isOne, isZero } from '../graph/rational.ts';
import { type Caveat, needsAbove, needsNonzero, needsPositive, ofArgument } from './caveat.ts';
import { equal, where } from './comparison.ts';
import { pi } from './constants.ts';
import { cosh, sinh } from './elementary.ts';
import { fresnelC, fresnelS } from './kernels/fresnel.ts';
import { coshIntegral, cosIntegral, expIntegral, logIntegral, sinhIntegral, sinIntegral } from './kernels/integrals.ts';
import { lambertW } from './kernels/lambert.ts';
import { polylog as polylogKernel } from './kernels/polylog.ts';
import type { Operator } from './operator.ts';
import { byOrder, elementary } from './pattern.ts';
import { divide, exp, log, power } from './power.ts';
import { sinc } from './sinc.ts';
import { cos, sin } from './trigonometric.ts';

/** Functions that are the integrals of elementary ones, and Lambert's W: what antiderivatives are written in. */

const positive = (x: number) => x > 0;
const nonzero = (x: number) => x !== 0;

/** The integral of f(t)/t has the slope f(u)/u. */
const over = (f: Operator) => (g: Graph, x: Node) => divide(g, g.apply(f, x), x);

const Ei = elementary({
  name: 'Ei',
  id: 'exponential-integral',
  kernel: expIntegral,
  slope: over(exp),
  formula: 'Ei′ u = eᵘ/u',
  label: 'exponential integral',
  why: 'It is the integral of eᵗ/t, so its slope is what is integrated.',
  caveats: [needsNonzero],
  domain: nonzero,
});

const both = (g: Graph, x: Node, sign: 1 | -1): Node => g.mul(HALF, g.sum(g.apply(Ei, x), g.mul(sign, g.apply(Ei, g.neg(x)))));

const li = elementary({
  name: 'li',
  id: 'logarithmic-integral',
  kernel: logIntegral,
  slope: (g, x) => power(g, g.apply(log, x), -1),
  formula: 'li′ u = 1/ln u',
  label: 'logarithmic integral',
  why: 'It is the integral of 1/ln t, so its slope is what is integrated.',
  caveats: [
    needsPositive,
    { kind: 'needs', condition: (u) => `${u} ≠ 1`, settled: ({ least, most }) => least > 1 || most < 1, enough: true },
  ],
  domain: (x) => x > 0 && x !== 1,
  definition: (g, x) => g.apply(Ei, g.apply(log, x)),
});

const Si = elementary({
  name: 'Si',
  id: 'sine-integral',
  kernel: sinIntegral,
  slope: (g, x) => g.apply(sinc, x),
  formula: 'Si′ u = sinc u',
  label: 'sine integral',
  why: 'It is the integral of sin t/t, so its slope is what is integrated: sinc u, which is 1 at 0.',
  parity: -1,
  atZero: 0,
});

const Ci = elementary({
  name: 'Ci',
  id: 'cosine-integral',
  kernel: cosIntegral,
  slope: over(cos),
  formula: 'Ci′ u = cos u/u',
  label: 'cosine integral',
  why: 'It is an integral of cos t/t, so its slope is what is integrated.',
  caveats: [{ ...needsPositive, enough: true }],
  domain: positive,
});

const Shi = elementary({
  name: 'Shi',
  id: 'hyperbolic-sine-integral',
  kernel: sinhIntegral,
  // Which is 1 at 0, and even.
  slope: (g, x) => g.apply(where, g.apply(equal, x, 0), 1, over(sinh)(g, x)),
  formula: 'Shi′ u = sinh u/u, 1 at 0',
  label: 'hyperbolic sine integral',
  why: 'It is the integral of sinh t/t, so its slope is what is integrated, which is 1 at 0.',
  definition: (g, x) => both(g, x, -1),
  parity: -1,
  atZero: 0,
});

const Chi = elementary({
  name: 'Chi',
  id: 'hyperbolic-cosine-integral',
  kernel: coshIntegral,
  slope: over(cosh),
  formula: 'Chi′ u = cosh u/u',
  label: 'hyperbolic cosine integral',
  why: 'It is an integral of cosh t/t, so its slope is what is integrated.',
  caveats: [{ ...needsPositive, enough: true }],
  domain: positive,
  definition: (g, x) => both(g, x, 1),
});

/** πx²/2 */
const halfTurns = (g: Graph, x: Node): Node => g.mul(HALF, g.apply(pi), power(g, x, 2));

const fresnels = elementary({
  name: 'fresnels',
  spellings: ['fresnelS', 'FresnelS'],
  id: 'fresnel-s',
  kernel: fresnelS,
  slope: (g, x) => g.apply(sin, halfTurns(g, x)),
  formula: 'S′ u = sin(π·u²/2)',
  label: 'Fresnel sine integral',
  why: 'It is the integral of sin(π·t²/2), so its slope is what is integrated.',
  latex: '\\operatorname{S}',
  parity: -1,
  atZero: 0,
});

const fresnelc = elementary({
  name: 'fresnelc',
  spellings: ['fresnelC', 'FresnelC'],
  id: 'fresnel-c',
  kernel: fresnelC,
  slope: (g, x) => g.apply(cos, halfTurns(g, x)),
  formula: 'C′ u = cos(π·u²/2)',
  label: 'Fresnel cosine integral',
  why: 'It is the integral of cos(π·t²/2), so its slope is what is integrated.',
  latex: '\\operatorname{C}',
  parity: -1,
  atZero: 0,
});

const lambertw = elementary({
  name: 'lambertw',
  spellings: ['LambertW', 'lambertW'],
  id: 'lambert-w',
  kernel: lambertW,
  // Not W/(u·(1 + W)), which is 0/0 at 0.
  slope: (g, _x, y) => divide(g, g.apply(exp, g.neg(y)), g.sum(1, y)),
  formula: 'W′ u = e⁻ᵂ/(1 + W)',
  label: 'Lambert W function',
  why: 'It undoes w·eʷ, so its slope is one over eʷ·(1 + w).',
  latex: '\\operatorname{W}',
  caveats: [needsAbove(-Math.exp(-1), '−1/e')],
  domain: (x) => x > -Math.exp(-1),
  atZero: 0,
});

const needsBelowOne: Caveat = {
  kind: 'needs',
  condition: (u) => `${u} < 1`,
  settled: ({ most, openMost }) => most < 1 || (most === 1 && openMost === true),
};

export const polylog: Operator = byOrder({
  name: 'polylog',
  form: { latex: '\\operatorname{Li}_{$1}\\left($2\\right)' },
  id: 'polylogarithm',
  kernel: polylogKernel,
  slope: (g, n, x) => divide(g, g.apply(polylog, g.sub(n, 1), x), x),
  formula: 'Liₙ′ u = Liₙ₋₁ u/u',
  label: 'polylogarithm',
  why: 'In the series Σ uᵏ/kⁿ every derivative brings a factor k down and takes a factor u away.',
  caveats: [ofArgument(1, needsBelowOne)],
  domain: (n, x) => Number.isInteger(n) && n >= 2 && x < 1 && x !== 0,
  normal: (g, n, x) => {
    const order = constantOf(n);
    if (order && isOne(order)) return g.neg(g.apply(log, g.sub(1, x)));
    return order && isZero(order) ? divide(g, x, g.sub(1, x)) : undefined;
  },
});

export const integralFunctions: readonly Operator[] = [Ei, li, Si, Ci, Shi, Chi, fresnels, fresnelc, lambertw, polylog];
