/**
 * The double nearest to a plain decimal number, as `Number` finds it, from its bytes: at most 18 digits from the first that
 * is not 0, and no exponent. Digits are a sum of two doubles, and the quotient by a power of ten is corrected by its remainder
 * (Dekker, A floating-point technique for extending the available precision, 1971); where that does not settle how it is
 * rounded, nothing is said.
 * @param from where the number begins; it ends before `to`
 * @param point the code of the decimal sign
 * @returns NaN for anything else, which may be a number all the same
 */
export function plainNumber(bytes: Uint8Array, from: number, to: number, point: number): number {
  const negative = bytes[from] === MINUS;
  let high = 0;
  let low = 0;
  // Zeros before the first other digit count as places only.
  let digits = 0;
  let places = 0;
  let whole = true;
  let any = false;
  for (let at = negative ? from + 1 : from; at < to; at++) {
    const code = bytes[at]!;
    const digit = code - ZERO;
    if (digit >= 0 && digit <= 9) {
      any = true;
      if (!whole) places++;
      if (digits === 0 && digit === 0) continue;
      if (digits < HALF) high = high * 10 + digit;
      else low = low * 10 + digit;
      digits++;
    } else if (code === point && whole) whole = false;
    else return Number.NaN;
  }
  if (!any || digits > 2 * HALF || places > MOST_PLACES) return Number.NaN;
  const size = quotient(high, low, digits - HALF, places);
  return negative ? -size : size;
}

const MINUS = 45;
const ZERO = 48;
/** Digits in each of the two parts of a number: 9 of them times 10⁹ = 2⁹·5⁹ are exact. */
const HALF = 9;

/** 10²² is the largest power of ten that a double is. */
const MOST_PLACES = 22;
const POWERS = Float64Array.from({ length: MOST_PLACES + 1 }, (_, k) => Number(`1e${k}`));
/** Splits a double into two of 26 bits, whose products are exact. */
const SPLITTER = 2 ** 27 + 1;
const upper = (x: number): number => {
  const wide = SPLITTER * x;
  return wide - (wide - x);
};
const UPPERS = POWERS.map(upper);
const LOWERS = POWERS.map((x) => x - upper(x));

/** (high·10^more + low)/10^places; NaN where it lies too near to the middle of two doubles. */
function quotient(high: number, low: number, more: number, places: number): number {
  const power = POWERS[places]!;
  if (more <= 0) return high / power;
  const scaled = high * POWERS[more]!;
  const sum = scaled + low;
  const rest = low - (sum - scaled);
  if (places === 0) return sum;
  const first = sum / power;
  if (rest === 0 && sum <= Number.MAX_SAFE_INTEGER) return first;
  const [up, down] = [UPPERS[places]!, LOWERS[places]!];
  const product = first * power;
  const head = upper(first);
  const tail = first - head;
  const lost = head * up - product + head * down + tail * up + tail * down;
  const correction = (sum - product - lost + rest) / power;
  const result = first + correction;
  const margin = correction * 2 ** -40;
  return first + (correction + margin) === result && first + (correction - margin) === result ? result : Number.NaN;
}
