import type { Expr, Statement, Subscript } from '../../src/language/tree.ts';
import { call, indexed, name, numeralOf, subscripted } from '../../src/reading/syntax.ts';
import { type Change, type Rule, sourceChanges } from './mutations.ts';

type Call = Expr & { kind: 'call' };

const number = numeralOf;
const half = (e: Expr): Expr => call('/', e, number(2));
const axis = (e: Expr): boolean => e.kind === 'name' && (e.name === 'rows' || e.name === 'cols');

/** Laws of matrices and functions, each from left to right. What they make equals what was there. */
export const laws: Rule = function* (e) {
  if (e.kind === 'number' || e.kind === 'bracket' || axis(e)) return;
  yield { kind: 'twice transposed', tree: call('transpose', call('transpose', e)) };
  yield { kind: 'plus 0', tree: call('+', e, number(0)) };
  yield { kind: 'times 1', tree: call('*', number(1), e) };
  yield { kind: 'two halves', tree: call('+', half(e), half(e)) };
  yield { kind: 'twice less once', tree: call('+', call('*', number(2), e), call('-', e)) };
  yield { kind: 'taken anyway', tree: call('where', call('<', number(1), number(2)), e, e) };
  if (e.kind !== 'call') return;
  yield* ofSums(e);
  yield* ofProducts(e);
  yield* ofFunctions(e);
};

function* ofSums({ callee, args, ...rest }: Call): Generator<Change<Expr>> {
  if (callee !== '+') return;
  yield { kind: 'terms turned', tree: { ...rest, callee, args: [...args.slice(1), args[0]!] } };
  yield { kind: 'terms grouped', tree: call('+', args[0]!, args.length === 2 ? args[1]! : call('+', ...args.slice(1))) };
  yield { kind: 'minus of minus', tree: call('-', call('+', ...args.map((a) => call('-', a)))) };
}

function* ofProducts(e: Call): Generator<Change<Expr>> {
  const { callee, args } = e;
  if (callee === '.*') yield { kind: 'factors turned', tree: { ...e, args: [...args.slice(1), args[0]!] } };
  if (callee === '*' && args.length === 2) {
    const turned = args.toReversed().map((a) => call('transpose', a));
    yield { kind: '(b′a′)′', tree: call('transpose', call('*', ...turned)) };
  }
  if (callee === '*' && args.length > 2) {
    yield { kind: 'associated', tree: call('*', args[0]!, call('*', ...args.slice(1))) };
  }
  if (callee === 'transpose') {
    const inner = args[0]!;
    if (inner.kind === 'call' && inner.callee === '*') {
      yield { kind: '(ab)′ = b′a′', tree: call('*', ...inner.args.toReversed().map((a) => call('transpose', a))) };
    }
    if (inner.kind === 'call' && inner.callee === '+') {
      yield { kind: '(a + b)′ = a′ + b′', tree: call('+', ...inner.args.map((a) => call('transpose', a))) };
    }
  }
  if (callee !== '*' && callee !== '.*') return;
  for (const [k, sum] of args.entries()) {
    if (sum.kind !== 'call' || sum.callee !== '+') continue;
    yield { kind: 'distributed', tree: call('+', ...sum.args.map((term) => ({ ...e, args: args.with(k, term) }))) };
  }
}

const exp = (x: Expr): Expr => call('exp', x);
const over = (x: Expr): Expr => call('./', number(1), x);
const minus = (x: Expr): Expr => call('-', x);

/** What a function of one argument, or of two, is in terms of others. */
const IDENTITIES: Readonly<Record<string, (a: Expr, b: Expr) => Expr[]>> = {
  './': (a, b) => [call('.*', a, over(b))],
  sigmoid: (a) => [over(call('+', number(1), exp(minus(a)))), call('+', number(1), minus(call('sigmoid', minus(a))))],
  tanh: (a) => [call('+', call('*', number(2), call('sigmoid', call('*', number(2), a))), minus(number(1)))],
  sqrt: (a) => [call('.^', a, half(number(1)))],
  tan: (a) => [call('./', call('sin', a), call('cos', a))],
  exp: (a) => [over(exp(minus(a)))],
  relu: (a) => [call('.*', a, call('step', a))],
  sin: (a) => [minus(call('sin', minus(a)))],
  cos: (a) => [call('cos', minus(a))],
  inv: (a) => [call('transpose', call('inv', call('transpose', a)))],
};

function* ofFunctions({ callee, args: [a, b] }: Call): Generator<Change<Expr>> {
  if (!a) return;
  if (callee === '.^' && b?.kind === 'number' && b.text === '2') yield { kind: 'square', tree: call('.*', a, a) };
  for (const tree of IDENTITIES[callee]?.(a, b ?? a) ?? []) yield { kind: callee, tree };
}

/** A product of two arrays of the source as a sum over an index: aᵢₖ·bₖⱼ. */
export function* byIndices(
  statements: readonly Statement[],
  rank: (name: string) => number | undefined,
): Generator<Change<Statement[]>> {
  const span = { start: 0, end: 0 };
  const place = (index: string): Subscript => ({ kind: 'at', index: name(index), span });
  const asSum: Statement[] = [];
  const rule: Rule = function* (e) {
    const [a, b] = e.kind === 'call' && e.callee === '*' && e.args.length === 2 ? e.args : [];
    if (a?.kind !== 'name' || b?.kind !== 'name' || rank(a.name) !== 2) return;
    const last = rank(b.name) === 2 ? ['κ2'] : rank(b.name) === 1 ? [] : undefined;
    if (!last) return;
    const [left, right] = [subscripted(a, [name('κ1'), name('κ3')]), subscripted(b, [name('κ3'), ...last.map(name)])];
    const value = indexed('sum', [{ name: 'κ3', span }], call('*', left, right));
    asSum.push({ kind: 'entries', name: 'Ξ', at: span, span, subscripts: ['κ1', ...last].map(place), value });
    yield { kind: 'summed', tree: name('Ξ') };
  };
  for (const { kind, tree } of sourceChanges(statements, rule)) yield { kind, tree: [asSum.at(-1)!, ...tree] };
}

/** The last expression of a source by its entries, in index notation. */
export function* byEntries(
  statements: readonly Statement[],
  shape: readonly (number | string)[],
): Generator<Change<Statement[]>> {
  const last = statements.at(-1);
  if (last?.kind !== 'objective' || shape.length === 0 || shape.length > 2 || shape.includes(1)) return;
  const indices = shape.map((d, k) => ({
    name: `κ${k + 1}`,
    from: number(1),
    to: typeof d === 'number' ? number(d) : name(d),
    span: last.span,
  }));
  const places = indices.map((i) => name(i.name));
  const whole: Statement = { ...last, kind: 'assignment', name: 'Ω', at: last.span };
  const entries: Statement = {
    kind: 'entries',
    name: 'Ψ',
    at: last.span,
    span: last.span,
    subscripts: indices.map((index) => ({ kind: 'binder', index, span: last.span })),
    value: subscripted(name('Ω'), places),
  };
  yield { kind: 'entries', tree: [...statements.slice(0, -1), whole, entries, { ...last, value: name('Ψ') }] };
}
