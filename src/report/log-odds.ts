import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { topological } from '../graph/traverse.ts';
import { runningForms } from '../model/expanded.ts';
import type { Model } from '../model/model.ts';
import { sigmoid, softplus } from '../operators/activation.ts';

/** Whether a cost reads a quantity z as log-odds: σ(z) is the probability, or ln(1 + e^z) = softplus(z) stands in the cost. */
export function areLogOdds(model: Model, output: Node): boolean {
  const { graph, objective } = model;
  if (!objective) return false;
  const written = [objective.node, output] as const;
  // ln(1 + e^z) is known by its stable form, in which σ is written out.
  const [root, said] = runningForms(model, written);
  return [written, [root!, said!] as const].some(([cost, z]) =>
    topological([cost]).some((node) => reads(graph, node, peeled(z))),
  );
}

const reads = (graph: Graph, node: Node, z: Node): boolean =>
  node.kind === 'apply' &&
  (node.operator === sigmoid || node.operator === softplus) &&
  peeled(graph.splitCoefficient(node.args[0]!).core) === z;

const peeled = (node: Node): Node => (node.kind === 'definition' ? peeled(node.value) : node);
