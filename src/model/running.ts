import type { Node } from '../graph/node.ts';
import { GradusError } from '../language/diagnostics.ts';
import { runnable } from '../stabilise/stabilise.ts';
import { unexpandedOf } from './expanded.ts';
import type { Model } from './model.ts';
import { withNamedParts } from './name-parts.ts';

/**
 * A model's objective and its derivatives by names as they run: what the API compiles, what descent steps by and what
 * `check` compares with differences.
 * @param raw the derivatives of the objective as it is written, if they are known
 * @throws GradusError `argument` for a model without an objective, `name` for a name that is no input
 */
export function runningGradient(source: Model, wrt: readonly string[], raw?: readonly Node[]): [Node, ...Node[]] {
  const model = withNamedParts(source, wrt);
  const { graph, objective, inputs } = model;
  if (!objective) throw new GradusError('argument', 'the source has no objective');
  const variables = wrt.map((name) => {
    const input = inputs.get(name);
    if (!input) throw new GradusError('name', `there is no ${name} to derive by`);
    return input.node;
  });
  return runnable(graph, unexpandedOf(model, objective.node), variables, raw);
}
