import { type Fraction, isInteger, isNegative, toNumber } from '../graph/rational.ts';
import type { Expr } from '../language/tree.ts';
import { call, negative, numeralOf } from './syntax.ts';

/**
 * How an exact number is written: an integer as it is; in a source that speaks in decimals, as one where the denominator
 * says so (0.1, 1e-16); any other fraction as p/q.
 */
export function numberExpr(q: Fraction, decimals: boolean): Expr {
  if (isNegative(q)) return negative(numberExpr(q.abs(), decimals));
  if (isInteger(q)) return numeralOf(integerText(q.n));
  const decimal = decimals ? decimalText(q) : undefined;
  return decimal ? numeralOf(decimal) : call('/', numeralOf(q.n), numeralOf(q.d));
}

/** 1000000000000 is easier to read as 1e12; other integers are written out. */
function integerText(n: bigint): string {
  const text = n.toString();
  const zeros = /0*$/.exec(text)![0].length;
  return text.length > 9 && zeros >= 6 ? `${text.slice(0, -zeros)}e${zeros}` : text;
}

/** The shortest decimal, if q has a finite one that is not more naturally a fraction (halves, quarters, eighths). */
export function decimalText(q: Fraction): string | undefined {
  let rest = q.d;
  let twos = 0;
  let fives = 0;
  for (; rest % 2n === 0n; rest /= 2n) twos++;
  for (; rest % 5n === 0n; rest /= 5n) fives++;
  if (rest !== 1n || fives === 0 || (twos === 0 && fives === 1 && q.n > 20n)) return undefined;
  const digits = Math.max(twos, fives);
  const scaled = (q.n * 10n ** BigInt(digits)) / q.d;
  const short = String(toNumber(q));
  // A double that prints as the same number is the text the user wrote.
  if (scaled.toString().length <= 17) return short;
  return `${scaled}e-${digits}`;
}
