import { constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { type Fraction, HALF, isEven, isInteger, isNegative, isZero } from '../graph/rational.ts';
import { ABOVE_ZERO, type Bounds, type Caveat, isPositive } from './caveat.ts';
import { besselI, besselJ, besselK, besselY } from './kernels/bessel.ts';
import type { Operator } from './operator.ts';
import { byOrder } from './pattern.ts';

/** Bessel functions of integer order, and the modified ones: solutions of x²y″ + xy′ + (±x² − n²)·y = 0. */

interface Family {
  readonly name: string;
  readonly letter: string;
  readonly label: string;
  readonly kernel: (n: number, x: number) => number;
  /** f′ₙ = c·(fₙ₋₁ + s·fₙ₊₁). */
  readonly slope: { readonly factor: 1 | -1; readonly next: 1 | -1; readonly formula: string };
  /** f₋ₙ is fₙ, or (−1)ⁿ·fₙ. */
  readonly turns: boolean;
  /** Left of 0 it has values: fₙ(−x) = (−1)ⁿ·fₙ(x), f₀(0) = 1, and fₙ(0) = 0 for n > 0. */
  readonly whole: boolean;
  readonly range?: Bounds;
}

const needsPositiveSecond: Caveat = { kind: 'needs', condition: (_n, u) => `${u} > 0`, settled: (_n, u) => isPositive(u) };

function bessel(p: Family): Operator {
  const slope = (g: Graph, n: Node, x: Node): Node =>
    g.mul(HALF, p.slope.factor, g.sum(g.apply(self, g.sub(n, 1), x), g.mul(p.slope.next, g.apply(self, g.sum(n, 1), x))));
  const self: Operator = {
    ...byOrder({
      name: p.name,
      form: { latex: `${p.letter}_{$1}\\left($2\\right)` },
      id: `bessel-${p.letter.toLowerCase()}`,
      kernel: p.kernel,
      slope,
      formula: p.slope.formula,
      label: p.label,
      why: 'Its recurrences give the slope as half the difference, or the sum, of the orders on both sides.',
      domain: (n, x) => Number.isInteger(n) && (p.whole || x > 0),
      normal: (g, n, x) => {
        const order = constantOf(n);
        return order && isInteger(order) ? normal(g, order, n, x) : undefined;
      },
    }),
    ...(p.whole ? {} : { caveats: [needsPositiveSecond] }),
    ...(p.range && { range: p.range }),
  };
  function normal(g: Graph, order: Fraction, n: Node, x: Node): Node | undefined {
    const odd = !isEven(order);
    if (isNegative(order)) return g.mul(odd && p.turns ? -1 : 1, g.apply(self, g.neg(n), x));
    if (!p.whole) return undefined;
    const c = constantOf(x);
    if (c && isZero(c)) return g.constant(isZero(order) ? 1 : 0, x.shape);
    const { coefficient, core } = g.splitCoefficient(x);
    return isNegative(coefficient) ? g.mul(odd ? -1 : 1, g.apply(self, n, g.scale(coefficient.neg(), core))) : undefined;
  }
  return self;
}

export const besselj = bessel({
  name: 'besselj',
  letter: 'J',
  label: 'Bessel function of the first kind',
  kernel: besselJ,
  slope: { factor: 1, next: -1, formula: 'Jₙ′ = (Jₙ₋₁ − Jₙ₊₁)/2' },
  turns: true,
  whole: true,
  range: { least: -1, most: 1 },
});

export const bessely = bessel({
  name: 'bessely',
  letter: 'Y',
  label: 'Bessel function of the second kind',
  kernel: besselY,
  slope: { factor: 1, next: -1, formula: 'Yₙ′ = (Yₙ₋₁ − Yₙ₊₁)/2' },
  turns: true,
  whole: false,
});

export const besseli = bessel({
  name: 'besseli',
  letter: 'I',
  label: 'modified Bessel function of the first kind',
  kernel: besselI,
  slope: { factor: 1, next: 1, formula: 'Iₙ′ = (Iₙ₋₁ + Iₙ₊₁)/2' },
  turns: false,
  whole: true,
});

export const besselk = bessel({
  name: 'besselk',
  letter: 'K',
  label: 'modified Bessel function of the second kind',
  kernel: besselK,
  slope: { factor: -1, next: 1, formula: 'Kₙ′ = −(Kₙ₋₁ + Kₙ₊₁)/2' },
  turns: false,
  whole: false,
  range: ABOVE_ZERO,
});

export const besselFunctions: readonly Operator[] = [besselj, bessely, besseli, besselk];
