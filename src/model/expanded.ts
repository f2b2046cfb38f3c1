import { expander, isDerivativeNode } from '../differentiate/derivative-node.ts';
import type { Apply, Node } from '../graph/node.ts';
import { topological } from '../graph/traverse.ts';
import { stabilise } from '../stabilise/stabilise.ts';
import type { Initial, Model } from './model.ts';
import { nodesOf, overNodes } from './over-nodes.ts';

/**
 * The model as it is read: the derivatives within its expressions are found as they are written. Those who run it take the
 * expressions as they were before (`unexpanded`), and find them of stable forms.
 */
export function expandedModel(model: Model): Model {
  const { graph, inputs, metrics, asked } = model;
  const roots = rootsOf(model);
  if (!topological(roots).some(isDerivativeNode)) return model;
  const image = expander(graph);
  graph.steps.carryOver(image);
  const initial = (own: Initial): Initial => {
    if (own.kind === 'array') return own;
    return own.kind === 'expression' ? { ...own, node: image(own.node) } : { ...own, args: own.args.map(image) };
  };
  return {
    ...overNodes(model, (_, original) => image(original)),
    inputs: new Map([...inputs].map(([name, i]) => [name, { ...i, ...(i.initial && { initial: initial(i.initial) }) }])),
    metrics: metrics.map((metric) => ({ ...metric, node: image(metric.node) })),
    asked: asked.map((one) => ({ ...one, nodes: one.nodes.map(image).filter((node): node is Apply => node.kind === 'apply') })),
    unexpanded: new Map(roots.filter((root) => image(root) !== root).map((root) => [image(root), root])),
  };
}

/** Expressions of a model in forms that lose no digits. */
export const runningForms = (model: Model, nodes: readonly Node[]): Node[] =>
  stabilise(
    model.graph,
    nodes.map((node) => unexpandedOf(model, node)),
  );

/** What an expression was before the derivatives within it were found. */
export const unexpandedOf = ({ unexpanded }: Model, node: Node): Node => unexpanded.get(node) ?? node;

/** All that a model's names and statements stand for, and what they start from and ask for. */
function rootsOf(model: Model): Node[] {
  const initials = [...model.inputs.values()].flatMap(({ initial }) => {
    if (!initial || initial.kind === 'array') return [];
    return initial.kind === 'expression' ? [initial.node] : initial.args;
  });
  return [...nodesOf(model), ...model.metrics.map(({ node }) => node), ...model.asked.flatMap(({ nodes }) => nodes), ...initials];
}
