import type { Graph, NameSet } from '../graph/graph.ts';
import { mapGraph } from '../graph/map.ts';
import { type Definition, isView, type Node } from '../graph/node.ts';
import { dependents, topological } from '../graph/traverse.ts';
import { pow } from '../operators/power.ts';
import type { Model } from './model.ts';

/** Names that people give to parts of an expression, in the order in which they take them. */
const LETTERS = ['u', 'v', 'r', 's', 'p', 'q', 'h', 'g'];

/**
 * Names the arrays within an expression in which the derivation should pause: what a function is applied to, and what
 * it gives. `sum((σ(W·X + b) − Y).^2)` becomes u = W·X + b, v = σ(u), r = v − Y, sum(r.^2).
 */
function nameParts(g: Graph, root: Node, variables: readonly Node[]): { root: Node; named: Definition[] } {
  const order = topological([root]);
  if (order.every((node) => node.shape.length === 0)) return { root, named: [] };
  const active = dependents(order, variables);
  const chosen = new Set<Node>();
  for (const node of order) {
    if (node.kind !== 'apply' || !active.has(node) || node.shape.length === 0) continue;
    for (const arg of node.args) if (active.has(arg) && arg.kind !== 'variable' && !isView(arg)) chosen.add(arg);
    if (node.operator !== pow && node !== root) chosen.add(node);
  }
  if (chosen.size === 0) return { root, named: [] };
  const names = free(g.names);
  const named: Definition[] = [];
  const [renamed] = mapGraph(g, [root], (node, original) => {
    if (!chosen.has(original) || original === root) return node;
    const definition = g.define(names.next().value, node);
    named.push(definition);
    return definition;
  });
  return { root: renamed!, named };
}

function* free(taken: NameSet): Generator<string, never> {
  for (let round = 0; ; round++) {
    for (const letter of LETTERS) {
      const name = round === 0 ? letter : `${letter}${round + 1}`;
      if (!taken.has(name) && !taken.has(`d${name}`)) yield name;
    }
  }
}

/** A bare expression of arrays with its parts named, so that its derivation has places to pause. */
export function withNamedParts(model: Model, wrt: readonly string[]): Model {
  const { objective, graph } = model;
  if (!objective || model.definitions.length > 0) return model;
  const variables = wrt.flatMap((name) => model.inputs.get(name)?.node ?? []);
  const { root, named } = nameParts(graph, objective.node, variables);
  if (named.length === 0) return model;
  const definitions = named.map((node) => ({ name: node.name, node, shape: node.shape }));
  return { ...model, definitions, objective: { ...objective, node: root } };
}
