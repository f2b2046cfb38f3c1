import { constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { HALF, rational } from '../graph/rational.ts';
import { softplus } from './activation.ts';
import { pi } from './constants.ts';
import { ellipticE, ellipticF } from './elliptic.ts';
import { gamma } from './gamma.ts';
import { abs } from './kinked.ts';
import type { LanguageFunction } from './language.ts';
import { log2, log10 } from './logarithmic.ts';
import { hypot } from './planar.ts';
import { divide, log, power } from './power.ts';
import { tanh } from './trigonometric.ts';
import { elu, relu6 } from './units.ts';

/** Entrywise functions that are others put together: they need no rule of their own. */

const logarithm: LanguageFunction = {
  name: 'log',
  spellings: ['ln'],
  arity: [1, 2],
  help: 'the natural logarithm; log(x, b) that to the base b',
  build: (b, { args }) =>
    b.entrywise(args, ([x, base]) => {
      const g = b.graph;
      if (!base) return g.apply(log, x!);
      const known = constantOf(base);
      if (known?.equals(2)) return g.apply(log2, x!);
      return known?.equals(10) ? g.apply(log10, x!) : divide(g, g.apply(log, x!), g.apply(log, base));
    }),
};

const length: LanguageFunction = {
  name: 'hypot',
  arity: [2, Number.POSITIVE_INFINITY],
  help: 'the root of the sum of the squares of its arguments, entry by entry',
  build: (b, call) => b.entrywise(call.args, (nodes) => nodes.reduce((x, y) => b.graph.apply(hypot, x, y)), call),
};

/** A function of one argument in terms of others. */
const unary = (name: string, help: string, build: (g: Graph, x: Node) => Node): LanguageFunction => ({
  name,
  arity: [1, 1],
  help,
  build: (b, { args }) => b.entrywise(args, ([x]) => build(b.graph, x!)),
});

/** Klambauer et al., Self-Normalizing Neural Networks (2017). */
const SELU = { scale: rational(1.0507009873554805), alpha: rational(1.6732632423543772) };

/** A complete elliptic integral is the incomplete one up to a right angle. */
const rightAngle = (g: Graph): Node => g.mul(HALF, g.apply(pi));

const secondKind: LanguageFunction = {
  name: 'elliptic_e',
  arity: [1, 2],
  help: 'the elliptic integral of the second kind of an angle and the parameter m; elliptic_e(m) the complete one',
  build: (b, { args }) =>
    b.entrywise(args, ([x, m]) => (m ? b.graph.apply(ellipticE, x!, m) : b.graph.apply(ellipticE, rightAngle(b.graph), x!))),
};

export const composites: readonly LanguageFunction[] = [
  logarithm,
  length,
  secondKind,
  unary('elliptic_k', 'the complete elliptic integral of the first kind', (g, m) => g.apply(ellipticF, rightAngle(g), m)),
  unary('square', 'x²', (g, x) => power(g, x, 2)),
  unary('cube', 'x³', (g, x) => power(g, x, 3)),
  unary('exp2', '2ˣ', (g, x) => power(g, 2, x)),
  unary('factorial', 'Γ(x + 1)', (g, x) => g.apply(gamma, g.sum(x, 1))),
  unary('mish', 'x·tanh(softplus(x))', (g, x) => g.mul(x, g.apply(tanh, g.apply(softplus, x)))),
  unary('softsign', 'x/(1 + |x|)', (g, x) => divide(g, x, g.sum(1, g.apply(abs, x)))),
  unary('selu', '1.0507·elu(x, 1.6733)', (g, x) => g.mul(SELU.scale, g.apply(elu, x, SELU.alpha))),
  unary('hardsigmoid', 'relu6(x + 3)/6', (g, x) => divide(g, g.apply(relu6, g.sum(x, 3)), 6)),
];
