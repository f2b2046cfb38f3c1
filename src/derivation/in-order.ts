import { subexpressions } from '../language/parts.ts';
import type { Expr } from '../language/tree.ts';
import { leaves } from '../language/trees.ts';
import { isCall, times } from '../reading/syntax.ts';

/** Products as they are usually written, and when one is better left as it is. */

/** (x·cos x − sin x)/x² is not simpler as a sum of as many signs: a product that is in order stays one. */
export function opens(putIn: Expr, result: Expr): boolean {
  const isProduct = isCall(putIn, '*') || isCall(putIn, '/');
  const isSum = isCall(result, '+') || isCall(result, '-');
  return isProduct && isSum && leaves(putIn) <= leaves(result) && isInOrder(putIn);
}

/** A product in the usual order: numbers, names and their powers, functions. */
export const inOrder = (factors: readonly Expr[]): Expr =>
  times(factors.flatMap((f) => (isCall(f, '*') ? f.args : [f])).sort((a, b) => rankOf(a) - rankOf(b)));

function rankOf(factor: Expr): number {
  if (factor.kind === 'number') return 0;
  const base = isCall(factor, '^') && factor.args[1]!.kind === 'number' ? factor.args[0]! : factor;
  return base.kind === 'name' ? 1 : 2;
}

/** Each product has one number, in front, and no quotient among its factors. */
function isInOrder(root: Expr): boolean {
  for (const part of subexpressions([root]))
    if (isCall(part, '*') && !part.args.every((arg, k) => (arg.kind !== 'number' || k === 0) && !isCall(arg, '/'))) return false;
  return true;
}
