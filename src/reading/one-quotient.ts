import { decimal, type Fraction, isZero, ONE, times } from '../graph/rational.ts';
import type { Expr } from '../language/tree.ts';
import { numberExpr } from './numbers.ts';
import { quotient } from './quotient.ts';
import { isNegativeExpr, negative } from './syntax.ts';

/** What stands above and below the lines of a product of quotients. */
interface Sides {
  readonly above: readonly Expr[];
  readonly below: readonly Expr[];
}

function sidesOf(e: Expr): Sides {
  if (e.kind !== 'call' || (e.callee !== '*' && e.callee !== '/')) return { above: [e], below: [] };
  const sides = e.args.map((part, k) => (e.callee === '/' && k === 1 ? turned(sidesOf(part)) : sidesOf(part)));
  return { above: sides.flatMap((s) => s.above), below: sides.flatMap((s) => s.below) };
}

const turned = ({ above, below }: Sides): Sides => ({ above: below, below: above });

const isNumber = (e: Expr): e is Extract<Expr, { kind: 'number' }> => e.kind === 'number' && /^[\d.]+(e[-+]?\d+)?$/i.test(e.text);

const worth = (parts: readonly Expr[]): Fraction => parts.filter(isNumber).reduce((q, { text }) => times(q, decimal(text)), ONE);

/** A product of numbers and quotients as one: W/500 for 1/1000·2W, K/√2 for 1/√2·K. */
export function oneQuotient(e: Expr, decimals: boolean): Expr {
  if (isNegativeExpr(e)) return negative(oneQuotient(negative(e), decimals));
  const { above, below } = sidesOf(e);
  const [over, under] = [worth(above), worth(below)];
  if (isZero(under)) return e;
  const number = over.div(under) as Fraction;
  const [rest, others] = [above, below].map((parts) => parts.filter((part) => !isNumber(part))) as [Expr[], Expr[]];
  if (rest.length + others.length === 0) return numberExpr(number, decimals);
  return quotient({ coefficient: number, decimals, above: rest, below: others });
}
