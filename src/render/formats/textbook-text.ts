import type { TextbookStep } from '../../derivation/textbook.ts';
import type { Words } from '../../derivation/words/index.ts';
import type { Expr } from '../../language/tree.ts';
import { printExpr, type Spelling } from '../text.ts';
import { widthOf } from './columns.ts';
import { textbookRows } from './textbook-rows.ts';

/**
 * A textbook's reading as lines of aligned columns.
 * @param say what is left to be done to what is written, before its width counts
 */
export function textbookLines(
  root: TextbookStep,
  words: Words,
  spelling: Spelling,
  full = false,
  say: (text: string) => string = (text) => text,
): string[] {
  const write = (expr: Expr) => say(printExpr(expr, spelling));
  const lines = textbookRows(root, words, full).map(({ depth, sides, goesOn, rule }) => ({
    depth,
    text: `${goesOn ? '= ' : ''}${sides.map(write).join(' = ')}`,
    rule: typeof rule === 'string' ? say(rule) : rule.map(write).join(' = '),
  }));
  const width = Math.min(72, Math.max(...lines.filter((l) => l.rule !== '').map((l) => 2 * l.depth + widthOf(l.text))));
  return lines.map(({ depth, text, rule }) => {
    const line = '  '.repeat(depth) + text;
    return rule === '' ? line : `${line}${' '.repeat(Math.max(0, width - widthOf(line)))}   ${rule}`;
  });
}
