import type { Graph } from '../graph/graph.ts';
import { mapGraph } from '../graph/map.ts';
import type { Node } from '../graph/node.ts';
import { topological } from '../graph/traverse.ts';
import type { Model } from './model.ts';

/** The nodes with a smooth function for each that is declared and not defined, so that they have values. */
export function standIns(g: Graph, nodes: readonly Node[]): Node[] {
  const isUnknown = (node: Node) => node.kind === 'apply' && node.operator.standIn !== undefined;
  if (!topological(nodes).some(isUnknown)) return [...nodes];
  return mapGraph(g, nodes, (node) =>
    node.kind === 'apply' && node.operator.standIn ? node.operator.standIn(g, ...node.args) : node,
  );
}

/** The model about such functions. */
export function withStandIns(model: Model): Model {
  const { graph, objective, definitions } = model;
  if (model.unknowns.size === 0) return model;
  const found = standIns(graph, [...definitions.map((d) => d.node), ...(objective ? [objective.node] : [])]);
  return {
    ...model,
    definitions: definitions.flatMap((d, k) => {
      const node = found[k]!;
      return node.kind === 'definition' ? [{ ...d, node }] : [];
    }),
    objective: objective && { ...objective, node: found[found.length - 1]! },
  };
}
