import type { SlipName } from '../../derivation/words/words.ts';
import type { Expr, Name, Subscripted } from '../../language/tree.ts';

/** A slip of the pen undone somewhere in a claim: what it was, and the claim without it. */
interface Mutation {
  readonly cause: SlipName;
  /** What stands in the claim, and what should. */
  readonly from: Expr;
  readonly to: Expr;
  readonly tree: Expr;
}

const call = (callee: string, args: readonly Expr[], like: Expr): Expr => ({
  kind: 'call',
  callee,
  args,
  span: like.span,
  at: like.span,
});

/** Names that a slip may have put in the wrong place. */
interface Relatives {
  /** Names that are easily taken for each other: dA for dZ. */
  readonly family: (name: string) => readonly string[];
  /** What arrives from all later steps too, where a name is what arrives from outside: δh for dh. */
  readonly carried: (name: string) => string | undefined;
  /** Names that may be missing as a factor: σ′ = σ(1 − σ) has two. */
  readonly factors: readonly string[];
}

/**
 * Every claim that differs from the given one in one place, by a slip that people make: a transpose missing or too many,
 * a product the wrong way round, a matrix product for an entrywise one or the reverse, another name of the same family,
 * the other axis, a factor missing or too many, the step beside the right one, what comes back from later steps left out.
 */
export function* mutations(tree: Expr, relatives: Relatives): Generator<Mutation> {
  for (const change of changes(tree, relatives)) yield { ...change, tree: change.to };
  if (tree.kind !== 'call' && tree.kind !== 'indexed') return;
  for (const [k, part] of tree.args.entries()) {
    for (const inner of mutations(part, relatives)) {
      yield { ...inner, tree: { ...tree, args: tree.args.map((arg, at) => (at === k ? inner.tree : arg)) } };
    }
  }
}

type Change = Omit<Mutation, 'tree'>;

function* changes(expr: Expr, relatives: Relatives): Generator<Change> {
  if (expr.kind === 'name') {
    if (OTHER_AXIS.has(expr.name)) {
      yield { cause: 'axis', from: expr, to: { ...expr, name: OTHER_AXIS.get(expr.name)! } };
      return;
    }
    yield* carriedChanges(expr, relatives);
    for (const other of relatives.family(expr.name)) yield { cause: 'name', from: expr, to: { ...expr, name: other } };
    yield { cause: 'transpose', from: expr, to: call('transpose', [expr], expr) };
    return;
  }
  if (expr.kind === 'subscripted') {
    for (const { to, ...change } of carriedChanges(expr.target, relatives))
      yield { ...change, from: expr, to: { ...expr, target: to } };
    yield* stepChanges(expr);
  }
  if (expr.kind !== 'call') return;
  if (expr.callee === 'transpose') yield { cause: 'transpose', from: expr, to: expr.args[0]! };
  else yield { cause: 'transpose', from: expr, to: call('transpose', [expr], expr) };
  if (REDUCTIONS.has(expr.callee) && expr.args.length === 1) {
    for (const name of OTHER_AXIS.keys())
      yield { cause: 'axis', from: expr, to: call(expr.callee, [...expr.args, { kind: 'name', name, span: expr.span }], expr) };
  }
  if (expr.callee === '*') yield* productChanges(expr);
  if (expr.callee === '.*') {
    yield { cause: 'matrix', from: expr, to: call('*', expr.args, expr) };
    for (const name of relatives.factors)
      yield {
        cause: 'missing-factor',
        from: expr,
        to: call('.*', [...expr.args, { kind: 'name', name, span: expr.span }], expr),
      };
  }
  if (PRODUCTS.has(expr.callee) && expr.args.length > 1) {
    for (const k of expr.args.keys()) {
      const rest = expr.args.filter((_, at) => at !== k);
      yield { cause: 'extra-factor', from: expr, to: rest.length === 1 ? rest[0]! : call(expr.callee, rest, expr) };
    }
  }
}

function* carriedChanges(expr: Expr, { carried }: Relatives): Generator<Change> {
  const name = expr.kind === 'name' ? carried(expr.name) : undefined;
  if (name !== undefined) yield { cause: 'later-steps', from: expr, to: { ...expr, kind: 'name', name } as Name };
}

/** `h[t]` for `h[t-1]`: the step before and the one after. */
function* stepChanges(expr: Subscripted): Generator<Change> {
  const [first, ...rest] = expr.subscripts;
  if (first?.kind !== 'at') return;
  for (const by of [-1, 1]) {
    const index = beside(first.index, by);
    if (index) yield { cause: 'step', from: expr, to: { ...expr, subscripts: [{ ...first, index }, ...rest] } };
  }
}

/** t − 1 for t, t for t + 1. */
function beside(index: Expr, by: number): Expr | undefined {
  const [base, number] = index.kind === 'call' && (index.callee === '+' || index.callee === '-') ? index.args : [index];
  if (base?.kind !== 'name' || (number && number.kind !== 'number')) return undefined;
  const own = number ? (index.kind === 'call' && index.callee === '-' ? -1 : 1) * Number(number.text) : 0;
  const moved = own + by;
  const size: Expr = { kind: 'number', text: String(Math.abs(moved)), span: index.span };
  return moved === 0 ? base : call(moved < 0 ? '-' : '+', [base, size], index);
}

function* productChanges(expr: Expr & { kind: 'call' }): Generator<Change> {
  if (expr.args.length === 2) {
    const [a, b] = expr.args as [Expr, Expr];
    yield { cause: 'order', from: expr, to: call('*', [b, a], expr) };
    yield { cause: 'order', from: expr, to: call('*', [call('transpose', [b], b), a], expr) };
    yield { cause: 'order', from: expr, to: call('*', [b, call('transpose', [a], a)], expr) };
  }
  const entrywise = expr.args.slice(1).reduce((left, right) => call('.*', [left, right], expr), expr.args[0]!);
  yield { cause: 'entrywise', from: expr, to: entrywise };
}

const OTHER_AXIS: ReadonlyMap<string, string> = new Map([
  ['rows', 'cols'],
  ['cols', 'rows'],
]);
const REDUCTIONS = new Set(['sum', 'mean']);
const PRODUCTS = new Set(['*', '.*']);
