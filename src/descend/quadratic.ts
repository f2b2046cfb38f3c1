import { expandDerivatives } from '../differentiate/derivative-node.ts';
import { jacobian } from '../differentiate/derivatives.ts';
import type { Node } from '../graph/node.ts';
import { topological } from '../graph/traverse.ts';
import type { Model } from '../model/model.ts';

/** What is known of a cost from its derivatives: of what is linear the first depend on nothing that is learned. */
export type Degree = 'linear' | 'quadratic' | 'other';

/** The degree of the cost in what is learned; the slopes beside a kink are constant, too, and are `other`. */
export function degreeOf({ graph, objective }: Model, variables: readonly Node[]): Degree {
  const cost = objective!.node;
  if (!isSmooth(cost)) return 'other';
  const moves = new Set(variables);
  const isStill = (node: Node): boolean => !topological([node]).some((n) => moves.has(n));
  const slope = (f: Node, x: Node): Node => expandDerivatives(graph, jacobian(graph, f, x));
  const first = variables.map((x) => slope(cost, x));
  if (first.every(isStill)) return 'linear';
  const isQuadratic = first.every((f, i) => variables.slice(0, i + 1).every((y) => isStill(slope(f, y))));
  return isQuadratic ? 'quadratic' : 'other';
}

/** Whether nothing in a cost has kinks or jumps. */
export const isSmooth = (cost: Node): boolean => !topological([cost]).some(hasKink);

/** Whether an operator has kinks or jumps where it stands. */
export const hasKink = (node: Node): boolean =>
  node.kind === 'apply' &&
  node.operator.caveats?.some(({ kind, applies }) => kind !== 'needs' && (applies?.(node.args) ?? true)) === true;
