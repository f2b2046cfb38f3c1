import type { Graph } from '../graph/graph.ts';
import { type Definition, type Node, type Sum, UNIT } from '../graph/node.ts';
import { isFlatAlong } from '../graph/stretching.ts';
import { topological } from '../graph/traverse.ts';
import { isDeviation } from '../simplify/deviations.ts';
import type { Model } from './model.ts';
import { overNodes } from './over-nodes.ts';

const isDefinition = (node: Node): node is Definition => node.kind === 'definition';

/**
 * A mean that has a name, by its name where it is taken off within a later line: after μ = mean(Z), the variance of Z is
 * that of Z − μ.
 */
export function withNamedMeans(model: Model): Model {
  const { graph, definitions, objective } = model;
  const lines = [...definitions.map((d) => d.node), ...(objective ? [objective.node] : [])];
  const known: Definition[] = [];
  /** What may be taken off in a difference: the names that stand before the first line that has it. */
  const before = new Map<Node, readonly Definition[]>();
  for (const line of lines) {
    const own = topological([isDefinition(line) ? line.value : line], isDefinition);
    for (const node of own) if (isDeviation(node) && !before.has(node)) before.set(node, [...known]);
    if (isDefinition(line)) known.push(line);
  }
  if (before.size === 0) return model;
  return overNodes(
    model,
    (node, original) => {
      const names = before.get(original);
      return names && node.kind === 'sum' && node === original ? byName(graph, node, names) : node;
    },
    (node) => node.kind === 'recurrence',
  );
}

function byName(g: Graph, sum: Sum, names: readonly Definition[]): Node {
  const terms = sum.terms.map((term) => {
    const mean = names.find((name) => takenOff(g, name.value, sum, term) === term);
    return mean ? takenOff(g, mean, sum, term)! : term;
  });
  return terms.some((term, k) => term !== sum.terms[k]) ? g.add(terms) : sum;
}

/** The opposite of a value, stretched along the axes of a sum along which a term of it does not vary. */
function takenOff(g: Graph, value: Node, { shape }: Sum, term: Node): Node | undefined {
  const kept = shape.flatMap((size, axis) => (size === 1 || isFlatAlong(term, axis) ? [] : [axis]));
  const own = value.shape.flatMap((size, axis) => (size === 1 ? [] : [axis]));
  if (own.length !== kept.length || own.some((axis, k) => value.shape[axis] !== shape[kept[k]!])) return undefined;
  const stretched = g.contract({
    factors: [value],
    indices: [value.shape.map((_, axis) => (own.includes(axis) ? kept[own.indexOf(axis)]! : UNIT))],
    result: shape.map((size, axis) => (size === 1 ? UNIT : axis)),
    sizes: new Map(shape.map((size, axis) => [axis, size])),
  });
  return g.neg(stretched);
}
