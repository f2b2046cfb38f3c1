import { ELEMENTARY } from '../words.ts';

const ATOM = "[\\p{L}\\p{N}\\p{M}_.]+(?:\\([^()]*\\)|\\[[^\\[\\]]*\\])?'*";
const OPERAND = `(${ATOM}|\\([^()]*\\))`;

/** What other languages write, and what this one does; in this order. */
export const SIGNS: readonly (readonly [RegExp, string])[] = [
  // Signs that are not seen.
  [/[\u2061-\u2064\u200b-\u200d\ufeff]/g, ''],
  [/^\s*(["“”`'])(.+)(["“”`'])\s*$/g, '$2'],
  [/(?<=[(,]\s*)(["'])([^"']*)\1(?=\s*[,)])/g, '$2'],
  [/[’‘′]/g, "'"],
  [/[•∙∗]/g, '·'],
  [/∥/g, '‖'],
  [/(‖[^‖]+‖|\|\|[^|]+\|\|)_(?:2|\{2\}|F|\{F\})/g, '$1'],
  [/(?:‖([^‖]+)‖|\|\|([^|]+)\|\|)_(?:1|\{1\})/g, 'norm1($1$2)'],
  [/(?:‖([^‖]+)‖|\|\|([^|]+)\|\|)_(?:∞|inf|\{inf\})/g, 'max(abs($1$2))'],
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
  [/(^|[(,=]\s*)~\s*(?=[\p{L}(])/gu, '$1not '],
  [/\s+\.\s+/g, ' * '],
  [/:=/g, '='],
  [/\^\^/g, '^'],
  [/<<</g, '<'],
  [/<</g, '<'],
  [/>>/g, '>'],
  [/\s*@\s*/g, ' * '],
  [/\s*%\*%\s*/g, ' * '],
  [/\s*%o%\s*/g, ' ⊗ '],
  [new RegExp(`${OPERAND}\\s*(?://|%/%|\\bdiv\\b)\\s*${OPERAND}`, 'gu'), 'floor($1/$2)'],
  [new RegExp(`${OPERAND}\\s*(?:%%|\\bmod\\b)\\s*${OPERAND}`, 'gu'), 'mod($1, $2)'],
  [new RegExp(`${OPERAND}\\s+choose\\s+${OPERAND}`, 'gu'), 'choose($1, $2)'],
  [/(\d+)\s*%(?!\s*[\p{L}\p{N}(])/gu, '$1/100'],
  [new RegExp(`${OPERAND}\\s*°`, 'gu'), '($1*pi/180)'],
  [new RegExp(`${OPERAND}\\s*%\\s*${OPERAND}`, 'gu'), 'mod($1, $2)'],
  [/(?<=\d)_(?=\d{3})/g, ''],
  [/(?<![\w,([.]|, )(\d{1,3}),(\d{3})(?![\d\w])/g, '$1$2'],
  [/(?<=\[[\d.,;\s-]*\d)\s+(?=-?[\d.][\d.,;\s-]*\])/g, ', '],
  [/\s*=?\s*\?\s*$/g, ''],
  [/(?<=\S)\s*=\s*$/g, ''],
  [/^([^?:]+\S)\s*\?\s*([^?:]+)$/g, '$1 ? $2 : 0'],
  [/(?:𝟙|𝕀|(?<![\p{L}\p{N}])[1I])\s*(?:\[([^()[\]{}]*[<>=][^()[\]{}]*)\]|[{(]([^()[\]{}]*[<>=][^()[\]{}]*)[})])/gu, '($1$2)'],
  [/⌊([^⌊⌋]*)⌋/g, 'floor($1)'],
  [/⌈([^⌈⌉]*)⌉/g, 'ceil($1)'],
  [/³√/g, '∛'],
  [/∇\s*\(([^()]*)\)/gu, 'grad($1, x)'],
  [/∇\s*([\p{L}\p{N}_]+)/gu, 'grad($1, x)'],
  [/\^[*†‡](?!\s*[\p{L}\p{N}(])/gu, "'"],
  [/(?<=[\p{L}\p{N}_)\]])\.I\b/gu, '^-1'],
  [/(?<=[\p{L})\]])\.?\^[THt](?![\p{L}\p{N}_([])/gu, "'"],
  [/(?<=\[[^\]]*=\s*[^\]]*?)\s*\.{2,3}\s*/g, ':'],
  [/\^\((\d+),(\d+)\)/g, '^$1.$2'],
  [/^(?=[^()[\]]*$)(.*?)(?<![\d.])(\d+),(\d+)(?![\d.])/g, '$1$2.$3'],
  [/\blog_?(2|10)[ \t]+([\p{L}\p{N}_]+)/gu, 'log$1($2)'],
  [/\blog_(2|10)(?=\()/g, 'log$1'],
  [/\blog_(\d+|(?!e\b)[a-z])\(([^(),]*)\)/g, 'log($2, $1)'],
  [/\b([A-Za-z]+)\[0\]/g, '$1[1]'],
];

/** `sin x` as sin(x). */
export const BARE: readonly [RegExp, string] = [
  new RegExp(`(?<![\\p{L}\\p{N}_])(${[...ELEMENTARY].join('|')})[ \\t]+(${ATOM}(?:\\^\\d+)?)`, 'gu'),
  '$1($2)',
];

/** `sin^2 x` as sin(x)^2. */
export const RAISED: readonly [RegExp, string] = [
  new RegExp(`(?<![\\p{L}\\p{N}_])(${[...ELEMENTARY].join('|')})(\\^\\d+)[ \\t]+(${ATOM})`, 'gu'),
  '$1($3)$2',
];

const REDUCTION = '(\\bsum|\\bprod|Σ|∑|Π|∏)';
const BOUNDS = new RegExp(`${REDUCTION}_\\(?\\s*(\\w)\\s*=\\s*(\\w+)\\s*\\)?\\s*\\^\\s*\\(?(\\w+)\\)?\\s*(.+)$`, 'gu');
const OVER = new RegExp(`${REDUCTION}(?:_\\(?([A-Za-z])\\)?|([ᵢⱼₖ]))\\s*(.+)$`, 'gu');

const REDUCTIONS: Readonly<Record<string, string>> = { Σ: 'sum', '∑': 'sum', Π: 'prod', '∏': 'prod' };
const LOWERED: Readonly<Record<string, string>> = { ᵢ: 'i', ⱼ: 'j', ₖ: 'k' };

/** `∑_{i=1}^n x_i` as sum[i=1:n](x[i]). */
export const withIndices = (text: string): string =>
  text
    .replace(BOUNDS, (_, sign: string, i: string, from: string, to: string, term: string) => {
      return `${REDUCTIONS[sign] ?? sign}[${i}=${from}:${to}]${indexed(term, i)}`;
    })
    .replace(OVER, (_, sign: string, letter: string | undefined, lowered: string | undefined, term: string) => {
      const i = letter ?? LOWERED[lowered!]!;
      return `${REDUCTIONS[sign] ?? sign}[${i}]${indexed(term, i)}`;
    });

/** What is summed, in brackets: the rest of the line, unless it has brackets of its own. */
function indexed(term: string, index: string): string {
  const lowered = Object.keys(LOWERED).find((sign) => LOWERED[sign] === index) ?? index;
  const result = term.trim().replace(new RegExp(`(\\p{L}+)(?:_${index}|${lowered})(?![\\p{L}\\p{Nd}_])`, 'gu'), `$1[${index}]`);
  return /^\((?:[^()]|\([^()]*\))*\)/.test(result) ? result : `(${result})`;
}
