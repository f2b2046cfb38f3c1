import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';

/** What a derivative was found from, and how it is found again from other forms of that. */
export interface Origin {
  readonly of: readonly Node[];
  readonly again: (g: Graph, of: readonly Node[]) => Node;
}

const origins = new WeakMap<Node, Origin>();

/**
 * Remembers what a derivative within an expression was found from: where it runs, it is found again from the stable
 * form. Only a node made after what it was derived from is remembered, so that going back comes to an end.
 */
export function rememberOrigin(derivative: Node, origin: Origin): void {
  if (origin.of.every((node) => derivative.id > node.id)) origins.set(derivative, origin);
}

export const originOf = (node: Node): Origin | undefined => origins.get(node);
