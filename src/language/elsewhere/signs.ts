import { ELEMENTARY, INVERSES } from '../words.ts';
import { pattern, whenAsked } from './pattern.ts';

const ATOM = "[\\p{L}\\p{N}\\p{M}_.]+(?:\\([^()]*\\)|\\[[^\\[\\]]*\\])?'*";
const OPERAND = `(${ATOM}|\\([^()]*\\))`;

/** What other languages write, and what this one does; in this order. */
export const signs = whenAsked((): readonly (readonly [RegExp, string])[] => [
  // Signs that are not seen.
  [/[\u2061-\u2064\u200b-\u200d\ufeff]/g, ''],
  [/^\s*(["“”`'])(.+)(["“”`'])\s*$/g, '$2'],
  [/(?<=[(,]\s*)(["'])([^"']*)\1(?=\s*[,)])/g, '$2'],
  [/[’‘′]/g, "'"],
  [/[•∙∗]/g, '·'],
  [/[ˆ＾]/g, '^'],
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
  // Julia: types, and signs and calls entry by entry.
  [/::\s*[A-Z]\w*(?:\{[^{}]*\})?/g, ''],
  [/@\.\s*/g, ''],
  [/(?<=[\p{L}\p{N})\]'\s])(?<!\d)\.([-+])(?![\d.])/gu, '$1'],
  [/(?<=\p{L}\w*)\.\((?!\))/gu, '('],
  [/\bbegin\s+(.+?)\s*;?\s+end\b/g, '$1'],
  [/^(.+?)\s*(?:\|>|%>%)\s*([\p{L}_]\w*)(?:\(\))?$/gu, '$2($1)'],
  [
    /\b(sum|prod|mean|maximum|minimum)\((\p{L}\w*),\s*([\p{L}_]\w*)\)(?<=\((?:abs2|abs|exp|log|sqrt|sin|cos|tanh|sigmoid|relu),.*)/gu,
    '$1($2($3))',
  ],
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
  [new RegExp(`(?<=\\()\\s*(${ATOM})\\s*°\\s*(?=\\))`, 'gu'), '$1*pi/180'],
  [new RegExp(`${OPERAND}\\s*°`, 'gu'), '($1*pi/180)'],
  [new RegExp(`${OPERAND}\\s*%\\s*${OPERAND}`, 'gu'), 'mod($1, $2)'],
  [/(?<=\d)_(?=\d{3})/g, ''],
  // A mixed number.
  [/(?<![\p{L}\p{N}_.)\]]\s*)(\d+)\s+(\d+)\/(\d+)(?![\d.])/gu, '($1 + $2/$3)'],
  [/(?<![\w,([.]|, )(\d{1,3}),(\d{3})(?![\d\w])/g, '$1$2'],
  [/(?<=\[[\d.,;\s-]*\d)\s+(?=-?[\d.][\d.,;\s-]*\])/g, ', '],
  [/\s*=?\s*\?\s*$/g, ''],
  [/(?<=\S)\s*=\s*$/g, ''],
  [/^([^?:]+\S)\s*\?\s*([^?:]+)$/g, '$1 ? $2 : 0'],
  [/(?:𝟙|𝕀|(?<![\p{L}\p{N}])[1I])\s*(?:\[([^()[\]{}]*[<>=][^()[\]{}]*)\]|[{(]([^()[\]{}]*[<>=][^()[\]{}]*)[})])/gu, '($1$2)'],
  [/⌊([^⌊⌋]*)⌋/g, 'floor($1)'],
  [/⌈([^⌈⌉]*)⌉/g, 'ceil($1)'],
  [/³√/g, '∛'],
  [/∇(?:_\(?(\p{L}\w*)\)?)?\s*([\p{L}\p{N}_]+)\((\p{L}\w*)\)/gu, 'grad($2($3), $3)'],
  [/∇_\(?(\p{L}\w*)\)?\s*([\p{L}\p{N}_]+|\([^()]*\))/gu, 'grad($2, $1)'],
  [/∇\s*([\p{L}\p{N}_]+)(?![\p{L}\p{N}_(])/gu, 'grad($1, x)'],
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
]);

/** `sin x` as sin(x). */
export const BARE: readonly [() => RegExp, string] = [
  pattern(`(?<![\\p{L}\\p{N}_])(${[...ELEMENTARY].join('|')})[ \\t]+(${ATOM}(?:\\^\\d+)?)`, 'gu'),
  '$1($2)',
];

/** `sin^2 x` as sin(x)^2. */
export const RAISED: readonly [() => RegExp, string] = [
  pattern(`(?<![\\p{L}\\p{N}_])(${[...ELEMENTARY].join('|')})(\\^\\d+)[ \\t]+(${ATOM})`, 'gu'),
  '$1($3)$2',
];

const NABLA = pattern(
  `∇\\s*(?:\\(((?:[^()]|\\([^()]*\\))*)\\)|(${ATOM}\\^\\d+|[\\p{L}\\p{N}_]+\\((?:[^()]|\\((?:[^()]|\\([^()]*\\))*\\))*\\)))`,
  'gu',
);

/** `∇(x^2 + y^2)`: by each letter that there is. */
export const withNabla = (text: string): string =>
  text.replace(NABLA(), (_, bracketed: string | undefined, power: string | undefined) => {
    const of = (bracketed ?? power)!;
    const letters = new Set(of.match(/(?<![\p{L}\p{N}_])\p{L}(?![\p{L}\p{N}_(])/gu)?.filter((letter) => letter !== 'e'));
    const partials = [...(letters.size > 0 ? letters : ['x'])].map((by) => `diff(${of}, ${by})`);
    return partials.length === 1 ? partials[0]! : `[${partials.join('; ')}]`;
  });

const UNDONE = pattern(
  `(?<![\\p{L}_])(${[...INVERSES.keys()].join('|')})\\s*\\^\\s*\\(\\s*-\\s*1\\s*\\)\\s*(?:(\\()|(${ATOM}))`,
  'gu',
);
const DIVIDED = pattern(
  `(?<![\\p{L}_])(${[...ELEMENTARY].join('|')})\\s*\\^\\s*\\(\\s*-\\s*(\\d+)\\s*\\)\\s*(?:\\(((?:[^()]|\\([^()]*\\))*)\\)|(${ATOM}))`,
  'gu',
);

/** `tan^{-1}(x)`, `\\sin^{-1} x` of LaTeX, which nobody writes for a quotient: the inverse function. */
export const withInverses = (text: string): string =>
  text
    .replace(UNDONE(), (_, name: string, open: string | undefined, of: string | undefined) =>
      open ? `${INVERSES.get(name)}(` : `${INVERSES.get(name)}(${of})`,
    )
    .replace(
      DIVIDED(),
      (_, name: string, power: string, inside: string | undefined, of: string | undefined) =>
        `${name}(${inside ?? of})^(-${power})`,
    );
