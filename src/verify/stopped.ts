import { resolve } from '../differentiate/through-time.ts';
import type { Graph } from '../graph/graph.ts';
import { mapGraph } from '../graph/map.ts';
import type { Apply, Node } from '../graph/node.ts';
import { dependents, topological } from '../graph/traverse.ts';
import type { Input, Model } from '../model/model.ts';

/**
 * What `stop_gradient` keeps from being derived, as inputs of its own that are worth what it is made of: differences
 * of the objective must not move it. Every form that is compared reads the same inputs.
 */
export interface Stopped {
  readonly model: Model;
  readonly held: (nodes: readonly Node[]) => Node[];
}

export function withStopped(model: Model, roots: readonly Node[]): Stopped {
  const g = model.graph;
  const order = topological(roots, isStopped);
  const stopped = order.filter(isStopped);
  if (stopped.length === 0) return { model, held: (nodes) => [...nodes] };
  const inSteps = valuesInSteps(g, order);
  const inputs = new Map(model.inputs);
  const variables = new Map<Node, Node>();
  for (const node of stopped) {
    const of = inSteps.get(node) ?? node.args[0]!;
    const name = `stop_gradient ${of.id}`;
    const variable = g.variable(name, node.shape);
    const initial = { kind: 'expression', node: of, span: { start: 0, end: 0 } } as const;
    const input: Input = { name, role: 'free', shape: node.shape, node: variable, initial, facts: [] };
    inputs.set(name, input);
    variables.set(node, variable);
  }
  const isHeld = (node: Node): boolean => variables.has(node);
  return {
    model: { ...model, inputs },
    held: (nodes) => mapGraph(g, nodes, (node, original) => variables.get(original) ?? node, isHeld),
  };
}

const isStopped = (node: Node): node is Apply => node.kind === 'apply' && node.operator.stopped === true;

/** What is stopped within the steps of recurrences, for all times: of the values that these go through. */
function valuesInSteps(g: Graph, order: readonly Node[]): ReadonlyMap<Node, Node> {
  const found = new Map<Node, Node>();
  for (const recurrence of order) {
    if (recurrence.kind !== 'recurrence') continue;
    const { previous, step } = recurrence;
    // What is stopped may be all that depends on the entry before.
    for (const node of dependents(topological([step]), [previous]))
      if (isStopped(node)) found.set(node, resolve(g, recurrence, recurrence, node.args[0]!));
  }
  return found;
}
