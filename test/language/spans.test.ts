import { expect, test } from 'vitest';
import { parse, parseExpression } from '../../src/language/parser.ts';
import type { Call, Expr, Span } from '../../src/language/tree.ts';

const cut = (text: string, span: Span) => text.slice(span.start, span.end);

function call(expr: Expr | undefined): Call {
  if (expr?.kind !== 'call') throw new Error(`not a call: ${expr?.kind}`);
  return expr;
}

test.each([
  ['a + b*c', 'a + b*c', '+'],
  ['(a + b)*(c)', '(a + b)*(c)', '*'],
  ['  (a + b)  ', 'a + b', '+'],
  ['-(x)', '-(x)', '-'],
  ["(A B)'", "(A B)'", "'"],
  ['x²', 'x²', '²'],
  ['2 x', '2 x', ''],
  ['sin( x )', 'sin( x )', 'sin'],
  ['c ? a : (b)', 'c ? a : (b)', '?'],
  ['(a) < b < (c)', '(a) < b < (c)', '<'],
  ['|x|', '|x|', '|'],
  ['√(x)', '√(x)', '√'],
  ['½', '½', '½'],
  ['W₁ + ŷ', 'W₁ + ŷ', '+'],
])('%s', (text, whole, operator) => {
  const expr = call(parseExpression(text));
  expect(cut(text, expr.span)).toBe(whole);
  expect(cut(text, expr.at)).toBe(operator);
});

test('a subtracted term spans its sign', () => {
  const text = 'a − (b) + c';
  const [, negated] = call(parseExpression(text)).args;
  expect(cut(text, call(negated).span)).toBe('− (b)');
  expect(cut(text, call(negated).at)).toBe('−');
});

test('a chain is located at its first operator, its inner calls at their own', () => {
  const text = 'a*b/c*d';
  const outer = call(parseExpression(text));
  const quotient = call(outer.args[0]);
  expect([outer, quotient, call(quotient.args[0])].map((node) => cut(text, node.span))).toEqual(['a*b/c*d', 'a*b/c', 'a*b']);
  expect([outer.at.start, quotient.at.start, call(quotient.args[0]).at.start]).toEqual([5, 3, 1]);
});

test('a negative superscript', () => {
  const text = 'A∘⁻¹²';
  const [, exponent] = call(parseExpression(text)).args;
  expect(cut(text, exponent!.span)).toBe('⁻¹²');
  expect(cut(text, call(exponent).args[0]!.span)).toBe('¹²');
});

test('subscripts, binders and indexed calls', () => {
  const text = 'sum[p = 1:3, q](X[ p:, -q ])';
  const expr = parseExpression(text);
  if (expr.kind !== 'indexed') throw new Error(expr.kind);
  expect(cut(text, expr.at)).toBe('sum');
  expect(expr.indices.map((index) => cut(text, index.span))).toEqual(['p = 1:3', 'q']);
  const [entry] = expr.args;
  if (entry?.kind !== 'subscripted') throw new Error(entry?.kind);
  expect(cut(text, entry.span)).toBe('X[ p:, -q ]');
  expect(entry.subscripts.map((subscript) => cut(text, subscript.span))).toEqual(['p:', '-q']);
});

test('statements', () => {
  const text = 'param W : [2] int ~ normal(0, 1), b\nf(x, y) = x\nC[i] = (i)\nminimize L = (b)';
  const { statements } = parse(text);
  expect(statements.map((statement) => cut(text, statement.span))).toEqual([
    'W : [2] int ~ normal(0, 1)',
    'b',
    'f(x, y) = x',
    'C[i] = (i)',
    'minimize L = (b)',
  ]);
  const [declaration, , definition, entries] = statements;
  if (declaration?.kind !== 'declaration' || definition?.kind !== 'function' || entries?.kind !== 'entries') throw new Error();
  expect(cut(text, declaration.at)).toBe('W');
  expect(cut(text, declaration.shape!.span)).toBe('[2]');
  expect(cut(text, declaration.initial!.span)).toBe('normal(0, 1)');
  expect(definition.parameters.map((name) => cut(text, name.span))).toEqual(['x', 'y']);
  expect(cut(text, entries.at)).toBe('C');
});
