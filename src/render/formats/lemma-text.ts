import type { Lemma } from '../../derivation/lemma.ts';
import type { Words } from '../../derivation/words/index.ts';
import type { Node } from '../../graph/node.ts';
import { Reader } from '../../reading/read.ts';
import { printExpr, type Spelling } from '../text.ts';
import { inAscii } from './plain-words.ts';
import { textbookLines } from './textbook-text.ts';

/** The lemma as lines: the definition, its derivation, and the form that the rule states. */
export function lemmaLines(
  { operator, graph, value, definition, derivation }: Lemma,
  words: Words,
  spelling: Spelling,
): string[] {
  const say = spelling === 'ascii' ? (text: string) => inAscii(text, new Set()) : (text: string) => text;
  const write = (node: Node) => printExpr(Reader.of(graph).read(node), spelling);
  return [
    say(operator.rule.formula === undefined ? operator.rule.name : words.formula(operator.rule.formula)),
    `  ${write(value)} = ${write(definition)}`,
    ...textbookLines(derivation, words, spelling, true, say).map((line) => `  ${line}`),
  ];
}
