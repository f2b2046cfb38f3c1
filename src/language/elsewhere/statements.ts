import { pattern } from './pattern.ts';

/** Statements of other languages, each as this one writes it. The first form that fits is taken. */

const NAME = '[\\p{L}_][\\p{L}\\p{N}_]*';
const NUMBER = '[-+]?[\\d.]+|-?inf';

/** Functions without a name: each captures its parameters. */
const ANONYMOUS = [
  `lambda\\s+([\\p{L}\\p{N}_, ]+):`,
  '@\\(([^()]*)\\)',
  `\\(([^()]*)\\)\\s*(?:=>|->|→|↦)`,
  // Without its parameter in it, `a => b` is a comparison.
  `(?<parameter>${NAME})\\s*(?:=>|->|→|↦|\\\\mapsto|\\\\to)(?=.*(?<!\\p{L})\\k<parameter>(?!\\p{L}))`,
  '(?:function|\\\\)\\s*\\(([^()]*)\\)',
];

/** A pattern of a whole line. */
type Form = () => RegExp;

const form = (source: string): Form => pattern(`^${source}$`, 'u');

/** What a statement of some form is here, by what its groups hold. */
export type Statement = readonly [form: Form, here: string];

const functions: readonly Statement[] = [
  ...ANONYMOUS.flatMap((head): Statement[] => [
    [form(`(?:const|let|var|auto)?\\s*(${NAME})\\s*(?:=|:=|<-|:)\\s*${head}\\s*(?:return\\s+)?(.+)`), '$1($2) = $3'],
    // On its own what it does to its argument is meant.
    [form(`${head}\\s*(?:return\\s+)?(.+)`), '$2'],
  ]),
  [
    form(
      `(?:def|func|fn|fun|function)\\s+(${NAME})\\s*\\(([^()]*)\\)\\s*(?::|->|\\{|(?<!^function\\b.*)=)?\\s*(?:return\\s+)?(.+?)\\s*(?:;?\\s*\\})?(?:\\s+end)?`,
    ),
    '$1($2) = $3',
  ],
  [form(`(${NAME})\\[\\s*(${NAME})_\\s*\\]\\s*:?=\\s*(.+)`), '$1($2) = $3'],
  [form(`(${NAME})\\[\\s*(${NAME})_\\s*,\\s*(${NAME})_\\s*\\]\\s*:?=\\s*(.+)`), '$1($2, $3) = $4'],
];

/** What stands before a value that is chosen. */
const GIVEN = `(${NAME}\\s*=\\s*|)`;

const choices: readonly Statement[] = [
  [
    form(`${GIVEN}if\\s+(.+?)\\s*(?:\\s+then\\b|:|,)\\s*(.+?)\\s*[;,]?\\s*(?:else|otherwise)\\s*:?\\s*(.+?)(?:\\s+end(?:if)?)?`),
    '$1where($2, $3, $4)',
  ],
  [form(`${GIVEN}if\\s*\\((.+?)\\)\\s*\\{?\\s*([^{}]+?)\\s*\\}?\\s*else\\s*\\{?\\s*([^{}]+?)\\s*\\}?`), '$1where($2, $3, $4)'],
  [form(`${GIVEN}(.+?)\\s+if\\s+(.+?)\\s+(?:else|otherwise)\\s+(.+)`), '$1where($3, $2, $4)'],
];

const SENSES: readonly (readonly [string, string])[] = [
  ['(?:minimi[sz]e|argmin|arg\\s+min|min(?!\\s*\\())(?!\\p{L})', 'minimize'],
  ['(?:maximi[sz]e|argmax|arg\\s+max|max(?!\\s*\\())(?!\\p{L})', 'maximize'],
];
/** By what it is minimized, written below it. */
const BELOW = `(?:\\s*_(?![ijk](?![\\p{L}\\p{N}]))\\s*(?:\\{[^{}]*\\}|\\([^()]*\\)|${NAME}))?`;
/** What stands behind an objective elsewhere. */
const BEHIND =
  '(?:\\s*,?\\s*(?:wrt|over|w\\.r\\.t\\.|with respect to|for|subject to|s\\.t\\.|such that)\\s.*|\\s*,\\s*[\\p{L}\\p{N}_, ]+)?';

const objectives: readonly Statement[] = [
  [form(`(minimize|maximize)\\s+(${NAME})\\([^()]*\\)\\s*=\\s*(.+)`), '$1 $2 = $3'],
  ...SENSES.flatMap(([words, here]): Statement[] => [
    [form(`${words}${BELOW}\\s*\\(((?:[^()]|\\([^()]*\\))+?)\\s*,[^()]*\\)`), `${here} $1`],
    [form(`${words}${BELOW}\\s*:?\\s*(${NAME})\\s*[:=](?!=)\\s*(.+?)${BEHIND}`), `${here} $1 = $2`],
    [form(`${words}${BELOW}\\s*(?::\\s*|(?<=[)}])\\s*|\\s+)(.+?)${BEHIND}`), `${here} $1`],
  ]),
  [form(`(loss|cost|objective|Loss|Cost|Objective)\\s*:\\s*(.+)`), 'minimize $1 = $2'],
  [form(`(loss|cost|objective|Loss|Cost|Objective)\\s+(?![=+*/^·-])(.+)`), 'minimize $1 = $2'],
  [form('return\\s+(.+)'), '$1'],
  [form('(?:expand|factor|simplify|evaluate|compute|calculate|solve)\\s+(?![-+*/^=])(.+)'), '$1'],
  [form('(.+?)\\s+(?:where|s\\.t\\.|subject to|such that)\\s.*[<>=].*'), '$1'],
  // What something is at a value.
  [form(`(${NAME})\\(\\s*(${NAME})\\s*\\)\\s*=\\s*([^=,;]+?)\\s*[,;|]\\s*\\2\\s*=\\s*([^=,;{}]+)`), '$1($2) = $3; $1($4)'],
  [
    form(
      `(?:evaluate\\s+|find\\s+)?(?![^=]*=[^=]*\\s(?:at|where|when|for)\\s)(.+?)\\s*(?:\\s(?:at|where|when|for|with)\\s+|\\\\?[|]\\s*_?\\s*\\{?)\\s*(${NAME})\\s*=\\s*(-?[\\p{L}\\p{N}_.]+)\\s*\\}?`,
    ),
    'f($2) = $1; f($3)',
  ],
  [form(`(.+?)\\s*/\\.\\s*\\{?\\s*(${NAME})\\s*(?:->|→)\\s*([^{},]+?)\\s*\\}?`), 'f($2) = $1; f($3)'],
  [form(`\\(?((?:[^()]|\\([^()]*\\))+?)\\)?\\.subs\\(\\s*(${NAME})\\s*,\\s*([^(),]+)\\)`), 'f($2) = $1; f($3)'],
  // A formula of a spreadsheet.
  [form('=\\s*(?!=)(.+)'), '$1'],
];

const ROLES: readonly (readonly [string, string])[] = [
  ['(?:parameters?|params|weights?|learnable|trainable|unknowns?)', 'param'],
  ['(?:inputs?|given|dataset|observed|observe)', 'data'],
  ['(?:constants?|constexpr|final)', 'const'],
];

/** What is changed in place elsewhere gets another name here. */
const updates: readonly Statement[] = [
  [form(`(${NAME})\\s*([-+*/^])=\\s*([\\p{L}\\p{N}_.]+)`), '$1_next = $1 $2 $3'],
  [form(`(${NAME})\\s*([-+])=\\s*([^-+]+)`), '$1_next = $1 $2 $3'],
  [form(`(${NAME})\\s*([-+*/^])=\\s*(.+)`), '$1_next = $1 $2 ($3)'],
  [form(`(${NAME})\\s*(?:\\+\\+|\\+=\\s*1)`), '$1_next = $1 + 1'],
  [form(`(${NAME})--`), '$1_next = $1 - 1'],
  [form(`(${NAME})\\s*(?::=|<-|←)\\s*((?=.*(?<![\\p{L}\\p{N}_])\\1(?![\\p{L}\\p{N}_(])).+)`), '$1_next = $2'],
];

const declarations: readonly Statement[] = [
  [form(`(${NAME})\\s*,\\s*(${NAME})\\s*=\\s*([^,=]+?)\\s*,\\s*([^,=]+)`), '$1 = $3; $2 = $4'],
  [form(`(${NAME})\\s*=\\s*(${NUMBER})\\s*,\\s*(${NAME})\\s*=\\s*(${NUMBER})`), '$1 = $2; $3 = $4'],
  [form(`(?:let\\s+)?(${NAME})\\s*:\\s*(\\[[^\\]]*\\])`), 'param $1 : $2'],
  [
    form(`(?:let\\s+|param\\s+)?(${NAME})\\s*(?:∈|\\\\?in)\\s*(?:ℝ|R|\\\\mathbb\\{R\\})\\s*\\^\\s*[({]?\\s*(\\w+)\\s*[)}]?`),
    'param $1 : [$2]',
  ],
  [form(`(?:let\\s+|param\\s+)?(${NAME})\\s*∈\\s*ℝⁿ`), 'param $1 : [n]'],
  [
    form(
      `(?:let\\s+|param\\s+)?(${NAME})\\s*(?:∈|\\\\?in)\\s*(?:ℝ|R|\\\\mathbb\\{R\\})\\s*\\^\\s*[({]?\\s*(\\w+)\\s*(?:x|×|\\\\times|,)\\s*(\\w+)\\s*[)}]?`,
    ),
    'param $1 : [$2, $3]',
  ],
  [form(`(${NAME})\\s*(?:=|<-)\\s*(?:[\\w.]*\\.)?(?:param|parameter|Parameter|Variable|variable)\\((.*)\\)`), 'param $1 = $2'],
  [form(`(${NAME})\\s*(?:=|<-)\\s*(data|param|const)\\s+(.+)`), '$2 $1 = $3'],
  [form(`(${NAME})\\s*(?:=|<-)\\s*(\\w+)\\s*:\\s*(\\w+)`), '$1[i=$2:$3] = i'],
  [form(`(${NAME})\\s*(?:=|<-)\\s*c?\\(([^()]*,[^()]*)\\)`), '$1 = [$2]'],
  ...ROLES.map(([words, here]): Statement => [form(`${words}\\s+(?=${NAME})(.+)`), `${here} $1`]),
  [form(`(?:let|var|val|local|auto|my|double|float|real|int)\\s+(${NAME})\\s*=\\s*(.+)`), '$1 = $2'],
  [form(`(?:let|val|auto)\\s+(${NAME}\\s*:.+)`), 'const $1'],
  [form(`(?:variables?|var)\\s+(${NAME}.*)`), 'param $1'],
  [form(`(${NAME})\\s*<-\\s*(.+)`), '$1 = $2'],
];

const ROLE = '((?:data|param|const)\\s(?:.*,)?\\s*)';
const DECLARED = `(${NAME}(?:\\s*:\\s*\\[[^\\]]*\\])?)`;
const LENGTHS = '([\\p{L}\\p{N}_+-]+(?:\\s*(?:,|×|\\\\times|\\*)\\s*[\\p{L}\\p{N}_+-]+)*)';

/** What is said of a declared name. */
const facts: readonly Statement[] = [
  [
    form(`${ROLE}(${NAME})\\s*=\\s*(?:[\\w.]*\\.)?(?:randn|rnorm|normrnd|standard_normal)\\(\\s*\\(?${LENGTHS}\\)?\\s*\\)`),
    '$1$2 : [$3] ~ normal(0, 1)',
  ],
  [
    form(`${ROLE}(${NAME})\\s*=\\s*(?:[\\w.]*\\.)?(?:rand|random)\\(\\s*\\(?${LENGTHS}\\)?\\s*\\)`),
    '$1$2 : [$3] ~ uniform(0, 1)',
  ],
  [form(`${ROLE}(${NAME})\\s*=\\s*((?:${NUMBER})(?:\\s*,\\s*(?:${NUMBER}))+)`), '$1$2 = [$3]'],
  [
    form(`(param|data|const)\\s+(${NAME})\\s+(?!(?:positive|int|symmetric|distribution|onehot|in|from)(?!\\w))(${NAME})`),
    '$1 $2, $3',
  ],
  [
    form(`${ROLE}${DECLARED}\\s*=\\s*(?:[\\w.]*\\.)?(?:randn|normal|rnorm|normrnd|standard_normal)\\(.*\\)`),
    '$1$2 ~ normal(0, 1)',
  ],
  [form(`${ROLE}${DECLARED}\\s*=\\s*(?:[\\w.]*\\.)?(?:rand|uniform|runif|random)\\(.*\\)`), '$1$2 ~ uniform(0, 1)'],
  [form(`${ROLE}(${NAME})\\s+(${NUMBER})`), '$1$2 = $3'],
  [form(`${ROLE}${DECLARED}\\s*<-\\s*(.+)`), '$1$2 = $3'],
  [form(`${ROLE}${DECLARED}\\s*between\\s+(${NUMBER})\\s+and\\s+(${NUMBER})(\\s*[=~].*)?`), '$1$2 in $3..$4$5'],
  [form(`${ROLE}${DECLARED}\\s*>=?\\s*0(\\s*[=~].*)?`), '$1$2 positive$3'],
  [form(`${ROLE}(${NUMBER})\\s*<=?\\s*${DECLARED}\\s*<=?\\s*(${NUMBER})(\\s*[=~].*)?`), '$1$3 in $2..$4$5'],
  [form(`${ROLE}${DECLARED}\\s*(?:∈|in)\\s*[[(]\\s*(${NUMBER})\\s*,\\s*(${NUMBER})\\s*[\\])](\\s*[=~].*)?`), '$1$2 in $3..$4$5'],
  [form(`${ROLE}(${NAME})\\s*(?:∈|:|in)\\s*[Rℝ]\\s*\\^\\s*[({]?\\s*${LENGTHS}\\s*[)}]?(\\s*[=~].*)?`), '$1$2 : [$3]$4'],
  [
    form(`${ROLE}(${NAME})\\s*(?:∈|:|in)\\s*(?:[Rℝ]|[Rr]eals?|[Ff]loat(?:32|64)?|[Dd]ouble|[Ss]calar|[Nn]umber)(\\s*[=~].*)?`),
    '$1$2$3',
  ],
  [form(`${ROLE}(${NAME})\\s*:?\\s*\\((?=[^()]*[\\d,×])\\s*${LENGTHS}\\s*,?\\s*\\)(\\s*[=~].*)?`), '$1$2 : [$3]$4'],
  [form(`${ROLE}(${NAME})\\s*:?\\s*\\[\\s*${LENGTHS}\\s*\\](\\s*[=~].*)?`), '$1$2 : [$3]$4'],
  [form(`${ROLE}(${NAME})\\s*:?\\s+(\\w+\\s*[×x]\\s*\\w+)(\\s*[=~].*)?`), '$1$2 : [$3]$4'],
];

/** `[3×2]`, `[3x2]`: lengths between commas. */
const spaced = (text: string): string =>
  text.replace(
    /:\s*\[([^[\]]*)\]/g,
    (_, lengths: string) => `: [${lengths.replace(/\s*(?:×|\\times|(?<=[\d\s])x(?=[\d\s])|\s\*\s)\s*|\s*,\s*/g, ', ')}]`,
  );

/** Distributions by their other names. */
const STARTS: Readonly<Record<string, string>> = {
  N: 'normal',
  Normal: 'normal',
  Gaussian: 'normal',
  gaussian: 'normal',
  randn: 'normal',
  rand: 'uniform',
  random: 'normal',
  U: 'uniform',
  Uniform: 'uniform',
  Unif: 'uniform',
  glorot: 'xavier',
  Glorot: 'xavier',
  Xavier: 'xavier',
  kaiming: 'he',
  Kaiming: 'he',
  He: 'he',
  zero: 'zeros',
  one: 'ones',
};

export const initializerHere = (name: string): string | undefined => (Object.hasOwn(STARTS, name) ? STARTS[name] : undefined);

const starts = (text: string): string =>
  text.replace(
    /~\s*(\\mathcal\s*)?([\p{L}_]+)/u,
    (whole: string, _, name: string) => `~ ${initializerHere(name) ?? whole.replace(/^~\s*/, '')}`,
  );

/** A statement in a form of another language, as this one writes it. */
export function withForms(text: string): string {
  let result = text;
  for (const forms of [updates, declarations, functions, choices, objectives, facts]) {
    const found = forms.find(([pattern]) => pattern().test(result));
    if (found) result = result.replace(found[0](), found[1]).trim();
  }
  return /^(?:data|param|const)\s/.test(result) ? starts(spaced(result)) : result;
}
