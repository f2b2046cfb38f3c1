import { mapGraph } from '../../../src/graph/map.ts';
import { type Definition, isConstant, isView, type Node } from '../../../src/graph/node.ts';
import { dependents, topological } from '../../../src/graph/traverse.ts';
import type { Model } from '../../../src/model/model.ts';

/** Letters that operations are called by, as far as the source leaves them. */
const LETTERS = [...'uvwpqrstabcdghk'];

/**
 * A bare expression of numbers with its operations named, u = x², v = sin(x), f = u·v: so values flow forward and slopes
 * flow back through it as through a network.
 * @returns the model itself where it has names of its own, or more operations than letters
 */
export function withNamedOperations(model: Model, wrt: readonly string[]): Model {
  const { graph, objective, definitions, inputs } = model;
  if (!objective || definitions.length > 0 || objective.node.shape.length > 0) return model;
  const order = topological([objective.node]);
  const moving = dependents(
    order,
    wrt.flatMap((name) => inputs.get(name)?.node ?? []),
  );
  const isOperation = (node: Node): boolean =>
    node !== objective.node && moving.has(node) && node.kind !== 'variable' && !isConstant(node) && !isView(node);
  const operations = order.filter(isOperation);
  const taken = (name: string): boolean => graph.names.has(name) || graph.names.has(`d${name}`) || inputs.has(name);
  const free = LETTERS.filter((letter) => !taken(letter));
  const isPlain = order.every(({ kind, shape }) => shape.length === 0 && kind !== 'recurrence');
  if (operations.length === 0 || operations.length > free.length || !isPlain) return model;
  const names = new Map(operations.map((node, k) => [node, free[k]!]));
  const named: Definition[] = [];
  const [root] = mapGraph(graph, [objective.node], (node, original) => {
    const name = names.get(original);
    if (name === undefined) return node;
    const definition = graph.define(name, node);
    named.push(definition);
    return definition;
  });
  return {
    ...model,
    definitions: named.map((node) => ({ name: node.name, node, shape: [] })),
    objective: { ...objective, node: root! },
  };
}
