import { GradusError } from './diagnostics.ts';
import { fold } from './fold.ts';
import { type Operand, operand, type Run, type Subscripts, spanOf } from './run.ts';
import type { Token } from './tokens.ts';
import type { Expr, IndexBinder, Name, NumberLiteral, Span, Subscript } from './tree.ts';

/**
 * What the grammar's rules build of expressions. A rule is completed wherever it could end, so `a + b*c` is an item of a list three
 * times before the comma comes: lists are linked, sharing what they begin with, and a run is folded once the token
 * after it has confirmed where it ends. A run itself grows by whole operands and operators, each of which is
 * completed once and read in one way, so it grows in place.
 */

export interface List<Item> {
  readonly before: List<Item> | undefined;
  readonly item: Item;
}

export function list<Item>(item: Item, before?: List<Item>): List<Item> {
  return { before, item };
}

export function items<Item>(last: List<Item>): Item[] {
  const result: Item[] = [];
  for (let link: List<Item> | undefined = last; link; link = link.before) result.push(link.item);
  return result.reverse();
}

export function append(run: Run, item: Run[number]): Run {
  run.push(item);
  return run;
}

export function across(first: Span, last: Span): Span {
  return { start: first.start, end: last.end };
}

export function nameOf(token: Token): Name {
  return { kind: 'name', name: token.text, span: spanOf(token) };
}

export function extent(run: Run): Span {
  return across(run[0]!, run[run.length - 1]!);
}

export function numeral(token: Token): Operand {
  const expr: NumberLiteral = { kind: 'number', text: token.text, span: spanOf(token) };
  return operand(expr, token.start, token.end);
}

export function variable(token: Token): Operand {
  return operand(nameOf(token), token.start, token.end);
}

const FRACTIONS: Record<string, readonly [string, string]> = {
  '½': ['1', '2'],
  '¼': ['1', '4'],
  '¾': ['3', '4'],
  '⅓': ['1', '3'],
  '⅔': ['2', '3'],
};

export function fraction(token: Token): Operand {
  const span = spanOf(token);
  const args = FRACTIONS[token.text]!.map((text): NumberLiteral => ({ kind: 'number', text, span }));
  return operand({ kind: 'call', callee: '/', args, at: span, span }, token.start, token.end);
}

export function parenthesised(open: Token, run: Run, close: Token): Operand {
  return operand(fold(run), open.start, close.end);
}

const NORMS: Record<string, string> = { '|': 'abs', '‖₁': 'norm1' };

/** `|x|`, `‖x‖`, `‖x‖₁`. */
export function barred(open: Token, run: Run, close: Token): Operand {
  const span = across(open, close);
  return operand(
    { kind: 'call', callee: NORMS[close.text] ?? 'norm', args: [fold(run)], at: spanOf(open), span },
    span.start,
    span.end,
  );
}

export function application(callee: Token, args: List<Run> | undefined, close: Token): Operand {
  const span = across(callee, close);
  const at = spanOf(callee);
  const given = args ? items(args).map(fold) : [];
  const expr: Expr = { kind: 'call', callee: callee.text, args: [...given, ...(callee.by ?? [])], at, span };
  return operand(toPower(callee, expr), span.start, span.end);
}

/** `ln|x|`: a call of what stands between the bars, which keep their meaning. */
export function applied(callee: Token, bars: Operand): Operand {
  const span = across(callee, bars);
  const expr: Expr = { kind: 'call', callee: callee.text, args: [bars.expr], at: spanOf(callee), span };
  return operand(toPower(callee, expr), span.start, span.end);
}

/** `sin²(x)` is (sin(x))². */
function toPower({ raised }: Token, expr: Expr): Expr {
  if (!raised) return expr;
  return { kind: 'call', callee: raised.callee, args: [expr, raised.exponent], at: raised.at, span: expr.span };
}

/** `sum[k](…)`. */
export function indexed(callee: Token, { list: indices }: Subscripts, args: List<Run>, close: Token): Operand {
  const span = across(callee, close);
  const expr: Expr = {
    kind: 'indexed',
    callee: callee.text,
    indices: indices.map((index) => binder(callee, index)),
    args: items(args).map(fold),
    at: spanOf(callee),
    span,
  };
  return operand(expr, span.start, span.end);
}

function binder(callee: Token, subscript: Subscript): IndexBinder {
  if (subscript.kind === 'binder') return subscript.index;
  if (subscript.kind === 'at' && subscript.index.kind === 'name') return { name: subscript.index.name, span: subscript.span };
  throw new GradusError('syntax', 'only index names may stand here', {
    span: subscript.span,
    hint: `${callee.text}[…](…) is a function over indices, as in sum[k](…) or sum[k=1:n](…); a product is written ${callee.text}[…]*(…)`,
  });
}

export function bracket(open: Token, rows: List<List<Run>>, close: Token): Operand {
  const span = across(open, close);
  return operand({ kind: 'bracket', rows: items(rows).map((row) => items(row).map(fold)), span }, span.start, span.end);
}

/** What is written between two commas of a subscript: `from`, `from : to`, or `name = from : to`. */
export interface Place {
  readonly name?: Token | undefined;
  readonly from?: Run | undefined;
  readonly colon?: Token | undefined;
  readonly to?: Run | undefined;
}

export function subscripts(open: Token, places: List<Place>, close: Token): Subscripts {
  return { type: 'subscripts', list: items(places).map(subscript), start: open.start, end: close.end };
}

function subscript({ name, from, colon, to }: Place): Subscript {
  const parts = [name, from && extent(from), colon, to && extent(to)].filter((part) => part !== undefined);
  const span = across(parts[0]!, parts[parts.length - 1]!);
  if (name) return { kind: 'binder', index: { name: name.text, from: fold(from!), to: fold(to!), span }, span };
  if (colon) return { kind: 'range', from: from && fold(from), to: to && fold(to), span };
  return { kind: 'at', index: fold(from!), span };
}
