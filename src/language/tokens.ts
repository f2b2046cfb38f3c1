import type { OpenBracket } from './brackets.ts';
import type { GradusError } from './diagnostics.ts';
import type { Operator } from './precedence.ts';
import type { Expr, Span } from './tree.ts';

/** What the grammar distinguishes. Punctuation is matched by its text. */
export const TOKEN_TYPES = [
  'number', // 2, 0.5, 1e-3
  'fraction', // ½
  'name',
  'callee', // a name before `(`
  'indexed', // a name before `[…](`
  'prefix',
  'infix', // the unwritten product in `2x` too, as a token without text
  'postfix',
  'subscript', // a `[` that belongs to what stands before it
  'bracket', // a `[` that begins a literal
  'bar', // an opening | or ‖
  'endbar',
  'role', // data, param, const
  'sense', // minimize, maximize
  'metric',
  'from', // before the columns that fill an array
  'column', // x1, x*, x1..x9
  'end', // of a statement
  'punctuation', // ( ) ] , ; = : ~
  'unreadable',
] as const;

export type TokenType = (typeof TOKEN_TYPES)[number];

export interface Token {
  type: TokenType;
  /** Names in their one spelling; what else is as written. */
  text: string;
  readonly start: number;
  readonly end: number;
  readonly operator: Operator | undefined;
  /** The exponent between the name of a function and its brackets, as in sin²(x). */
  readonly raised?: Raised;
  /** For a derivative as Leibniz wrote it: what it is taken by. */
  readonly by?: readonly Expr[];
}

export interface Raised {
  /** `^`, `.^`. */
  readonly callee: string;
  readonly exponent: Expr;
  readonly at: Span;
}

export interface Tokens {
  readonly list: readonly Token[];
  /** Brackets never closed, outermost first. */
  readonly unclosed: readonly OpenBracket[];
  /** What is wrong with the token of type `unreadable`, which is then the last one. */
  readonly problem: GradusError | undefined;
}
