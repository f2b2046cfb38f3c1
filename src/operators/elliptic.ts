import { constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { type Fraction, HALF, isZero, ONE, rational } from '../graph/rational.ts';
import { derivativesOf } from './by-number.ts';
import type { Caveat } from './caveat.ts';
import { ellipticEDerived, ellipticFDerived, ellipticE as kernelE, ellipticF as kernelF } from './kernels/elliptic.ts';
import type { Operator } from './operator.ts';
import { divide, power, sqrt } from './power.ts';
import { cos, sin } from './trigonometric.ts';

/** The incomplete elliptic integrals of an angle and the parameter m = k². */

/** √(1 − m·sin²φ) */
const delta = (g: Graph, phi: Node, m: Node): Node => sqrt(g, g.sub(1, g.mul(m, power(g, g.apply(sin, phi), 2))));

const domain = (phi: number, m: number): boolean => m * Math.sin(phi) ** 2 < 1 && (m < 1 || Math.abs(phi) < Math.PI / 2);

const bracketed = (text: string): string => (/\s/.test(text) ? `(${text})` : text);
const caveats: readonly Caveat[] = [{ kind: 'needs', condition: (phi, m) => `${bracketed(m!)}·sin(${phi})² < 1` }];

const normal = (g: Graph, phi: Node): Node | undefined => {
  const c = constantOf(phi);
  return c && isZero(c) ? g.constant(0, phi.shape) : undefined;
};

export const ellipticE: Operator = {
  name: 'elliptic_e',
  arity: 2,
  notation: { latex: '\\operatorname{E}' },
  kernel: kernelE,
  partials: [
    (g, [phi, m]) => delta(g, phi!, m!),
    (g, [phi, m], y) => divide(g, g.sub(y, g.apply(ellipticF, phi!, m!)), g.mul(2, m!)),
  ],
  rule: {
    id: 'elliptic-e',
    name: 'elliptic integral of the second kind',
    why: 'By its angle it is the integral of √(1 − m·sin²t), so its slope is what is integrated.',
    formula: '∂E(φ, m)/∂φ = √(1 − m·sin²φ), ∂/∂m = (E − F)/(2m)',
  },
  domain,
  caveats,
  normal,
};

export const ellipticF: Operator = {
  name: 'elliptic_f',
  arity: 2,
  notation: { latex: '\\operatorname{F}' },
  kernel: kernelF,
  partials: [
    (g, [phi, m]) => power(g, delta(g, phi!, m!), -1),
    (g, [phi, m], y) => {
      const rest = g.sub(1, m!);
      return g.sum(
        divide(g, g.apply(ellipticE, phi!, m!), g.mul(2, m!, rest)),
        g.neg(divide(g, y, g.mul(2, m!))),
        g.neg(divide(g, g.mul(HALF, g.apply(sin, phi!), g.apply(cos, phi!)), g.mul(rest, delta(g, phi!, m!)))),
      );
    },
  ],
  rule: {
    id: 'elliptic-f',
    name: 'elliptic integral of the first kind',
    why: 'By its angle it is the integral of 1/√(1 − m·sin²t), so its slope is what is integrated.',
    formula: '∂F(φ, m)/∂φ = 1/√(1 − m·sin²φ)',
  },
  domain,
  caveats,
  normal,
};

export const ellipticFunctions: readonly Operator[] = [ellipticF, ellipticE];

/**
 * The derivatives of an integral by m as functions of their own: in terms of F and E they are differences of nearly equal terms
 * next to m = 0.
 * @param below by how much the power of 1/√(1 − m·sin²t) that is integrated is below 2n + 1
 */
function family(base: Operator, kernel: (n: number, phi: number, m: number) => number, below: 0 | 2): (n: number) => Operator {
  const half = rational(1 - below).mul(HALF);
  const factor = (n: number): Fraction => Array.from({ length: n }, (_, k) => half.add(k)).reduce((a, b) => a.mul(b), ONE);
  return derivativesOf(base, (n, of) => ({
    arity: 2,
    kernel: (phi, m) => kernel(n, phi, m),
    partials: [
      (g, [phi, m]) => {
        const moved = power(g, g.apply(sin, phi!), 2 * n);
        return g.mul(factor(n), moved, power(g, delta(g, phi!, m!), below - 2 * n - 1));
      },
      (g, [phi, m]) => g.apply(of(n + 1), phi!, m!),
    ],
    domain,
    definition: (g, phi, m) => (n === 0 ? g.apply(base, phi, m) : g.mul(factor(n), integral(g, n, n - below / 2, phi, m))),
    normal,
  }));
}

/** ∫₀^φ sin²ⁿt·(1 − m·sin²t)^(−k − ½) dt in terms of F and E (DLMF 19.2, by parts). */
function integral(g: Graph, n: number, k: number, phi: Node, m: Node): Node {
  if (n > 0) return divide(g, g.sub(integral(g, n - 1, k, phi, m), integral(g, n - 1, k - 1, phi, m)), m);
  if (k <= 0) return g.apply(k === 0 ? ellipticF : ellipticE, phi, m);
  const j = k - 1;
  const border = g.mul(m, g.apply(sin, phi), g.apply(cos, phi), power(g, delta(g, phi, m), -2 * j - 1));
  const upper = j === 0 ? g.constant(0, phi.shape) : g.mul(2 * j, g.sub(2, m), integral(g, 0, j, phi, m));
  const lower = g.mul(2 * j - 1, integral(g, 0, j - 1, phi, m));
  return divide(g, g.sub(g.sub(upper, lower), border), g.mul(2 * j + 1, g.sub(1, m)));
}

export const ellipticFDerivative = family(ellipticF, ellipticFDerived, 0);
export const ellipticEDerivative = family(ellipticE, ellipticEDerived, 2);

export const ellipticForms: readonly Operator[] = [0, 1, 2].flatMap((n) => [ellipticFDerivative(n), ellipticEDerivative(n)]);
