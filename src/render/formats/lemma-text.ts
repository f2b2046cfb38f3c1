import type { Lemma } from '../../derivation/lemma.ts';
import type { Words } from '../../derivation/words/index.ts';
import type { Node } from '../../graph/node.ts';
import { Reader } from '../../reading/read.ts';
import { printExpr, type Spelling } from '../text.ts';
import { textbookLines } from './textbook-text.ts';

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
    ...textbookLines(derivation, words, spelling, true).map((line) => `  ${line}`),
    `    = ${write(stated)}`,
  ];
}
