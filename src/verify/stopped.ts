import { isStopped, stoppedParts } from '../differentiate/stopped.ts';
import { mapGraph } from '../graph/map.ts';
import type { Node } from '../graph/node.ts';
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
  const stopped = stoppedParts(g, roots);
  if (stopped.size === 0) return { model, held: (nodes) => [...nodes] };
  const inputs = new Map(model.inputs);
  const variables = new Map<Node, Node>();
  for (const [node, of] of stopped) {
    const name = `stop_gradient ${of.id}`;
    const variable = g.variable(name, node.shape);
    const initial = { kind: 'expression', node: of, span: { start: 0, end: 0 } } as const;
    const input: Input = { name, role: 'free', shape: node.shape, node: variable, initial, facts: [] };
    inputs.set(name, input);
    variables.set(node, variable);
  }
  return {
    model: { ...model, inputs },
    held: (nodes) => mapGraph(g, nodes, (node, original) => variables.get(original) ?? node, isStopped),
  };
}
