import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { GradusError, nearest } from '../language/diagnostics.ts';

/** How a parameter moves, given which way is uphill. */
export interface Optimizer {
  readonly name: string;
  readonly spellings?: readonly string[];
  /** One sentence, for the help. */
  readonly help: string;
  /** The parameter after a step, as an expression of what it was before. */
  readonly update: (g: Graph, step: Slope) => Node;
}

/** `gradient` has the shape of `parameter`, `rate` is a scalar. */
export interface Slope {
  readonly parameter: Node;
  readonly gradient: Node;
  readonly rate: Node;
}

/** θ ← θ − α·∇ */
const gradientDescent: Optimizer = {
  name: 'gd',
  spellings: ['sgd'],
  help: 'gradient descent: a step against the gradient, the learning rate long',
  update: (g, { parameter, gradient, rate }) => g.sub(parameter, g.mul(rate, gradient)),
};

/** The only list of optimizers. */
export const optimizers: readonly Optimizer[] = [gradientDescent];

const byName: ReadonlyMap<string, Optimizer> = new Map(
  optimizers.flatMap((o) => [o.name, ...(o.spellings ?? [])].map((name) => [name, o] as const)),
);

/** @throws GradusError `usage` for a name that is not in the list */
export function optimizerNamed(name: string): Optimizer {
  const found = byName.get(name);
  if (found) return found;
  const near = nearest(name, byName.keys());
  throw new GradusError('usage', `unknown optimizer ${name}`, {
    hint: near ? `did you mean ${near}?` : `there are ${[...byName.keys()].join(', ')}`,
  });
}
