import type { Optimizer } from './optimizer.ts';

/** θ ← θ − α·∇ */
export const gradientDescent = {
  name: 'gd',
  spellings: ['sgd'],
  help: 'gradient descent: a step against the gradient, the learning rate long',
  update: (g, { parameter, gradient, rate }) => ({ parameter: g.sub(parameter, g.mul(rate, gradient)) }),
} as const satisfies Optimizer;
