import { divide, power, sqrt } from '../../operators/power.ts';
import type { Optimizer } from './optimizer.ts';

/**
 * s ← ρ·s + (1 − ρ)·∇², θ ← θ − α·∇/(√s + ε). Tieleman and Hinton, Neural networks for machine learning, lecture 6.5 (2012).
 */
export const rmsprop = {
  name: 'rmsprop',
  rate: 0.01,
  help: 'each entry divided by the root mean square of its last gradients',
  options: {
    rho: { default: 0.99, below: 1, words: 'how slowly the mean of the squares forgets', others: ['decay', 'smoothing'] },
    epsilon: { default: 1e-8, words: 'is added to the root below the line', others: ['eps'] },
  },
  state: ['square'],
  update: (g, { parameter, gradient, rate, options, state }) => {
    const { rho, epsilon } = options as Record<'rho' | 'epsilon', typeof parameter>;
    const square = g.sum(g.mul(rho, state.square!), g.mul(g.sub(1, rho), power(g, gradient, 2)));
    const step = divide(g, gradient, g.sum(sqrt(g, square), epsilon));
    return { parameter: g.sub(parameter, g.mul(rate, step)), state: { square } };
  },
} as const satisfies Optimizer;
