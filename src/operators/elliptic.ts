import { constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { HALF, isZero } from '../graph/rational.ts';
import type { Caveat } from './caveat.ts';
import { ellipticE as kernelE, ellipticF as kernelF } from './kernels/elliptic.ts';
import type { Operator } from './operator.ts';
import { divide, power, sqrt } from './power.ts';
import { cos, sin } from './trigonometric.ts';

/** The incomplete elliptic integrals of an angle and the parameter m = k². */

/** √(1 − m·sin²φ) */
const delta = (g: Graph, phi: Node, m: Node): Node => sqrt(g, g.sub(1, g.mul(m, power(g, g.apply(sin, phi), 2))));

const domain = (phi: number, m: number): boolean =>
  m !== 0 && m !== 1 && m * Math.sin(phi) ** 2 < 1 && (m < 1 || Math.abs(phi) < Math.PI / 2);

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
