import type { Expr } from '../language/tree.ts';

/** The tree with names in place of others, indices included. */
export function renamed(expr: Expr, change: ReadonlyMap<string, string>): Expr {
  if (change.size === 0) return expr;
  const within = (part: Expr): Expr => renamed(part, change);
  const own = (name: string): string => change.get(name) ?? name;
  switch (expr.kind) {
    case 'number':
      return expr;
    case 'name':
      return { ...expr, name: own(expr.name) };
    case 'call':
      return { ...expr, args: expr.args.map(within) };
    case 'indexed':
      return {
        ...expr,
        indices: expr.indices.map((index) => ({ ...index, name: own(index.name) })),
        args: expr.args.map(within),
      };
    case 'bracket':
      return { ...expr, rows: expr.rows.map((row) => row.map(within)) };
    case 'subscripted':
      return {
        ...expr,
        target: within(expr.target),
        subscripts: expr.subscripts.map((s) => (s.kind === 'at' ? { ...s, index: within(s.index) } : s)),
      };
  }
}
