import type { Optimizer } from './optimizer.ts';

/**
 * v ← μ·v + ∇, θ ← θ − α·(∇ + μ·v): as momentum, with the slope that the next stretch will have. Nesterov, A method of
 * solving a convex programming problem with convergence rate O(1/k²) (1983), in the form of Sutskever, Martens, Dahl and
 * Hinton (2013) with the speed of the place that the gradient is taken at.
 */
export const nesterov = {
  name: 'nesterov',
  spellings: ['nag'],
  help: 'momentum that looks ahead: the step adds the speed it will have',
  options: {
    momentum: { default: 0.9, below: 1, words: 'the share of its speed that a step keeps', others: ['mu', 'beta'] },
  },
  state: ['speed'],
  update: (g, { parameter, gradient, rate, options, state }) => {
    const speed = g.sum(g.mul(options.momentum!, state.speed!), gradient);
    const ahead = g.sum(gradient, g.mul(options.momentum!, speed));
    return { parameter: g.sub(parameter, g.mul(rate, ahead)), state: { speed } };
  },
} as const satisfies Optimizer;
