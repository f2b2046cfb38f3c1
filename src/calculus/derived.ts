import type { Node, Variable } from '../graph/node.ts';

/** What a node is the derivative of, and by what. */
export interface Origin {
  readonly of: Node;
  readonly by: Variable;
}

const origins = new WeakMap<Node, Origin>();

/**
 * Remembers what a derivative within an expression was found from: where it runs, it is found again from the stable
 * form. Only a node made after what it was derived from is remembered, so that going back comes to an end.
 */
export function rememberOrigin(derivative: Node, of: Node, by: Node): void {
  if (by.kind === 'variable' && derivative.id > of.id) origins.set(derivative, { of, by });
}

export const originOf = (node: Node): Origin | undefined => origins.get(node);
