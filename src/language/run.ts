import type { Token } from './tokens.ts';
import type { Call, Expr, Span, Subscript } from './tree.ts';

/** An expression with its extent in the text, which may include parentheses that the expression's own span leaves out. */
export interface Operand {
  readonly type: 'operand';
  readonly expr: Expr;
  readonly start: number;
  readonly end: number;
}

export interface Subscripts {
  readonly type: 'subscripts';
  readonly list: readonly Subscript[];
  readonly start: number;
  readonly end: number;
}

/** What the grammar reads between brackets and commas: operands and operators side by side, in the order of the text. */
export type Run = (Operand | Subscripts | Token)[];

export function operand(expr: Expr, start: number, end: number): Operand {
  return { type: 'operand', expr, start, end };
}

export function spanOf(place: Span): Span {
  return { start: place.start, end: place.end };
}

/** The call that an operator makes of its operands. */
export function call(callee: string, args: readonly Expr[], at: Token, start: number, end: number): Operand {
  const expr: Call = { kind: 'call', callee, args, at: spanOf(at), span: { start, end } };
  return operand(expr, start, end);
}
