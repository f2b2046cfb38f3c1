import { ELEMENTARY } from '../words.ts';

const ATOM = "[\\p{L}\\p{N}\\p{M}_.]+(?:\\([^()]*\\)|\\[[^\\[\\]]*\\])?'*";
const OPERAND = `(${ATOM}|\\([^()]*\\))`;

/** What other languages write, and what this one does; in this order. */
export const SIGNS: readonly (readonly [RegExp, string])[] = [
  [/[’‘′]/g, "'"],
  [/[–—]/g, '-'],
  [/，/g, ','],
  [/（/g, '('],
  [/）/g, ')'],
  [/∧|&&?/g, ' and '],
  [/∨/g, ' or '],
  [/(?<=[\p{L}\p{N}_)\]'])\s*\|\|\s*(?=[\p{L}\p{N}_(])/gu, ' or '],
  [/(?<=[\p{L}\p{N}_)\]'])\s+\|\s+(?=[\p{L}\p{N}_(])/gu, ' or '],
  [/===/g, '=='],
  [/!==/g, '!='],
  [/≡|≈/g, '=='],
  [/<>/g, '!='],
  [/=</g, '<='],
  [/(?<![=<>!])=>/g, '>='],
  [/(?<!\S)¬\s*/g, 'not '],
  [/(?<![\p{L}\p{N}_)\]'])\s*!(?!=)\s*/gu, ' not '],
  [new RegExp(`${OPERAND}!(?!=)`, 'gu'), 'factorial($1)'],
  [/:=/g, '='],
  [/\*\*|\^\^/g, '^'],
  [/<<</g, '<'],
  [/<</g, '<'],
  [/>>/g, '>'],
  [/\s*@\s*/g, ' * '],
  [new RegExp(`${OPERAND}\\s*//\\s*${OPERAND}`, 'gu'), 'floor($1/$2)'],
  [new RegExp(`${OPERAND}\\s*%\\s*${OPERAND}`, 'gu'), 'mod($1, $2)'],
  [/(?<=\d)_(?=\d{3})/g, ''],
  [/(?<![\w,([.]|, )(\d{1,3}),(\d{3})(?![\d\w])/g, '$1$2'],
  [/(?<=\[[\d.\s-]*\d)\s+(?=-?[\d.][\d.\s-]*\])/g, ', '],
  [/^(\s*(?:\w+\s*=\s*)?)(.+?)\s+if\s+(.+?)\s+else\s+(.+)$/g, '$1where($3, $2, $4)'],
  [/^\s*(\w+)\s*=\s*lambda\s+([\w, ]+):\s*(.+)$/g, '$1($2) = $3'],
  [/^\s*lambda\s+([\w, ]+):\s*(.+)$/g, 'f($1) = $2'],
  [/^(\s*)minimise\b/g, '$1minimize'],
  [/^(\s*)maximise\b/g, '$1maximize'],
  [/^(\s*(?:minimize|maximize)\b.*?)\s+(?:wrt|over|w\.r\.t\.)\s+[\w, ]+$/g, '$1'],
  [/^\s*return\s+/g, ''],
  [/∇\s*([\p{L}\p{N}_]+)/gu, 'grad($1, x)'],
  [/\blog_(2|10)(?=\()/g, 'log$1'],
  [/\blog_(\d+)\(([^(),]*)\)/g, 'log($2, $1)'],
  [/\b([A-Za-z]+)\[0\]/g, '$1[1]'],
];

/** `sin x` as sin(x). */
export const BARE: readonly [RegExp, string] = [
  new RegExp(`(?<![\\p{L}\\p{N}_])(${[...ELEMENTARY].join('|')})[ \\t]+(${ATOM}(?:\\^\\d+)?)`, 'gu'),
  '$1($2)',
];

const OVER = /(?:\bsum|Σ|∑)_\(?([A-Za-z])\)?\s+(.+)$/gu;
const SUM = /(?:\bsum|Σ|∑)_\(?\s*(\w)\s*=\s*(\w+)\s*\)?\s*\^\s*\(?(\w+)\)?\s*(.+)$/gu;

/** `∑_{i=1}^n x_i` as sum[i=1:n](x[i]). */
export const withIndices = (text: string): string =>
  text
    .replace(SUM, (_, i: string, from: string, to: string, term: string) => `sum[${i}=${from}:${to}](${indexed(term, i)})`)
    .replace(OVER, (_, i: string, term: string) => `sum[${i}](${indexed(term, i)})`);

const indexed = (term: string, index: string): string =>
  term.replace(new RegExp(`(\\p{L}+)_${index}(?![\\p{L}\\p{N}_])`, 'gu'), `$1[${index}]`);
