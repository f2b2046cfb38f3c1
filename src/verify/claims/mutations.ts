import type { Expr } from '../../language/tree.ts';

/** A slip of the pen undone somewhere in a claim: what it was, and the claim without it. */
export interface Mutation {
  readonly cause: 'transpose' | 'order' | 'entrywise' | 'matrix' | 'name';
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

/**
 * Every claim that differs from the given one in one place, by a slip that people make: a transpose missing or too many,
 * a product the wrong way round, a matrix product for an entrywise one or the reverse, another name of the same family.
 * @param family names that are easily taken for each other: dA for dZ
 */
export function* mutations(tree: Expr, family: (name: string) => readonly string[]): Generator<Mutation> {
  for (const change of changes(tree, family)) yield { ...change, tree: change.to };
  if (tree.kind !== 'call' && tree.kind !== 'indexed') return;
  for (const [k, part] of tree.args.entries()) {
    for (const inner of mutations(part, family)) {
      yield { ...inner, tree: { ...tree, args: tree.args.map((arg, at) => (at === k ? inner.tree : arg)) } };
    }
  }
}

function* changes(expr: Expr, family: (name: string) => readonly string[]): Generator<Omit<Mutation, 'tree'>> {
  if (expr.kind === 'name') {
    for (const other of family(expr.name)) yield { cause: 'name', from: expr, to: { ...expr, name: other } };
    yield { cause: 'transpose', from: expr, to: call('transpose', [expr], expr) };
    return;
  }
  if (expr.kind !== 'call') return;
  if (expr.callee === 'transpose') yield { cause: 'transpose', from: expr, to: expr.args[0]! };
  else yield { cause: 'transpose', from: expr, to: call('transpose', [expr], expr) };
  if (expr.callee === '*') {
    if (expr.args.length === 2) {
      const [a, b] = expr.args as [Expr, Expr];
      yield { cause: 'order', from: expr, to: call('*', [b, a], expr) };
      yield { cause: 'order', from: expr, to: call('*', [call('transpose', [b], b), a], expr) };
      yield { cause: 'order', from: expr, to: call('*', [b, call('transpose', [a], a)], expr) };
    }
    yield {
      cause: 'entrywise',
      from: expr,
      to: expr.args.slice(1).reduce((left, right) => call('.*', [left, right], expr), expr.args[0]!),
    };
  }
  if (expr.callee === '.*') yield { cause: 'matrix', from: expr, to: call('*', expr.args, expr) };
}
