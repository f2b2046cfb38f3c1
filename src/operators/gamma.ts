import { constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { toNumber } from '../graph/rational.ts';
import { isPositive, needsOffPoles, needsPositive, ofArgument } from './caveat.ts';
import { beta as betaKernel, gamma as gammaKernel, lgamma as lgammaKernel } from './kernels/gamma.ts';
import { upperGamma as upperGammaKernel } from './kernels/incomplete-gamma.ts';
import { digamma as digammaKernel, polygamma as polygammaKernel, trigamma as trigammaKernel } from './kernels/polygamma.ts';
import { abs } from './kinked.ts';
import type { Operator } from './operator.ts';
import { byOrder, elementary, noSlope } from './pattern.ts';
import { divide, exp, log, power } from './power.ts';
import { leastWhole } from './whole.ts';

/** The gamma function, and the derivatives of its logarithm. */

/** Off the poles 0, −1, −2, … */
const offPoles = (x: number): boolean => x > 0 || !Number.isInteger(x);

/** Factorials that are written out: 20! is the last that fits a long integer. */
const LARGEST_EXACT = 21;

export const gamma: Operator = {
  ...elementary({
    name: 'gamma',
    spellings: ['Γ'],
    kernel: gammaKernel,
    slope: (g, x, y) => g.mul(y, g.apply(digamma, x)),
    formula: 'Γ′ = Γ·ψ',
    label: 'gamma function',
    why: 'The slope of log Γ is the digamma function ψ, so that of Γ is Γ·ψ.',
    latex: '\\Gamma',
    unicode: 'Γ',
    domain: offPoles,
    caveats: [needsOffPoles],
  }),
  normal: (g, x) => {
    const c = constantOf(x);
    return c && c.d === 1n && c.s > 0n && c.n > 0n && c.n <= LARGEST_EXACT
      ? g.constant(gammaKernel(toNumber(c)), x.shape)
      : undefined;
  },
};

export const lgamma = elementary({
  name: 'lgamma',
  form: { latex: '\\ln\\left|\\Gamma\\left($1\\right)\\right|' },
  spellings: ['loggamma', 'gammaln'],
  kernel: lgammaKernel,
  slope: (g, x) => g.apply(digamma, x),
  formula: '(ln |Γ|)′ = ψ',
  label: 'logarithm of the gamma function',
  why: 'The digamma function is defined as the slope of log |Γ|.',
  domain: offPoles,
  caveats: [needsOffPoles],
  definition: (g, x) => g.apply(log, g.apply(abs, g.apply(gamma, x))),
});

export const digamma: Operator = elementary({
  name: 'digamma',
  spellings: ['ψ'],
  kernel: digammaKernel,
  slope: (g, x) => g.apply(trigamma, x),
  formula: 'ψ′ = trigamma',
  label: 'digamma function',
  why: 'The slope of digamma is called trigamma.',
  latex: '\\psi',
  unicode: 'ψ',
  domain: offPoles,
  caveats: [needsOffPoles],
});

export const trigamma: Operator = elementary({
  name: 'trigamma',
  kernel: trigammaKernel,
  slope: (g, x) => g.apply(polygamma, 2, x),
  formula: 'trigamma′ = ψ⁽²⁾',
  label: 'trigamma function',
  why: 'It is the first derivative of digamma, so its slope is the second.',
  latex: '\\psi_{1}',
  domain: offPoles,
  caveats: [needsOffPoles],
});

const low: Readonly<Record<string, () => Operator>> = { 0: () => digamma, 1: () => trigamma };

export const polygamma: Operator = byOrder({
  name: 'polygamma',
  form: { latex: '\\psi^{($1)}\\left($2\\right)' },
  id: 'polygamma',
  kernel: polygammaKernel,
  slope: (g, n, x) => g.apply(polygamma, g.sum(n, 1), x),
  formula: '(ψ⁽ⁿ⁾)′ = ψ⁽ⁿ⁺¹⁾',
  label: 'polygamma function',
  why: 'It is the n-th derivative of digamma, so its slope is the next one.',
  domain: (n, x) => Number.isInteger(n) && n >= 0 && offPoles(x),
  caveats: [ofArgument(1, needsOffPoles)],
  normal: (g, n, x) => {
    const operator = low[constantOf(n)?.toFraction() ?? '']?.();
    return operator && g.apply(operator, x);
  },
});

const betaSlope = (g: Graph, by: Node, a: Node, b: Node, y: Node): Node =>
  g.mul(y, g.sub(g.apply(digamma, by), g.apply(digamma, g.sum(a, b))));

export const beta: Operator = {
  name: 'beta',
  arity: 2,
  notation: { latex: '\\mathrm{B}' },
  kernel: betaKernel,
  partials: [(g, [a, b], y) => betaSlope(g, a!, a!, b!, y), (g, [a, b], y) => betaSlope(g, b!, a!, b!, y)],
  rule: {
    id: 'beta',
    name: 'beta function',
    why: 'It is Γ(u)·Γ(v)/Γ(u + v), so each slope is the function times a difference of digammas.',
    formula: '∂B(u, v)/∂u = B(u, v)·(ψ(u) − ψ(u + v))',
  },
  domain: (a, b) => offPoles(a) && offPoles(b) && offPoles(a + b),
  caveats: [
    needsOffPoles,
    ofArgument(1, needsOffPoles),
    {
      ...needsOffPoles,
      condition: (a, b) => `${a} + ${b} ∉ {0, −1, −2, …}`,
      settled: (a, b) => isPositive(a) && isPositive(b),
    },
  ],
  definition: (g, a, b) => divide(g, g.mul(g.apply(gamma, a), g.apply(gamma, b)), g.apply(gamma, g.sum(a, b))),
};

const isWholeAndPositive = (node: Node): boolean => (leastWhole(node) ?? 0) > 0;

export const upperGamma: Operator = {
  name: 'uppergamma',
  arity: 2,
  underived: [0],
  notation: { latex: '\\Gamma' },
  kernel: upperGammaKernel,
  partials: [
    noSlope('uppergamma', 'first argument'),
    (g, [a, x]) => g.neg(g.mul(power(g, x!, g.sub(a!, 1)), g.apply(exp, g.neg(x!)))),
  ],
  rule: {
    id: 'incomplete-gamma',
    name: 'incomplete gamma function',
    why: 'It is the integral of tᵃ⁻¹·e⁻ᵗ from u on, so its slope is minus what is integrated.',
    formula: '∂Γ(a, u)/∂u = −uᵃ⁻¹·e⁻ᵘ',
  },
  domain: (a, x) => x > 0 || (Number.isInteger(a) && a > 0),
  caveats: [{ ...ofArgument(1, needsPositive), applies: ([a]) => !isWholeAndPositive(a!), enough: true }],
};

export const gammaFunctions: readonly Operator[] = [gamma, lgamma, digamma, trigamma, polygamma, beta, upperGamma];
