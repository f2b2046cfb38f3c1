import type { Operator } from './operator.ts';

/** A record for each number, an order or how many axes there are, made when it is first asked for. */
export function byNumber<T>(make: (n: number) => T): (n: number) => T {
  const made: T[] = [];
  return (n) => (made[n] ??= make(n));
}

/** What an operator of a family has of its own. */
type Own = Omit<Operator, 'name' | 'internal' | 'family' | 'rule'>;

/**
 * The derivatives of a function as functions of their own, by their order, which tells a dialect the one that is meant.
 * @param own what that of an order has, from the family itself
 */
export function derivativesOf(
  base: Operator,
  own: (order: number, of: (order: number) => Operator) => Own,
): (order: number) => Operator {
  const of: (order: number) => Operator = byNumber((n) => ({
    name: `${base.name}-derived-${n}`,
    internal: true,
    family: { name: `${base.name}-derived`, told: [n] },
    rule: base.rule,
    ...own(n, of),
  }));
  return of;
}
