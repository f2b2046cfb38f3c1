import type { Node } from '../graph/node.ts';
import { topological } from '../graph/traverse.ts';
import type { Model } from '../model/model.ts';
import { hasKink } from './quadratic.ts';
import type { Slopes } from './step.ts';

/**
 * Parameters in which the cost is linear, whatever the others are: its derivative by them does not depend on them. Such a cost
 * has no end along them, unless its slope is 0 there or facts hold them.
 */
export function linearIn({ objective, inputs }: Model, gradients: Slopes['gradients']): ReadonlySet<string> {
  const kinks = topological([objective!.node]).filter(hasKink);
  const linear = gradients.filter(({ variable, gradient }) => {
    const moves = (node: Node) => topological([node]).includes(variable);
    const isHeld = inputs.get(variable.name)!.facts.some(({ record }) => record.kept);
    return !isHeld && !moves(gradient) && !kinks.some(moves);
  });
  return new Set(linear.map(({ variable }) => variable.name));
}
