import type { Expr, IndexBinder, Statement, Subscript } from '../../src/language/tree.ts';
import { call, numeralOf } from '../../src/reading/syntax.ts';

/** One change of a tree: what kind it is, and the tree with it. */
export interface Change<T> {
  readonly kind: string;
  readonly tree: T;
}

/** What may stand in the place of an expression. */
export type Rule = (e: Expr) => Iterable<Change<Expr>>;

/** Every tree that differs in one place, by the rule. */
export function* changes(e: Expr, rule: Rule): Generator<Change<Expr>> {
  yield* rule(e);
  if (e.kind === 'call' || e.kind === 'indexed') {
    for (const [k, arg] of e.args.entries()) {
      for (const { kind, tree } of changes(arg, rule)) yield { kind, tree: { ...e, args: e.args.with(k, tree) } };
    }
  }
  if (e.kind === 'bracket') {
    for (const [k, row] of e.rows.entries()) {
      for (const [l, entry] of row.entries()) {
        for (const { kind, tree } of changes(entry, rule))
          yield { kind, tree: { ...e, rows: e.rows.with(k, row.with(l, tree)) } };
      }
    }
  }
  if (e.kind === 'subscripted') {
    for (const { kind, tree } of changes(e.target, rule)) yield { kind, tree: { ...e, target: tree } };
  }
}

/** The same in a source: in one of its definitions, or in what it ends with. */
export function* sourceChanges(statements: readonly Statement[], rule: Rule): Generator<Change<Statement[]>> {
  for (const [k, s] of statements.entries()) {
    if (s.kind === 'declaration' || !s.value) continue;
    for (const { kind, tree } of changes(s.value, rule)) yield { kind, tree: statements.with(k, { ...s, value: tree }) };
  }
}

/** Functions that are taken for each other. */
const CONFUSED = [
  ['sin', 'cos'],
  ['sinh', 'cosh'],
  ['tan', 'tanh'],
  ['tanh', 'sigmoid'],
  ['sqrt', 'abs'],
  ['exp', 'expm1'],
  ['log', 'log1p'],
  ['relu', 'step'],
  ['step', 'sign'],
  ['inv', 'transpose'],
  ['sum', 'mean'],
  ['max', 'min'],
  ['ones', 'zeros'],
  ['digamma', 'trigamma'],
  ['erf', 'erfc'],
];

const AXES = new Map([
  ['rows', 'cols'],
  ['cols', 'rows'],
]);

const SUMS = new Set(['+']);
const PRODUCTS = new Set(['*', '.*']);

/**
 * The slips of the pen and of the mind: a sign, a factor, a transpose, an index, a term dropped or doubled, a factor (such
 * as σ′) left out, the wrong axis, another name, another function, an exponent off by one.
 * @param alike names that may be taken for a name
 */
export function slips(alike: (name: string) => readonly string[]): Rule {
  return function* (e) {
    if (e.kind === 'number') yield* ofNumber(e.text);
    if (e.kind === 'name') yield* ofName(e, alike);
    if (e.kind === 'subscripted') yield* ofSubscripts(e);
    if (e.kind === 'indexed') yield* ofIndices(e);
    if (e.kind === 'call') yield* ofCall(e);
  };
}

function* ofNumber(text: string): Generator<Change<Expr>> {
  const value = Number(text);
  yield { kind: 'factor', tree: numeralOf(value + 1) };
  if (value > 1) yield { kind: 'factor', tree: numeralOf(value - 1) };
  if (value !== 0) yield { kind: 'sign', tree: call('-', numeralOf(text)) };
}

function* ofName(e: Expr & { kind: 'name' }, alike: (name: string) => readonly string[]): Generator<Change<Expr>> {
  for (const other of alike(e.name)) yield { kind: 'name', tree: { ...e, name: other } };
  if (AXES.has(e.name)) yield { kind: 'axis', tree: { ...e, name: AXES.get(e.name)! } };
  else yield { kind: 'transpose', tree: call('transpose', e) };
}

function* ofSubscripts(e: Expr & { kind: 'subscripted' }): Generator<Change<Expr>> {
  const { subscripts } = e;
  if (subscripts.length === 2) yield { kind: 'index', tree: { ...e, subscripts: subscripts.toReversed() } };
  for (const [k, s] of subscripts.entries()) {
    if (s.kind !== 'at') continue;
    for (const by of [1, -1]) {
      const moved: Subscript = { ...s, index: call('+', s.index, by > 0 ? numeralOf(1) : call('-', numeralOf(1))) };
      yield { kind: 'index', tree: { ...e, subscripts: subscripts.with(k, moved) } };
    }
  }
}

function* ofIndices(e: Expr & { kind: 'indexed' }): Generator<Change<Expr>> {
  for (const [k, index] of e.indices.entries()) {
    if (!index.from || !index.to) continue;
    const later: IndexBinder = { ...index, from: call('+', index.from, numeralOf(1)) };
    yield { kind: 'range', tree: { ...e, indices: e.indices.with(k, later) } };
  }
}

function* ofCall(e: Expr & { kind: 'call' }): Generator<Change<Expr>> {
  const { callee, args } = e;
  const without = (k: number): Expr => (args.length === 2 ? args[1 - k]! : { ...e, args: args.toSpliced(k, 1) });
  for (const [k, arg] of args.entries()) {
    if (SUMS.has(callee)) {
      yield { kind: 'term dropped', tree: without(k) };
      yield { kind: 'term doubled', tree: { ...e, args: args.with(k, call('*', numeralOf(2), arg)) } };
      yield { kind: 'sign', tree: { ...e, args: args.with(k, call('-', arg)) } };
    }
    if (PRODUCTS.has(callee)) {
      yield { kind: 'factor left out', tree: without(k) };
      yield { kind: 'factor doubled', tree: { ...e, args: args.toSpliced(k, 0, arg) } };
    }
  }
  if (callee === '*' && args.length === 2) {
    yield { kind: 'order', tree: { ...e, args: args.toReversed() } };
    yield { kind: 'product', tree: { ...e, callee: '.*' } };
  }
  if (callee === '.*' && args.length === 2) yield { kind: 'product', tree: { ...e, callee: '*' } };
  if (callee === '/' || callee === './') yield { kind: 'factor left out', tree: args[0]! };
  if (callee === '-' && args.length === 1) yield { kind: 'sign', tree: args[0]! };
  if (callee === 'transpose') yield { kind: 'transpose', tree: args[0]! };
  if (callee === '^' || callee === '.^') {
    yield { kind: 'exponent', tree: { ...e, args: [args[0]!, call('+', args[1]!, numeralOf(1))] } };
    yield { kind: 'exponent', tree: { ...e, args: [args[0]!, call('-', args[1]!)] } };
  }
  if (callee === 'where') yield { kind: 'branches', tree: { ...e, args: [args[0]!, args[2]!, args[1]!] } };
  if (args.length > 0) yield { kind: 'factor', tree: call('*', numeralOf(2), e) };
  for (const pair of CONFUSED) {
    const k = pair.indexOf(callee);
    if (k >= 0 && args.length === 1) yield { kind: 'function', tree: { ...e, callee: pair[1 - k]! } };
  }
}
