import { adam } from './adam.ts';
import type { Optimizer } from './optimizer.ts';

/**
 * As Adam, but θ ← θ − α·λ·θ first: weights decay whatever their gradients were. Loshchilov and Hutter, Decoupled weight
 * decay regularization (2019), algorithm 2.
 */
export const adamw = {
  ...adam,
  name: 'adamw',
  help: 'Adam whose weights decay beside it, not through their gradients',
  decays: true,
  decay: 0.01,
  update: (g, slope) => {
    const { parameter, rate, decay } = slope;
    const decayed = decay ? g.sub(parameter, g.mul(g.mul(rate, decay), parameter)) : parameter;
    return adam.update(g, { ...slope, parameter: decayed });
  },
} as const satisfies Optimizer;
