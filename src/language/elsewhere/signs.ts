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
  [/(^|[-+*/^(=,]\s*|\b(?:minimize|maximize)\s+)\|\|([^|]+)\|\|/g, '$1‖$2‖'],
  [/(‖[^‖]+‖)_(?:2|\{2\}|F|\{F\})/g, '$1'],
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
  [/\bslogdet(\((?:[^()]|\([^()]*\))*\))\[1\]/g, 'logdet$1'],
  [/^\(\s*([d∂](?:\^?\d|²)?\s*\/\s*[d∂]\s*\p{L}\w*)\s*\)/gu, '$1'],
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

const BODY = '((?:[^()]|\\([^()]*\\))+?)';
const FOR = new RegExp(
  `\\b(sum|prod|mean|max|min)\\(\\[?${BODY}\\s+for\\s+(\\w)\\s*(?:in|=)\\s*(?:range\\((\\w+)\\)|(\\w+)\\s*(?::|\\.\\.)\\s*(\\w+))\\]?\\)`,
  'gu',
);
const BEHIND = new RegExp(`\\b(sum|prod)\\(${BODY},\\s*\\(?(\\w)\\s*(?:=|,)\\s*(\\w+)\\s*(?:\\.\\.|:|,)\\s*(\\w+)\\)?\\)`, 'gu');
const AHEAD = new RegExp(`\\b(sum|prod)\\((\\w)\\s*=\\s*(\\w+)\\s*(?:\\.\\.|:|,)\\s*(\\w+),\\s*${BODY}\\)`, 'gu');
const NAMED = /\b(sum|prod)\((?:([i-n]),\s*)?((?:[^()]|\([^()]*\))*\[([i-n])\](?:[^()]|\([^()]*\))*?)(?:,\s*([i-n]))?\)/gu;

/** A sum over an index as Python, Maple and Mathematica's users have it: within the brackets. */
const withinBrackets = (text: string): string =>
  text
    .replace(FOR, (_, sum: string, body: string, i: string, count?: string, from?: string, to?: string) => {
      return `${sum}[${i}=${from ?? 1}:${to ?? count}](${body})`;
    })
    .replace(AHEAD, '$1[$2=$3:$4]($5)')
    .replace(BEHIND, '$1[$3=$4:$5]($2)')
    .replace(
      NAMED,
      (whole: string, sum: string, before: string | undefined, body: string, i: string, after: string | undefined) => {
        return [before, after].every((name) => name === undefined || name === i) ? `${sum}[${i}](${body})` : whole;
      },
    );

const SIGN = '(\\b(?:sum|prod|max|min|mean)|Σ|∑|Π|∏)';
const BOUNDS = new RegExp(`${SIGN}_[({]?\\s*(\\w)\\s*=\\s*(\\w+)\\s*[)}]?\\s*\\^\\s*[({]?(\\w+)[)}]?\\s*(.+)$`, 'u');
const OVER = new RegExp(`${SIGN}(?:_\\(?([A-Za-z])\\)?|([ᵢⱼₖ]))(?![\\p{L}\\p{N}_])\\s*(.+)$`, 'u');
const SEVERAL = new RegExp(`${SIGN}\\[(\\w(?:\\s*,\\s*\\w)*)\\]\\s*(?!\\()(.+)$`, 'u');
/** The index is told by what is summed. */
const UNNAMED = /(Σ|∑|Π|∏|\b(?:sum|prod))\s+(.*\[([i-n])\].*)$/u;

const REDUCTIONS: Readonly<Record<string, string>> = { Σ: 'sum', '∑': 'sum', Π: 'prod', '∏': 'prod' };
const LOWERED: Readonly<Record<string, string>> = { ᵢ: 'i', ⱼ: 'j', ₖ: 'k' };

/** `∑_{i=1}^n x_i` as sum[i=1:n](x[i]). */
export const withIndices = (text: string): string =>
  withinBrackets(text)
    .replace(BOUNDS, (_, sign: string, i: string, from: string, to: string, term: string) => {
      return over(sign, `${i}=${from}:${to}`, indexed(term, i));
    })
    .replace(OVER, (_, sign: string, letter: string | undefined, lowered: string | undefined, term: string) => {
      const i = letter ?? LOWERED[lowered!]!;
      return over(sign, i, indexed(term, i));
    })
    .replace(SEVERAL, (_, sign: string, indices: string, term: string) => over(sign, indices, term))
    .replace(UNNAMED, (_, sign: string, term: string, i: string) => over(sign, i, term))
    .replace(/(?<=[\p{L}\p{N})\]])\s+(?=(?:sum|prod)\[)/gu, '*');

/** What is summed is the rest of the line; brackets that are all of it are its own. */
function over(sign: string, indices: string, rest: string): string {
  const term = withIndices(rest.trim());
  return `${REDUCTIONS[sign] ?? sign}[${indices}]${/^\((?:[^()]|\([^()]*\))*\)$/.test(term) ? term : `(${term})`}`;
}

const indexed = (term: string, index: string): string => {
  const lowered = Object.keys(LOWERED).find((sign) => LOWERED[sign] === index) ?? index;
  return term.replace(new RegExp(`(\\p{L}+)(?:_${index}|${lowered})(?![\\p{L}\\p{Nd}_])`, 'gu'), `$1[${index}]`);
};
