import { constantOf, type Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { isNegative, isZero } from '../graph/rational.ts';
import type { Operator } from './operator.ts';
import { divide, exp, power } from './power.ts';

/** f(−x) = ±f(x), and f(0) where it is exact. */
const parity =
  (self: () => Operator, sign: 1 | -1, atZero: 0 | 1) =>
  (g: Graph, x: Node): Node | undefined => {
    const c = constantOf(x);
    if (c && isZero(c)) return g.constant(atZero, x.shape);
    const { coefficient, core } = g.splitCoefficient(x);
    return isNegative(coefficient) ? g.mul(sign, g.apply(self(), g.scale(coefficient.neg(), core))) : undefined;
  };

export const sin: Operator = {
  name: 'sin',
  arity: 1,
  notation: { latex: '\\sin' },
  kernel: Math.sin,
  partials: [(g, [x]) => g.apply(cos, x!)],
  rule: { id: 'sin', name: 'sine', why: 'The slope of the sine is the cosine.', formula: '(sin u)′ = cos u' },
  normal: parity(() => sin, -1, 0),
};

export const cos: Operator = {
  name: 'cos',
  arity: 1,
  notation: { latex: '\\cos' },
  kernel: Math.cos,
  partials: [(g, [x]) => g.neg(g.apply(sin, x!))],
  rule: { id: 'cos', name: 'cosine', why: 'The slope of the cosine is minus the sine.', formula: '(cos u)′ = −sin u' },
  normal: parity(() => cos, 1, 1),
};

export const tan: Operator = {
  name: 'tan',
  arity: 1,
  notation: { latex: '\\tan' },
  kernel: Math.tan,
  partials: [(g, _args, y) => g.sum(1, power(g, y, 2))],
  rule: { id: 'tan', name: 'tangent', why: 'The slope of the tangent is one plus its square.', formula: '(tan u)′ = 1 + tan² u' },
  definition: (g, x) => divide(g, g.apply(sin, x), g.apply(cos, x)),
  normal: parity(() => tan, -1, 0),
};

export const tanh: Operator = {
  name: 'tanh',
  arity: 1,
  notation: { latex: '\\tanh' },
  kernel: Math.tanh,
  partials: [(g, _args, y) => g.sub(1, power(g, y, 2))],
  rule: { id: 'tanh', name: 'hyperbolic tangent', why: 'Its slope is one minus its own square.', formula: 'tanh′ = 1 − tanh²' },
  definition: (g, x) => divide(g, g.sub(g.apply(exp, g.mul(2, x)), 1), g.sum(g.apply(exp, g.mul(2, x)), 1)),
  normal: parity(() => tanh, -1, 0),
};

/** The inverse of tanh, for targets such as `atanh(0.9999)`. */
export const atanh: Operator = {
  name: 'atanh',
  spellings: ['arctanh', 'artanh'],
  arity: 1,
  notation: { latex: '\\operatorname{artanh}' },
  kernel: Math.atanh,
  partials: [(g, [x]) => power(g, g.sub(1, power(g, x!, 2)), -1)],
  rule: {
    id: 'atanh',
    name: 'inverse hyperbolic tangent',
    why: 'It undoes tanh, so its slope is the reciprocal of 1 − x².',
    formula: 'artanh′ u = 1/(1 − u²)',
  },
  domain: (x) => Math.abs(x) < 1,
  normal: parity(() => atanh, -1, 0),
};
