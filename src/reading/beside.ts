import type { Shape } from '../graph/dimension.ts';
import type { Expr } from '../language/tree.ts';
import { columnShape } from '../operators/builder.ts';
import { dimExpr } from './shapes.ts';
import { call, isCall, isNegativeExpr, negative, product, transposed } from './syntax.ts';

/** What is smaller than wanted, made up with ones: a row below itself again and again is 1·xᵀ, a column beside itself x·1ᵀ. */
export function madeUp(expr: Expr, shape: Shape, wanted: Shape): Expr {
  const whole = columnShape(wanted);
  const ones = call('ones', ...whole.map(dimExpr));
  if (expr.kind === 'number' && expr.text === '1') return ones;
  if (expr.kind === 'number' && expr.text === '0') return call('zeros', ...whole.map(dimExpr));
  if (shape.length === 0) {
    const [top, bottom] = isCall(expr, '/') ? expr.args : [];
    return isOne(top) && bottom ? call('/', ones, bottom) : product('*', [expr, ones]);
  }
  if (whole.length !== 2) return product('.*', [expr, ones]);
  const down = columnShape(shape).length === 2;
  const line = call('ones', dimExpr(whole[down ? 0 : 1]!));
  return scaledBy(expr, (part) => product('*', down ? [line, part] : [part, transposed(line)]));
}

const isOne = (e: Expr | undefined): boolean => e?.kind === 'number' && e.text === '1';

/** With its sign and its number in front of what is made of it, and what is below a line below that. */
function scaledBy(expr: Expr, make: (part: Expr) => Expr): Expr {
  if (isNegativeExpr(expr)) return negative(scaledBy(negative(expr), make));
  const [first, ...others] = expr.kind === 'call' ? expr.args : [];
  if (isCall(expr, '/')) return call('/', scaledBy(first!, make), ...others);
  return isCall(expr, '*') && first?.kind === 'number' ? product('*', [first, make(product('*', others))]) : make(expr);
}
