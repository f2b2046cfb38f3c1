import { axisOfExamples } from '../descend/batches.ts';
import type { Model } from '../model/model.ts';
import { told } from './told.ts';
import { verdictOn } from './verdict.ts';

/**
 * A model that is trained by batches, with a warning where its examples are tied together, as by a norm over them or a softmax
 * between them: the cost of a batch is then another one, not that of some of the examples.
 * @param axis what counts the examples, where that is said
 */
export function warnedOfBatches(model: Model, axis = axisOfExamples(model)): Model {
  const { graph, objective, inputs, warnings } = model;
  if (axis === undefined || !objective || objective.node.shape.length > 0 || graph.steps.runAlong(axis)) return model;
  const moving = new Set([...inputs.values()].flatMap(({ role, node }) => (role === 'param' ? [node] : [])));
  const verdict = verdictOn({ graph, objective: objective.node, m: axis, moving });
  const { refusals, given } = told(model, axis, verdict);
  // What a device would be given whole a batch makes of its own examples.
  const [tie] = [...refusals, ...given.map((part) => ({ ...part, name: part.unicode ?? part.name }))];
  if (!tie) return model;
  const warning = {
    message: `${tie.name} ties the examples together: a batch has another cost than all of them`,
    hint: `derive with --parallel ${axis} tells how; without batches the cost is as it is written`,
    ...(tie.span && { span: tie.span }),
  };
  return { ...model, warnings: [...warnings, warning] };
}
