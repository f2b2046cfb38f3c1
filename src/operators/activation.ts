import { constantOf } from '../graph/graph.ts';
import { HALF, isZero } from '../graph/rational.ts';
import type { Operator } from './operator.ts';
import { exp, log, power } from './power.ts';

/** The sigmoid and its integral, the softplus. */

export const sigmoid: Operator = {
  name: 'sigmoid',
  spellings: ['σ', 'logistic'],
  arity: 1,
  notation: { unicode: 'σ', latex: '\\sigma' },
  kernel: (x) => (x < -709 ? Math.exp(x) : 1 / (1 + Math.exp(-x))),
  partials: [(g, _args, y) => g.mul(y, g.sub(1, y))],
  rule: {
    id: 'sigmoid',
    name: 'sigmoid',
    why: 'The slope of the sigmoid is its value times one minus its value.',
    formula: 'σ′ = σ(1 − σ)',
  },
  definition: (g, x) => power(g, g.sum(1, g.apply(exp, g.neg(x))), -1),
  normal: (g, x) => {
    const c = constantOf(x);
    return c && isZero(c) ? g.constant(HALF, x.shape) : undefined;
  },
};

export const softplus: Operator = {
  name: 'softplus',
  arity: 1,
  notation: { latex: '\\operatorname{softplus}' },
  kernel: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
  partials: [(g, [x]) => g.apply(sigmoid, x!)],
  rule: { id: 'softplus', name: 'softplus', why: 'The slope of log(1 + eᵘ) is the sigmoid.', formula: 'softplus′ = σ' },
  definition: (g, x) => g.apply(log, g.sum(1, g.apply(exp, x))),
};
