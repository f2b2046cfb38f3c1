import { type Fraction, isInteger, isNegative, toNumber } from '../graph/rational.ts';
import type { Expr } from '../language/tree.ts';
import { call, negative, numeralOf } from './syntax.ts';

/**
 * How an exact number is written: an integer as it is; in a source that speaks in decimals, as one where the denominator
 * says so (0.1, 1e-16); a number of many digits in any source; any other fraction as p/q.
 */
export function numberExpr(q: Fraction, decimals: boolean): Expr {
  if (isNegative(q)) return negative(numberExpr(q.abs(), decimals));
  if (isInteger(q)) return numeralOf(integerText(q.n));
  const decimal = decimalText(q, decimals);
  return decimal ? numeralOf(decimal) : call('/', numeralOf(q.n), numeralOf(q.d));
}

/** 1000000000000 is easier to read as 1e12; other integers are written out. */
function integerText(n: bigint): string {
  const text = n.toString();
  const zeros = /0*$/.exec(text)![0].length;
  return text.length > 9 && zeros >= 6 ? `${text.slice(0, -zeros)}e${zeros}` : text;
}

/** Nobody reads a fraction of more digits than this. */
const MOST_DIGITS = 16;

/**
 * The shortest decimal, if q has a finite one and is not more naturally a fraction: one half, three quarters, five eighths.
 * @param decimals the source speaks so
 */
export function decimalText(q: Fraction, decimals: boolean): string | undefined {
  if (!decimals && q.n.toString().length + q.d.toString().length <= MOST_DIGITS) return undefined;
  let rest = q.d;
  let twos = 0;
  let fives = 0;
  for (; rest % 2n === 0n; rest /= 2n) twos++;
  for (; rest % 5n === 0n; rest /= 5n) fives++;
  if (rest !== 1n || twos + fives === 0 || (fives === 0 && q.d <= 8n && q.n < q.d)) return undefined;
  const digits = Math.max(twos, fives);
  const scaled = (q.n * 10n ** BigInt(digits)) / q.d;
  // A double that prints as the same number is the text the user wrote.
  if (scaled.toString().length > 17) return decimals ? `${scaled}e-${digits}` : undefined;
  const short = String(toNumber(q));
  return short.startsWith('0.0000') ? toNumber(q).toExponential() : short;
}
