import { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { isSame } from '../language/trees.ts';
import type { Operator } from '../operators/operator.ts';
import { Reader } from '../reading/read.ts';
import { type TextbookStep, textbook } from './textbook.ts';

/** Why an operator's stated derivative holds: from its definition, derived like anything else. */
export interface Lemma {
  readonly operator: Operator;
  readonly graph: Graph;
  /** σ(z), and what it is by definition. */
  readonly value: Node;
  readonly definition: Node;
  /** The derivation of the definition; its last line is the derivative as the record states it, in terms of the function itself. */
  readonly derivation: TextbookStep;
  readonly stated: Node;
}

/**
 * The lemma of an operator of one argument; undefined if it is not defined by others.
 * @param logarithm how the natural logarithm is called where it is told
 */
export function lemmaOf(operator: Operator, logarithm?: Graph['logarithm']): Lemma | undefined {
  if (!operator.definition || operator.arity !== 1) return undefined;
  const graph = new Graph();
  if (logarithm) graph.logarithm = logarithm;
  const z = graph.variable('z');
  const definition = operator.definition(graph, z);
  const derivation = textbook(graph, definition, z);
  if (!derivation) return undefined;
  const value = graph.apply(operator, z);
  const stated = operator.partials[0]!(graph, [z], value);
  return { operator, graph, value, definition, derivation: concluded(graph, derivation, stated, [value, definition]), stated };
}

/** With the stated form as the last line, known by what the function is. */
function concluded(g: Graph, derivation: TextbookStep, stated: Node, identity: readonly [Node, Node]): TextbookStep {
  const reader = Reader.of(g);
  const result = reader.read(stated);
  if (isSame(result, derivation.result)) return derivation;
  const [left, right] = identity;
  return { ...derivation, simplified: derivation.result, result, identity: [reader.read(left), reader.read(right)] };
}
