import type { Graph } from '../../graph/graph.ts';
import type { Node } from '../../graph/node.ts';
import { divide, power, sqrt } from '../../operators/power.ts';
import type { Optimizer } from './optimizer.ts';

/** (1 − βᵗ): what a mean that began at 0 lacks after t steps. */
const seen = (g: Graph, beta: Node, count: Node): Node => g.sub(1, power(g, beta, count));

const mean = (g: Graph, beta: Node, before: Node, now: Node): Node => g.sum(g.mul(beta, before), g.mul(g.sub(1, beta), now));

/**
 * m ← β₁·m + (1 − β₁)·∇, v ← β₂·v + (1 − β₂)·∇², θ ← θ − α·m̂/(√v̂ + ε) with m̂ = m/(1 − β₁ᵗ), v̂ = v/(1 − β₂ᵗ). Kingma and
 * Ba, Adam: a method for stochastic optimization (2015), algorithm 1.
 */
export const adam = {
  name: 'adam',
  rate: 0.001,
  help: 'steps along the mean of the gradients, each entry divided by their root mean square',
  options: {
    beta1: { default: 0.9, below: 1, words: 'how slowly the mean of the gradients forgets' },
    beta2: { default: 0.999, below: 1, words: 'how slowly the mean of their squares forgets' },
    epsilon: { default: 1e-8, words: 'is added to the root below the line', others: ['eps'] },
  },
  state: ['mean', 'square'],
  update: (g, { parameter, gradient, rate, count, options, state }) => {
    const { beta1, beta2, epsilon } = options as Record<'beta1' | 'beta2' | 'epsilon', Node>;
    const first = mean(g, beta1, state.mean!, gradient);
    const second = mean(g, beta2, state.square!, power(g, gradient, 2));
    const step = divide(
      g,
      divide(g, first, seen(g, beta1, count)),
      g.sum(sqrt(g, divide(g, second, seen(g, beta2, count))), epsilon),
    );
    return { parameter: g.sub(parameter, g.mul(rate, step)), state: { mean: first, square: second } };
  },
} as const satisfies Optimizer;
