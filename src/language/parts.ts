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

/** The index that alone stands at a place: of `i`, and of `i=1:n`. */
export function indexNamed(subscript: Subscript): string | undefined {
  if (subscript.kind === 'binder') return subscript.index.name;
  return subscript.kind === 'at' && subscript.index.kind === 'name' ? subscript.index.name : undefined;
}

/** The expressions of a statement. */
function expressionsOf(statement: Statement): readonly Expr[] {
  if (statement.kind !== 'declaration') {
    const places = statement.kind === 'entries' ? statement.subscripts.flatMap(inSubscript) : [];
    return statement.value ? [...places, statement.value] : places;
  }
  const { shape, initial } = statement;
  const start = initial ? (initial.kind === 'value' ? [initial.value] : initial.args) : [];
  return [...(shape?.dims ?? []), ...start];
}

/** Every expression within the given ones, wholes before parts, in the order of the text; a loop, so that depth is no limit. */
export function* subexpressions(roots: readonly Expr[]): Generator<Expr> {
  const waiting = roots.toReversed();
  for (let expr = waiting.pop(); expr; expr = waiting.pop()) {
    yield expr;
    const parts = partsOf(expr);
    for (let k = parts.length - 1; k >= 0; k--) waiting.push(parts[k]!);
  }
}

/** Visits every expression of a source. */
export function visitExpressions(statements: readonly Statement[], visit: (expr: Expr) => void): void {
  for (const expr of subexpressions(statements.flatMap(expressionsOf))) visit(expr);
}

/** The names in an expression. */
export function namesWithin(root: Expr): Set<string> {
  const found = new Set<string>();
  for (const expr of subexpressions([root])) if (expr.kind === 'name') found.add(expr.name);
  return found;
}
