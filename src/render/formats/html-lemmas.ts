import type { Lemma } from '../../derivation/lemma.ts';
import { phrase, type Words } from '../../derivation/words/index.ts';
import type { Node } from '../../graph/node.ts';
import { Reader } from '../../reading/read.ts';
import { escapeHtml, typeset } from '../katex.ts';
import { latexExpr } from '../latex.ts';
import { folded, textbookHtml } from './html-steps.ts';

/** Why a function has the derivative that the steps say: it opens to its own derivation. */
export function lemmaHtml({ operator, graph, value, definition, derivation, stated }: Lemma, words: Words): string {
  const write = (node: Node) => latexExpr(Reader.of(graph).read(node));
  const says = typeset(`\\displaystyle \\frac{d}{dz} ${write(value)} = ${write(stated)}`);
  const body = [
    `<p class="formula">${typeset(`\\displaystyle ${write(value)} = ${write(definition)}`)}</p>`,
    textbookHtml(derivation, new Set(['z']), words),
  ];
  return folded(says, `<span class="rule">${escapeHtml(phrase({ id: operator, name: '' }, words).name)}</span>`, body);
}
