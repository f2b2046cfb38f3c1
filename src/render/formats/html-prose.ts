import { escapeHtml, typeset } from '../katex.ts';
import { latexName } from '../latex-name.ts';

/** The words around formulas, with what is mathematics in them typeset. */

/** One-letter words of English: before another word they are names only where something is said of them. */
const ARTICLES = new Set(['A', 'a', 'I']);

/** A sentence in which the names that the model has are set as mathematics. */
export function prose(text: string, names: ReadonlySet<string>): string {
  const parts = text.split(/(?<![\p{L}\p{Nd}_])(\p{L}[\p{L}\p{Nd}_\p{M}]*)(?![\p{L}\p{Nd}_])/u);
  return parts
    .map((part, k) => {
      const word = ARTICLES.has(part) && parts[k + 1] === ' ' && /^(?!is$)[a-z]/.test(parts[k + 2] ?? '');
      return k % 2 === 1 && names.has(part) && !word ? typeset(latexName(part)) : escapeHtml(part);
    })
    .join('');
}

/** `(1×m)·(m×2) = (1×2)`. */
export const shapesLatex = (text: string): string =>
  text
    .replace(/×/g, ' \\times ')
    .replace(/·/g, ' \\cdot ')
    .replace(/\p{L}{2,}/gu, (word) => (word === 'times' || word === 'cdot' ? word : `\\mathit{${word}}`));
