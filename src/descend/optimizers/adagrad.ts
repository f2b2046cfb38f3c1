import { divide, power, sqrt } from '../../operators/power.ts';
import type { Optimizer } from './optimizer.ts';

/**
 * s ← s + ∇², θ ← θ − α·∇/(√s + ε). Duchi, Hazan and Singer, Adaptive subgradient methods for online learning and stochastic
 * optimization (2011).
 */
export const adagrad = {
  name: 'adagrad',
  rate: 0.01,
  help: 'each entry divided by the length of all its gradients so far',
  options: {
    epsilon: { default: 1e-10, words: 'is added to the root below the line', others: ['eps'] },
  },
  state: ['square'],
  update: (g, { parameter, gradient, rate, options, state }) => {
    const square = g.sum(state.square!, power(g, gradient, 2));
    const step = divide(g, gradient, g.sum(sqrt(g, square), options.epsilon!));
    return { parameter: g.sub(parameter, g.mul(rate, step)), state: { square } };
  },
} as const satisfies Optimizer;
