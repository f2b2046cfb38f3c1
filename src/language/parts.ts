import type { Expr, Statement, Subscript } from './tree.ts';

/** The expressions that an expression is made of, in the order of the text. */
export function partsOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'number':
    case 'name':
      return [];
    case 'call':
    case 'indexed':
      return expr.args;
    case 'bracket':
      return expr.rows.flat();
    case 'subscripted':
      return [expr.target, ...expr.subscripts.flatMap(inSubscript)];
  }
}

function inSubscript(subscript: Subscript): readonly Expr[] {
  if (subscript.kind === 'at') return [subscript.index];
  const { from, to } = subscript.kind === 'range' ? subscript : subscript.index;
  return [from, to].filter((bound) => bound !== undefined);
}

/** The expressions of a statement. */
export function expressionsOf(statement: Statement): readonly Expr[] {
  if (statement.kind !== 'declaration') {
    const places = statement.kind === 'entries' ? statement.subscripts.flatMap(inSubscript) : [];
    return [...places, statement.value];
  }
  const { shape, initial } = statement;
  const start = initial ? (initial.kind === 'value' ? [initial.value] : initial.args) : [];
  return [...(shape?.dims ?? []), ...start];
}

/** Visits every expression of a source; a loop, so that depth is no limit. */
export function visitExpressions(statements: readonly Statement[], visit: (expr: Expr) => void): void {
  const waiting: Expr[] = statements.flatMap(expressionsOf).reverse();
  for (let expr = waiting.pop(); expr; expr = waiting.pop()) {
    visit(expr);
    const parts = partsOf(expr);
    for (let k = parts.length - 1; k >= 0; k--) waiting.push(parts[k]!);
  }
}
