import { type TextbookStep, textbook } from '../derivation/textbook.ts';
import type { Words } from '../derivation/words/index.ts';
import { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import type { Operator } from '../operators/operator.ts';
import { Reader } from '../reading/read.ts';
import { printExpr, type Spelling } from './text.ts';
import { textbookLines } from './textbook-text.ts';

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

/** The lemma as lines: the definition, its derivation, and the form that the rule states. */
export function lemmaLines(
  { operator, value, definition, derivation, stated }: Lemma,
  words: Words,
  spelling: Spelling,
): string[] {
  const write = (node: Node) => printExpr(new Reader().read(node), spelling);
  return [
    operator.rule.formula ?? operator.rule.name,
    `  ${write(value)} = ${write(definition)}`,
    ...textbookLines(derivation, words, spelling).map((line) => `  ${line}`),
    `    = ${write(stated)}`,
  ];
}
