import type { Graph } from '../graph/graph.ts';
import type { Apply, Node } from '../graph/node.ts';
import { resolve } from '../graph/resolved.ts';
import { dependents, topological } from '../graph/traverse.ts';

/** Whether nothing goes on from a node to what it is made of. */
export const isStopped = (node: Node): node is Apply => node.kind === 'apply' && node.operator.stopped === true;

/**
 * What is stopped below some roots, and what it is worth: within the steps of a recurrence for all times at once, of the
 * values that this goes through. What is stopped within what is stopped counts as a part of it.
 */
export function stoppedParts(g: Graph, roots: readonly Node[]): ReadonlyMap<Apply, Node> {
  const order = topological(roots, isStopped);
  const found = new Map<Apply, Node>(order.filter(isStopped).map((node) => [node, node.args[0]!]));
  if (found.size === 0) return found;
  for (const recurrence of order) {
    if (recurrence.kind !== 'recurrence') continue;
    const { previous, step } = recurrence;
    // What is stopped may be all that depends on the entry before.
    for (const node of dependents(topological([step]), [previous]))
      if (isStopped(node) && found.has(node)) found.set(node, resolve(g, recurrence, g.given(recurrence), node.args[0]!));
  }
  return found;
}
