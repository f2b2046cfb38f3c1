import { isStopped, stoppedParts } from '../differentiate/stopped.ts';
import type { Graph } from '../graph/graph.ts';
import { inlineDefinitions, mapGraph, rebuild } from '../graph/map.ts';
import type { Node, Variable } from '../graph/node.ts';
import { topological } from '../graph/traverse.ts';
import type { Input } from '../model/model.ts';

/** An objective of which only what is derived moves with the parameters. */
export interface HeldObjective {
  readonly node: Node;
  /** What stands for the parameters in what `stop_gradient` keeps, in their order. */
  readonly held: readonly Input[];
}

/**
 * The objective where what is stopped is made of a second set of parameters: its slope by the first, with the second one
 * equal to it, is the gradient, so that differences can check it. Undefined where nothing is stopped.
 */
export function heldObjective(g: Graph, objective: Node, params: readonly Input[]): HeldObjective | undefined {
  const stopped = stoppedParts(g, [objective]);
  if (stopped.size === 0) return undefined;
  const held = params.map((input): Input => ({ ...input, node: g.variable(`${input.name} held`, input.node.shape) }));
  const second = new Map<Node, Node>(params.map((input, k) => [input.node, held[k]!.node]));
  const values = ofOthers(g, inlineDefinitions(g, [...stopped.values()]), second);
  const inPlace = new Map<Node, Node>([...stopped.keys()].map((node, k) => [node, values[k]!]));
  const [node] = mapGraph(g, [objective], (n, original) => inPlace.get(original) ?? n, isStopped);
  return { node: node!, held };
}

/** The same of other variables; recurrences carry states of their own, so that one may be read in the steps of another. */
function ofOthers(g: Graph, roots: readonly Node[], others: Map<Node, Node>): Node[] {
  const done = new Map(others);
  const carried = (previous: Variable): Variable => g.variable(`${previous.name} held`, previous.shape, 'state');
  for (const node of topological(roots)) {
    if (done.has(node)) continue;
    const part = (own: Node): Node => done.get(own)!;
    if (node.kind === 'variable' && node.role === 'state') done.set(node, carried(node));
    else if (node.kind === 'recurrence') {
      const { previous, init, step, axis, backward } = node;
      done.set(node, g.recurrence(carried(previous), part(init), part(step), axis, backward));
    } else done.set(node, rebuild(g, node, part));
  }
  return roots.map((root) => done.get(root)!);
}
