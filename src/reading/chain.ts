import type { Call, Expr } from '../language/tree.ts';
import { isSame } from '../language/trees.ts';
import { call, isCall } from './syntax.ts';

/** Two comparisons as one: 0 < x < 1 for x > 0 and x < 1. */

const ASCENDING: ReadonlySet<string> = new Set(['<', '<=']);
const TURNED: Readonly<Record<string, string>> = { '>': '<', '>=': '<=' };

/** Two comparisons of one quantity, the smaller side of each on the left, where the one ends with what the other begins with. */
export function chained(a: Expr, b: Expr): readonly [Expr, Expr] {
  const [first, second] = [ascending(a), ascending(b)];
  if (!first || !second) return [a, b];
  if (joins(first, second)) return [first, second];
  return joins(second, first) ? [second, first] : [a, b];
}

/** The comparisons of a chain as it is read: a < b and b <= c. */
export function chainIn(args: readonly Expr[]): readonly [Call, Call] | undefined {
  const [a, b] = args;
  const isChain = a?.kind === 'call' && b?.kind === 'call' && ASCENDING.has(a.callee) && ASCENDING.has(b.callee) && joins(a, b);
  return isChain && args.length === 2 ? [a, b] : undefined;
}

function ascending(e: Expr): Call | undefined {
  if (e.kind !== 'call' || e.args.length !== 2) return undefined;
  if (ASCENDING.has(e.callee)) return e;
  const turned = TURNED[e.callee];
  return turned === undefined ? undefined : (call(turned, e.args[1]!, e.args[0]!) as Call);
}

/** A number is no quantity that two comparisons speak of. */
const joins = (a: Call, b: Call): boolean => {
  const middle = a.args[1]!;
  return middle.kind !== 'number' && !(isCall(middle, '-') && middle.args.length === 1) && isSame(middle, b.args[0]!);
};
