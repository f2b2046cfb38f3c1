/**
 * The operators: how they are spelled, how tightly they bind, how they group. The only table of them:
 * the lexer takes its symbols from here, the parser folds by it, the printers put parentheses by it.
 */

/** How tightly things bind; higher is tighter. Subscripts, calls and brackets are tighter than any operator. */
export const LEVEL = {
  choice: 1,
  or: 2,
  and: 3,
  not: 4,
  comparison: 5,
  sum: 6,
  /** `Σ x·y + 1` is (Σ x·y) + 1. */
  reduction: 6.5,
  product: 7,
  sign: 8,
  power: 9,
  postfix: 10,
  root: 11,
  atom: 12,
} as const;

/**
 * What `a ∘ b ∘ c` means:
 * `left` (a ∘ b) ∘ c; `right` a ∘ (b ∘ c); `flat` one call of three operands; `chain` (a ∘ b) and (b ∘ c).
 */
export type Grouping = 'left' | 'right' | 'flat' | 'chain';

export interface Operator {
  /** The call's name in the syntax tree. */
  readonly callee: string;
  readonly fixity: 'prefix' | 'infix' | 'postfix';
  readonly level: number;
  readonly grouping: Grouping;
  /** How ASCII text writes it; undefined where only a call does (`kron(A, B)`, `sqrt(x)`). */
  readonly ascii: string | undefined;
  readonly unicode: string;
  /** Every spelling that is read, `ascii` and `unicode` among them. */
  readonly spellings: readonly string[];
}

function infix(callee: string, level: number, grouping: Grouping, unicode = callee, more: readonly string[] = []): Operator {
  return {
    callee,
    fixity: 'infix',
    level,
    grouping,
    ascii: callee,
    unicode,
    spellings: [...new Set([callee, unicode, ...more])],
  };
}

function prefix(callee: string, level: number, ascii: string | undefined, unicode: string): Operator {
  const spellings = ascii === undefined || ascii === unicode ? [unicode] : [ascii, unicode];
  return { callee, fixity: 'prefix', level, grouping: 'right', ascii, unicode, spellings };
}

/** `c ? a : b`; both signs are infix to the grammar, and `where` to the tree. */
export const CHOICE: Operator = {
  callee: 'where',
  fixity: 'infix',
  level: LEVEL.choice,
  grouping: 'right',
  ascii: '?',
  unicode: '?',
  spellings: ['?'],
};

/** The `:` that belongs to a `?`. */
export const OTHERWISE: Operator = { ...CHOICE, ascii: ':', unicode: ':', spellings: [] };

/** Also what stands, unwritten, between the `2` and the `x` of `2x`. */
export const PRODUCT = infix('*', LEVEL.product, 'flat', '·', ['⋅', '×', '∗']);

const NEGATION = prefix('-', LEVEL.sign, '-', '−');

export const TRANSPOSE: Operator = {
  callee: 'transpose',
  fixity: 'postfix',
  level: LEVEL.postfix,
  grouping: 'left',
  ascii: "'",
  unicode: 'ᵀ',
  spellings: ["'", 'ᵀ', '⊤'],
};

/** `x²`: a postfix whose text is the exponent. `∘²` is the entrywise one. */
export const SUPERSCRIPT: Operator = {
  callee: '^',
  fixity: 'postfix',
  level: LEVEL.postfix,
  grouping: 'left',
  ascii: undefined,
  unicode: '',
  spellings: [],
};
export const ENTRYWISE_SUPERSCRIPT: Operator = { ...SUPERSCRIPT, callee: '.^', unicode: '∘' };

/** `Σ x`, with a space: the sum over all entries of the product after it. `Σ(x)` is a call. */
export const REDUCTION: Operator = prefix('Σ', LEVEL.reduction, undefined, 'Σ');

/** `d/dx f·g + 1` is d/dx(f·g) + 1. */
export const DERIVATIVE: Operator = prefix('diff', LEVEL.reduction, undefined, 'd/d');

/** Loosest first. */
export const OPERATORS: readonly Operator[] = [
  CHOICE,
  infix('or', LEVEL.or, 'left'),
  infix('and', LEVEL.and, 'left'),
  prefix('not', LEVEL.not, 'not', 'not'),
  infix('<', LEVEL.comparison, 'chain'),
  infix('<=', LEVEL.comparison, 'chain', '≤'),
  infix('>', LEVEL.comparison, 'chain'),
  infix('>=', LEVEL.comparison, 'chain', '≥'),
  infix('==', LEVEL.comparison, 'chain'),
  infix('!=', LEVEL.comparison, 'chain', '≠'),
  infix('+', LEVEL.sum, 'flat'),
  infix('-', LEVEL.sum, 'flat', '−'),
  PRODUCT,
  infix('/', LEVEL.product, 'left', '/', ['÷']),
  infix('.*', LEVEL.product, 'left', '⊙', ['∘']),
  infix('./', LEVEL.product, 'left', '⊘'),
  { ...infix('⊗', LEVEL.product, 'left'), ascii: undefined },
  infix('\\', LEVEL.product, 'left'),
  NEGATION,
  prefix('+', LEVEL.sign, '+', '+'),
  infix('^', LEVEL.power, 'right'),
  infix('.^', LEVEL.power, 'right'),
  TRANSPOSE,
  prefix('sqrt', LEVEL.root, undefined, '√'),
  prefix('cbrt', LEVEL.root, undefined, '∛'),
];

function bySpelling(fixity: Operator['fixity']): ReadonlyMap<string, Operator> {
  const chosen = OPERATORS.filter((operator) => operator.fixity === fixity);
  return new Map(chosen.flatMap((operator) => operator.spellings.map((spelling) => [spelling, operator] as const)));
}

export const PREFIX = bySpelling('prefix');
export const INFIX = bySpelling('infix');
export const POSTFIX = bySpelling('postfix');

/** The operator that a call with this many operands is written with, if any. */
export function operatorOf(callee: string, operands: number): Operator | undefined {
  const infixOnly = callee === 'where' ? operands === 3 : operands > 1;
  return OPERATORS.find((operator) => operator.callee === callee && (operator.fixity === 'infix') === infixOnly);
}
