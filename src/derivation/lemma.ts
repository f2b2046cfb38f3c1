import { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import type { Operator } from '../operators/operator.ts';
import { type TextbookStep, textbook } from './textbook.ts';

/** Why an operator's stated derivative holds: from its definition, derived like anything else. */
export interface Lemma {
  readonly operator: Operator;
  readonly graph: Graph;
  /** σ(z), and what it is by definition. */
  readonly value: Node;
  readonly definition: Node;
  /** The derivation of the definition. */
  readonly derivation: TextbookStep;
  /** The derivative as the record states it, in terms of the function itself. */
  readonly stated: Node;
}

/** The lemma of an operator of one argument; undefined if it is not defined by others. */
export function lemmaOf(operator: Operator): Lemma | undefined {
  if (!operator.definition || operator.arity !== 1) return undefined;
  const graph = new Graph();
  const z = graph.variable('z');
  const definition = operator.definition(graph, z);
  const derivation = textbook(graph, definition, z);
  if (!derivation) return undefined;
  const value = graph.apply(operator, z);
  return { operator, graph, value, definition, derivation, stated: operator.partials[0]!(graph, [z], value) };
}
