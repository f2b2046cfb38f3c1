import Fraction from 'fraction.js';

export type { Fraction };

/** Whole numbers up to this size are made once: most of arithmetic is done with them. */
const SMALL = 64;
const small = Array.from({ length: 2 * SMALL + 1 }, (_, k) => new Fraction(k - SMALL));

export const ZERO = small[SMALL]!;
export const ONE = small[SMALL + 1]!;
export const MINUS_ONE = small[SMALL - 1]!;
export const TWO = small[SMALL + 2]!;
export const HALF = new Fraction(1, 2);

/** The exact value of an integer, of the decimal that a double prints as, or of a text such as `3/7`. */
export function rational(value: number | bigint | string): Fraction {
  if (typeof value === 'string') return new Fraction(value);
  if (typeof value === 'bigint') return integer(value);
  if (!Number.isInteger(value)) return decimal(String(value));
  return value >= -SMALL && value <= SMALL ? small[value + SMALL]! : new Fraction(BigInt(value));
}

function integer(n: bigint): Fraction {
  const value = Number(n);
  return value >= -SMALL && value <= SMALL ? small[value + SMALL]! : new Fraction(n);
}

const numerator = (q: Fraction): bigint => (q.s < 0n ? -q.n : q.n);
/** The one object of a small whole number. */
export const interned = (q: Fraction): Fraction => (q.d === 1n ? integer(numerator(q)) : q);

/** The exact value of a decimal such as `-12.5e-3`. The exponent is trusted to be of a reasonable size. */
export function decimal(text: string): Fraction {
  const [, sign = '', whole = '', part = '', exponent = '0'] = /^(-?)(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i.exec(text) ?? [];
  if (whole + part === '') throw new RangeError(`${text} is not a finite decimal`);
  const shift = Number(exponent) - part.length;
  const digits = BigInt(whole + part) * (sign === '-' ? -1n : 1n);
  return shift >= 0 ? new Fraction(digits * 10n ** BigInt(shift)) : new Fraction(digits, 10n ** BigInt(-shift));
}

export const isZero = (q: Fraction): boolean => q.n === 0n;
export const isOne = (q: Fraction): boolean => q === ONE || (q.n === 1n && q.d === 1n && q.s === 1n);
export const isMinusOne = (q: Fraction): boolean => q === MINUS_ONE || (q.n === 1n && q.d === 1n && q.s === -1n);
export const isNegative = (q: Fraction): boolean => q.s < 0n && q.n !== 0n;
export const isHalf = (q: Fraction): boolean => q.n === 1n && q.d === 2n && q.s === 1n;
export const isInteger = (q: Fraction): boolean => q.d === 1n;
export const isEven = (q: Fraction): boolean => q.d === 1n && q.n % 2n === 0n;
export const same = (a: Fraction, b: Fraction): boolean => a.n === b.n && a.d === b.d && (a.s === b.s || a.n === 0n);

export function times(a: Fraction, b: Fraction): Fraction {
  if (isOne(a)) return b;
  if (isOne(b)) return a;
  return a.d === 1n && b.d === 1n ? integer(numerator(a) * numerator(b)) : interned(a.mul(b));
}

export function plus(a: Fraction, b: Fraction): Fraction {
  if (isZero(a)) return b;
  if (isZero(b)) return a;
  return a.d === 1n && b.d === 1n ? integer(numerator(a) + numerator(b)) : interned(a.add(b));
}

export const negated = (a: Fraction): Fraction => (a.d === 1n ? integer(-numerator(a)) : a.neg());
export const absolute = (a: Fraction): Fraction => (isNegative(a) ? negated(a) : a);

/** The greatest number of which both are whole multiples. */
export function commonMeasure(a: Fraction, b: Fraction): Fraction {
  if (isOne(a) && isInteger(b)) return ONE;
  return isOne(b) && isInteger(a) ? ONE : a.gcd(b);
}

/**
 * The fraction of small whole numbers that a double is up to rounding, if it is one: by its continued fraction.
 * @param most of numerator and denominator
 */
export function nearestRatio(x: number, most: number): Fraction | undefined {
  const size = Math.abs(x);
  let [n, d, before, below] = [1, 0, 0, 1];
  for (let rest = size; Number.isFinite(rest); rest = 1 / (rest - Math.floor(rest))) {
    const whole = Math.floor(rest);
    [n, before] = [whole * n + before, n];
    [d, below] = [whole * d + below, d];
    if (n > most || d > most) return undefined;
    if (Math.abs(n - size * d) <= 1e-9 * n) return new Fraction(Math.sign(x) * n, d);
  }
  return undefined;
}

/** Exact powers with more digits than this stay powers: `9^9^9` is a short expression, not a long number. */
const MOST_BITS = 1024;

/** qᵖ where it is an exact rational of reasonable length, otherwise undefined. 0 to a negative power is undefined. */
export function exactPower(q: Fraction, p: Fraction): Fraction | undefined {
  if (isZero(p)) return ONE;
  if (isZero(q)) return isNegative(p) ? undefined : ZERO;
  if (isOne(q)) return ONE;
  if (p.d !== 1n) return exactRoot(q, p);
  if (isMinusOne(q)) return isEven(p) ? ONE : MINUS_ONE;
  const bits = Math.max(q.n.toString(2).length, q.d.toString(2).length);
  if (p.n > 4096n || bits * Number(p.n) > MOST_BITS) return undefined;
  const n = q.n ** p.n;
  const d = q.d ** p.n;
  const sign = q.s < 0n && p.n % 2n === 1n ? -1n : 1n;
  return isNegative(p) ? new Fraction(sign * d, n) : new Fraction(sign * n, d);
}

/** (a/b)^(p/r) where a and b are r-th powers of integers: 4^(1/2) = 2. */
function exactRoot(q: Fraction, p: Fraction): Fraction | undefined {
  if (isNegative(q) || p.d > 64n) return undefined;
  const n = integerRoot(q.n, p.d);
  const d = integerRoot(q.d, p.d);
  if (n === undefined || d === undefined) return undefined;
  return exactPower(new Fraction(n, d), new Fraction(p.s * p.n));
}

function integerRoot(n: bigint, r: bigint): bigint | undefined {
  const guess = BigInt(Math.round(Math.min(Number(n), 1e300) ** (1 / Number(r))));
  return guess ** r === n ? guess : undefined;
}

/** A string that identifies the value, short for the common integers. */
export const keyOf = (q: Fraction): string =>
  q === ONE ? '1' : q.d === 1n ? `${q.s < 0n ? '-' : ''}${q.n}` : `${q.s < 0n ? '-' : ''}${q.n}/${q.d}`;

/** The same for tables: whole numbers, which almost all are, stand for themselves. */
export const tableKey = (q: Fraction): string | number => (q.d === 1n && q.n < MOST ? Number(q.s * q.n) : keyOf(q));
const MOST = 1_000_000n;

/** The nearest double; `valueOf` of a fraction with large parts would be Infinity/Infinity. */
export function toNumber(q: Fraction): number {
  const direct = (Number(q.s) * Number(q.n)) / Number(q.d);
  if (Number.isFinite(direct) && (direct !== 0 || q.n === 0n) && q.n < SAFE && q.d < SAFE) return direct;
  return Number(q.s) * quotient(q.n, q.d);
}

const SAFE = BigInt(Number.MAX_SAFE_INTEGER);

/** n/d correctly rounded through a decimal of 25 significant digits. */
function quotient(n: bigint, d: bigint): number {
  if (n === 0n) return 0;
  const shift = BigInt(25 - (n.toString().length - d.toString().length));
  const scaled = shift >= 0n ? (n * 10n ** shift) / d : n / (d * 10n ** -shift);
  return Number(`${scaled}e${-shift}`);
}
