import { type Fraction, isInteger, isNegative, isOne, negated, rational } from '../graph/rational.ts';
import type { Expr } from '../language/tree.ts';
import { decimalText, numberExpr } from './numbers.ts';
import { call, isCall, isNegativeExpr, negative, numeralOf, product } from './syntax.ts';

/** What a product is made of when it is written down: a number, scalars above and below the line, array parts. */
export interface Quotient {
  readonly coefficient: Fraction;
  /** Numbers are written as decimals where they may be some. */
  readonly decimals: boolean;
  readonly above: readonly Expr[];
  readonly below: readonly Expr[];
  /** What the scalars scale. */
  readonly array?: Expr | undefined;
  /** What divides entry by entry. */
  readonly arrayBelow?: Expr | undefined;
}

/** `-2*x*A*B/(3*y)`: the signs of its parts are one in front. */
export function quotient(parts: Quotient): Expr {
  const { coefficient, decimals, below, arrayBelow } = parts;
  if (isNegative(coefficient)) return negative(quotient({ ...parts, coefficient: negated(coefficient) }));
  const unsigned = (e: Expr): Expr => (isNegativeExpr(e) ? negative(e) : e);
  const [above, array] = [parts.above.map(unsigned), parts.array && unsigned(parts.array)];
  const signs = [...parts.above, ...(parts.array ? [parts.array] : [])].filter(isNegativeExpr).length;
  if (signs % 2 === 1) return negative(quotient({ ...parts, above, array }));
  const decimal = decimalText(coefficient, decimals) !== undefined;
  const numerator = decimal || isInteger(coefficient) ? coefficient : rational(coefficient.n);
  const scalars = [...(isOne(numerator) ? [] : [numberExpr(numerator, decimals)]), ...above];
  const bottom = [...(decimal || coefficient.d === 1n ? [] : [numeralOf(coefficient.d)]), ...below];
  let result = scaled(scalars, array);
  if (arrayBelow) result = call('./', result, arrayBelow);
  return bottom.length === 0 ? result : call('/', result, product('*', bottom));
}

/** Scalars go to the first of the entrywise factors: `2*A .* B` needs no parentheses. */
function scaled(scalars: readonly Expr[], array: Expr | undefined): Expr {
  if (!array) return scalars.length === 0 ? numeralOf(1) : product('*', scalars);
  if (scalars.length === 0) return array;
  const [first, ...others] = array.kind === 'call' ? array.args : [];
  if (isCall(array, '.*')) return call('.*', product('*', [...scalars, first!]), ...others);
  if (isCall(array, './')) return call('./', scaled(scalars, first), ...others);
  // (xᵀ·B·x)·A·x would be read from the left: the number stands behind, in parentheses.
  const [inner, plain] = [scalars.filter(isInner), scalars.filter((e) => !isInner(e))];
  if (inner.length === 0) return product('*', [...scalars, array]);
  const front = product('*', [...plain, array]);
  return call('*', ...(isCall(front, '*') ? front.args : [front]), ...inner);
}

/** A product of arrays that is a number. */
const isInner = (e: Expr): boolean => isCall(e, '*') && e.args.length > 2 && isCall(e.args[0]!, 'transpose');
