import type { Optimizer } from './optimizer.ts';

/**
 * v ← μ·v + ∇, θ ← θ − α·v: what is left of earlier steps goes on. Polyak, Some methods of speeding up the convergence of
 * iteration methods (1964), in the form in which the learning rate stands outside.
 */
export const momentum = {
  name: 'momentum',
  spellings: ['heavy-ball'],
  help: 'gradient descent that keeps a share of its speed from step to step',
  options: {
    momentum: { default: 0.9, below: 1, words: 'the share of its speed that a step keeps', others: ['mu', 'beta'] },
  },
  state: ['speed'],
  update: (g, { parameter, gradient, rate, options, state }) => {
    const speed = g.sum(g.mul(options.momentum!, state.speed!), gradient);
    return { parameter: g.sub(parameter, g.mul(rate, speed)), state: { speed } };
  },
} as const satisfies Optimizer;
