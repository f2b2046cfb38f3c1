import { constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { rational, toNumber } from '../graph/rational.ts';
import { sigmoid } from './activation.ts';
import { type Caveat, jumpsAtIntegers, jumpsBetweenIntegers, needsAboveMinusOne, needsPositive } from './caveat.ts';
import type { Form } from './notation.ts';
import type { Operator } from './operator.ts';
import { elementary } from './pattern.ts';
import { divide, exp, log, power } from './power.ts';

/** Logarithms to other bases, forms that keep their digits near 0, the cube root, and rounding. */

const positive = (x: number) => x > 0;

const logarithm = (base: 2 | 10, kernel: (x: number) => number): Operator => {
  const unit = (g: Graph) => g.apply(log, g.constant(base));
  return elementary({
    name: `log${base}`,
    kernel,
    slope: (g, x) => power(g, g.mul(x, unit(g)), -1),
    formula: `(log${base} u)′ = 1/(u·ln ${base})`,
    label: `logarithm to base ${base}`,
    why: `It is the natural logarithm divided by that of ${base}.`,
    latex: `\\log_{${base}}`,
    domain: positive,
    caveats: [needsPositive],
    definition: (g, x) => divide(g, g.apply(log, x), unit(g)),
    exact: (g, x) => {
      const c = constantOf(x);
      const k = c && c.compare(0) > 0 ? Math.round(kernel(toNumber(c))) : Number.NaN;
      return c && Math.abs(k) < 300 && c.equals(rational(base).pow(k)!) ? g.constant(k, x.shape) : undefined;
    },
  });
};

export const log2 = logarithm(2, Math.log2);
export const log10 = logarithm(10, Math.log10);

export const log1p = elementary({
  name: 'log1p',
  kernel: Math.log1p,
  slope: (g, x) => power(g, g.sum(1, x), -1),
  formula: 'log1p′ u = 1/(1 + u)',
  label: 'logarithm of 1 + u',
  why: 'It is log(1 + u), computed so that a small u keeps its digits.',
  domain: (x) => x > -1,
  caveats: [needsAboveMinusOne],
  definition: (g, x) => g.apply(log, g.sum(1, x)),
  atZero: 0,
});

export const expm1 = elementary({
  name: 'expm1',
  kernel: Math.expm1,
  slope: (g, x) => g.apply(exp, x),
  formula: 'expm1′ u = eᵘ',
  label: 'exponential minus 1',
  why: 'It is eᵘ − 1, computed so that a small u keeps its digits.',
  definition: (g, x) => g.sub(g.apply(exp, x), 1),
  atZero: 0,
});

export const logsigmoid = elementary({
  name: 'logsigmoid',
  kernel: (x) => Math.min(x, 0) - Math.log1p(Math.exp(-Math.abs(x))),
  slope: (g, x) => g.apply(sigmoid, g.neg(x)),
  formula: '(log σ)′ u = σ(−u)',
  label: 'logarithm of the sigmoid',
  why: 'The slope of log σ(u) is one minus σ(u), which is σ(−u).',
  definition: (g, x) => g.apply(log, g.apply(sigmoid, x)),
});

export const cbrt = elementary({
  name: 'cbrt',
  form: { latex: '\\sqrt[3]{$1}' },
  spellings: ['∛'],
  kernel: Math.cbrt,
  slope: (g, _x, y) => divide(g, power(g, y, -2), 3),
  formula: '(∛u)′ = 1/(3·(∛u)²)',
  label: 'cube root',
  why: 'A cube root is the power one third, of negative numbers too.',
  domain: (x) => x !== 0,
  parity: -1,
  atZero: 0,
});

const flat = (g: Graph, x: Node): Node => g.constant(0, x.shape);

/** To the nearest integer, and of two as near to the even one (IEEE 754, as NumPy, JAX and PyTorch have it). */
function roundHalfToEven(x: number): number {
  const up = Math.round(x);
  return up - x === 0.5 && up % 2 !== 0 ? up - 1 : up;
}

const rounding = (
  name: string,
  kernel: (x: number) => number,
  jumps: Caveat,
  { spellings = [], form }: { readonly spellings?: readonly string[]; readonly form?: Form } = {},
): Operator => ({
  name,
  spellings,
  arity: 1,
  notation: { latex: `\\operatorname{${name}}`, ...(form && { form }) },
  kernel,
  partials: [(g, [x]) => flat(g, x!)],
  rule: { id: 'constant', name: 'piecewise constant', why: 'It is constant on each side of its jumps.', formula: '′ = 0' },
  caveats: [jumps],
  domain: (x) => 2 * x !== Math.round(2 * x),
});

export const floor = rounding('floor', Math.floor, jumpsAtIntegers, { form: { latex: '\\left\\lfloor $1\\right\\rfloor' } });

export const logarithmicFunctions: readonly Operator[] = [
  ...[log2, log10, log1p, expm1, logsigmoid, cbrt],
  floor,
  rounding('ceil', Math.ceil, jumpsAtIntegers, { form: { latex: '\\left\\lceil $1\\right\\rceil' } }),
  rounding('round', roundHalfToEven, jumpsBetweenIntegers),
  rounding('trunc', Math.trunc, { ...jumpsAtIntegers, condition: (u) => `${u} ∈ ℤ, ${u} ≠ 0` }, { spellings: ['fix'] }),
];
