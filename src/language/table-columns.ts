import { canonicalName } from './names.ts';

/** What stands behind `from`: the columns of a table that fill an array. */

const NAME = '[\\p{L}_][\\p{L}\\p{M}\\p{N}_₀-₉ₐ-ₜᵢ-ᵪⱼ]*';
const COLUMN = new RegExp(`^(${NAME})(?:[ \\t]*(?:\\.\\.|…)[ \\t]*(${NAME})|\\*)?`, 'u');
const DECLARED = new RegExp(`^\\s*${NAME}\\s*[:=~]`, 'u');

/** The column, the pattern `x*` or the range `x1..x9` that begins at a place where a name does, in its one spelling. */
export function columnAt(text: string, start: number): { readonly text: string; readonly length: number } {
  const [whole, first, last] = COLUMN.exec(text.slice(start, start + 1000)) ?? [text.charAt(start), text.charAt(start)];
  const from = canonicalName(first!);
  const end = whole.endsWith('*') ? '*' : last === undefined ? '' : `..${canonicalName(last)}`;
  return { text: from + end, length: whole.length };
}

/** Whether what follows a comma is the next declaration, with a shape or a value, and no column. */
export const isOtherName = (text: string, at: number): boolean => DECLARED.test(text.slice(at, at + 1000));

/** Whether a column is written as a pattern, of which only a table tells how many columns it stands for. */
export const isPattern = (text: string): boolean => /\*|\.\./.test(text);
