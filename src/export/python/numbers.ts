import { type Fraction, toNumber } from '../../graph/rational.ts';

/** Fractions of smaller numbers are written as such. */
const SMALL = 1000n;

/** Above and below the line: 3/2 as 3 over 2, 0.1 as 0.1 over 1. */
export function aboveAndBelow(q: Fraction): readonly [above: string, below: string] {
  if (q.d === 1n && q.n < 10n ** 15n) return [String(q.n), '1'];
  const decimal = decimalOf(toNumber(q.abs()));
  if (q.d < SMALL && q.n < SMALL && !(decimal.length <= 5 && q.d !== 2n && q.d !== 4n)) return [String(q.n), String(q.d)];
  return [decimal, '1'];
}

/** A double as Python reads it. */
export function pythonNumber(x: number): string {
  if (Number.isNaN(x)) return 'float("nan")';
  const text = decimalOf(x);
  if (!Number.isFinite(x)) return text;
  return /[.e]/.test(text) ? text : `${text}.0`;
}

/** A number that is large is no integer for that: 1e20, since 100000000000000000000 has no type in an array. */
function decimalOf(x: number): string {
  if (!Number.isFinite(x)) return x < 0 ? 'float("-inf")' : 'float("inf")';
  const text = String(x);
  return Math.abs(x) >= 1e15 && !text.includes('e') ? x.toExponential().replace('e+', 'e') : text;
}
