import { partsOf } from '../language/parts.ts';
import type { Expr } from '../language/tree.ts';

/** Trees that say the same. */

/** How many numbers and names it has; a fraction of two numbers is one. */
export function leaves(expr: Expr | string): number {
  if (typeof expr === 'string' || expr.kind === 'number') return 1;
  if (expr.kind === 'call' && expr.args.every((arg) => arg.kind === 'number')) return 1;
  return Math.max(
    1,
    partsOf(expr).reduce((n, part) => n + leaves(part), 0),
  );
}

/** The same but for the order of terms and factors. */
export const isSame = (a: Expr | string, b: Expr | string): boolean => a === b || keyOf(a) === keyOf(b);

function keyOf(expr: Expr | string): string {
  if (typeof expr === 'string') return expr;
  const parts = partsOf(expr).map(keyOf);
  switch (expr.kind) {
    case 'number':
      return expr.text;
    case 'name':
      return expr.name;
    case 'call':
      return `${expr.callee}(${(expr.callee === '+' || expr.callee === '*' ? parts.sort() : parts).join()})`;
    case 'indexed':
      return `${expr.callee}[${expr.indices.map((index) => index.name).join()}](${parts.join()})`;
    case 'subscripted':
      return `_(${parts.join()})`;
    case 'bracket':
      return `[${expr.rows.map((row) => row.length).join()}](${parts.join()})`;
  }
}
