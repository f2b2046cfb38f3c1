import type { Graph } from '../graph/graph.ts';
import type { Apply, Contraction, Node, Sum } from '../graph/node.ts';
import type { Operator } from '../operators/operator.ts';

/**
 * A form that loses digits or overflows, and the one of equal value that does not. It sees a node whose parts are
 * stable already, and must be true wherever the node is defined.
 */
interface Rule<N extends Node> {
  readonly name: string;
  /** When it holds, for the reader. */
  readonly condition: string;
  readonly apply: (g: Graph, node: N) => Node | undefined;
}

export type SumRule = Rule<Sum>;
export type ProductRule = Rule<Contraction>;
export interface FunctionRule extends Rule<Apply> {
  readonly of: readonly Operator[];
}

/** What a node is under its names. */
export function bare(node: Node): Node {
  let at = node;
  while (at.kind === 'definition') at = at.value;
  return at;
}

/** The arguments of an operator, if the node is an application of it. */
export function argsOf(node: Node, operator: Operator): readonly Node[] | undefined {
  const at = bare(node);
  return at.kind === 'apply' && at.operator === operator ? at.args : undefined;
}
