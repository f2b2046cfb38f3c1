import { dependents, topological } from '../graph/traverse.ts';
import type { Model } from '../model/model.ts';
import { axisOfExamples } from './batches.ts';

/**
 * The name of what a model predicts: its last definition that depends on parameters and on some data, but not on other
 * data, the targets, and that has a value for each example.
 */
export function predicted(model: Model): string | undefined {
  const axis = axisOfExamples(model);
  const { objective, definitions, inputs } = model;
  if (axis === undefined || !objective) return undefined;
  // Also what the objective does not need: shares beside the logarithms that a cost is made of.
  const order = topological([objective.node, ...definitions.map((d) => d.node)]);
  const nodes = (role: string) => [...inputs.values()].filter((i) => i.role === role).map((i) => i.node);
  const learned = dependents(order, nodes('param'));
  const data = nodes('data').filter((node) => order.includes(node));
  const fed = data.map((node) => dependents(order, [node]));
  const found = definitions.filter(({ node }) => {
    const reads = fed.filter((own) => own.has(node)).length;
    return learned.has(node) && node.shape.includes(axis) && reads > 0 && reads < data.length;
  });
  return found.at(-1)?.name;
}
