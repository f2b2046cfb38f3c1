import { type Arithmetic, evaluate } from '../../compile/index.ts';
import { sizeOf } from '../../graph/dimension.ts';
import type { Node } from '../../graph/node.ts';
import { GradusError } from '../../language/diagnostics.ts';
import { isLogical } from '../../operators/comparison.ts';
import { extremeOf, relu } from '../../operators/kinked.ts';
import { isJump } from '../../operators/operator.ts';
import { reciprocal } from '../../operators/power.ts';
import { type BigNumbers, bigNumbers } from '../big-numbers.ts';
import type { BigNumber } from '../decimals.ts';
import type { RealPoint } from './real.ts';

/** Of the numbers that decide; twice as many show what they owe to rounding. */
export const DIGITS = 64;

/**
 * What two values are to each other at a point, entry by entry; the first that differs, if one does. `untold` where a
 * difference may come from a jump at what has cancelled beyond all digits: the sign of σ(1000) − 1.
 */
export type Sight =
  | { readonly kind: 'equal' | 'untold' }
  | { readonly kind: 'undefined'; readonly which: 'found' | 'expected' }
  | { readonly kind: 'different'; readonly place: number; readonly found: number; readonly expected: number };

/** What rounding leaves of a difference becomes this much smaller with the digits that are added. */
const SHRINKS = 1e-40;
/**
 * As many digits of two values agree as this where they are taken for equal whatever the rounding: special functions are
 * not known in twice the digits.
 */
const AGREES = { elementary: '1e-112', special: '1e-55' } as const;
/** Of the digits of what was added up, this many may be spoiled. */
const SPOILED = 12;

/** Of the digits of what was added up, so many are the same where doubles that are apart are equal after all. */
const DOUBTED = 30;

/**
 * Two nodes at a point, in numbers of fewer and of more digits. A difference that is due to rounding goes away with the
 * digits; a real one stays, however small it is beside what it was computed from.
 * @param apart doubles differ there by more than rounding: then the fewer digits are asked whether that is so
 */
export function compareDigits(
  pair: readonly [Node, Node],
  point: RealPoint,
  functions: keyof typeof AGREES,
  apart = false,
): Sight {
  const [found, expected] = valuesAt(pair, point, DIGITS);
  if (!expected!.every(({ value }) => value.isFinite())) return { kind: 'undefined', which: 'expected' };
  if (!found!.every(({ value }) => value.isFinite())) return { kind: 'undefined', which: 'found' };
  if (found!.length !== expected!.length) return { kind: 'different', place: 0, found: Number.NaN, expected: Number.NaN };
  if (apart) {
    for (const [place, a] of found!.entries()) {
      const b = expected![place]!;
      if (exponent(a.value.sub(b.value)) > Math.max(a.size, b.size) - DOUBTED)
        return { kind: 'different', place, found: a.value.toNumber(), expected: b.value.toNumber() };
    }
  }
  const same = found!.every((x, k) => x.value.eq(expected![k]!.value));
  if (same && functions === 'special') return { kind: 'equal' };
  const [more, better] = valuesAt(pair, point, 2 * DIGITS);
  let told = true;
  for (const k of found!.keys()) {
    const rough = found![k]!.value.sub(expected![k]!.value).abs();
    const [a, b] = [more![k]!, better![k]!];
    const fine = a.value.sub(b.value).abs();
    const size = a.value.abs().gt(b.value.abs()) ? a.value.abs() : b.value.abs();
    if (fine.isZero() || fine.lte(rough.times(SHRINKS)) || fine.lte(size.times(AGREES[functions]))) continue;
    // What cancels beyond all digits tells nothing.
    if (fine.e < Math.max(a.size, b.size) - 2 * DIGITS + SPOILED) {
      told &&= Math.max(a.size, b.size) < DOUBTFUL;
      continue;
    }
    return { kind: 'different', place: k, found: a.value.toNumber(), expected: b.value.toNumber() };
  }
  return { kind: told ? 'equal' : 'untold' };
}

/** Of numbers that show what is as small as exp(−1000) beside 1; π is known to twice as many. */
export const DEEP_DIGITS = 490;
/** Of these so many may be spoiled. */
const DEEP_SPOILED = 30;

/** The first entry in which two nodes differ in very many digits; undefined where none does, or it cannot be computed so. */
export function differsDeep(
  pair: readonly [Node, Node],
  point: RealPoint,
): { readonly place: number; readonly found: number; readonly expected: number } | undefined {
  try {
    const [found, expected] = valuesAt(pair, point, DEEP_DIGITS) as [readonly Sized[], readonly Sized[]];
    const place = found.findIndex((x, k) => {
      const y = expected[k]!;
      const difference = x.value.sub(y.value);
      return difference.isFinite() && exponent(difference) > Math.max(x.size, y.size) - DEEP_DIGITS + DEEP_SPOILED;
    });
    return place < 0 ? undefined : { place, found: found[place]!.value.toNumber(), expected: expected[place]!.value.toNumber() };
  } catch (error) {
    if (error instanceof GradusError && error.code === 'unsupported') return undefined;
    throw error;
  }
}

/** A number, and the decimal exponent of what it was added up from: x − x is 0, but known only to a digit of x. */
interface Sized {
  readonly value: BigNumber;
  readonly size: number;
  /** Sums and products of numbers that are given: no rounding is in it. */
  readonly exact?: boolean;
  /** What it is the negative of. */
  readonly negates?: Sized;
}

const NOTHING = Number.NEGATIVE_INFINITY;
/** The size of what a jump made of a number of which no digit is known. */
const DOUBTFUL = 1e9;
const exponent = (x: BigNumber): number => (x.isZero() || !x.isFinite() ? NOTHING : x.e);

/**
 * Numbers that remember how much of them rounding may have spoiled.
 * @param far what has no digit left of its own may have saturated: σ(1000) − 1. Elsewhere it is 0.
 */
function sized({ arithmetic }: BigNumbers, digits: number, far: boolean): Arithmetic<Sized> {
  const given = (value: BigNumber, exact: boolean): Sized => ({ value, size: exponent(value), exact });
  const zero = given(arithmetic.fromNumber(0), true);
  const without = given(arithmetic.fromNumber(Number.NaN), true);
  const minusOne = arithmetic.fromNumber(-1);
  const known = (size: number): number => size - digits + SPOILED;
  /** No digit is left of what decides on which side of the jump it is. */
  const isDoubtful = (args: readonly Sized[]): boolean => {
    const [a, b] = args as [Sized, Sized?];
    if (!far || a === b || args.every(({ exact }) => exact)) return false;
    const decides = b ? a.value.sub(b.value) : a.value;
    return exponent(decides) < known(Math.max(a.size, b?.size ?? NOTHING));
  };
  return {
    fromNumber: (x) => given(arithmetic.fromNumber(x), true),
    fromRational: (q) => given(arithmetic.fromRational(q), q.d === 1n),
    add: (a, b) => {
      if (a.negates === b || b.negates === a) return zero;
      const value = arithmetic.add(a.value, b.value);
      // Beside 1 nothing is left of 1e-302.
      const isExact = a.exact === true && b.exact === true && value.sub(a.value).eq(b.value) && value.sub(b.value).eq(a.value);
      return { value, size: Math.max(a.size, b.size), exact: isExact };
    },
    multiply: (a, b) => ({
      value: arithmetic.multiply(a.value, b.value),
      size: a.size + b.size,
      exact: (a.exact && b.exact) ?? false,
      ...(a.value.eq(minusOne) && { negates: b }),
    }),
    extreme,
    apply: (operator, args) => {
      const chooses = extremeOf(operator);
      if (chooses) return extreme(chooses, args);
      // What is surely below 0 is 0, exactly.
      if (operator === relu && !isDoubtful(args)) return extreme('max', [args[0]!, zero]);
      // Of what has cancelled beyond all digits nobody knows that it is not 0: a singular matrix has no inverse.
      const [x] = args;
      if (operator === reciprocal && !x!.exact && exponent(x!.value) < known(x!.size)) return without;
      const value = arithmetic.apply(
        operator,
        args.map((a) => a.value),
      );
      if (isJump(operator) && !isLogical(operator)) {
        // Which number it is, is known for sure.
        return isDoubtful(args) ? { value, size: DOUBTFUL } : { value, size: exponent(value), exact: true };
      }
      // What is lost of an argument is lost of the value, relatively; what is off at 0 is off by as much.
      const lost = args.reduce((most, a) => (a.value.isZero() ? most : Math.max(most, a.size - exponent(a.value))), 0);
      const sizes = args.filter((a) => a.size > exponent(a.value)).map((a) => a.size);
      return { value, size: Math.max(exponent(value) + lost, ...sizes) };
    },
    toNumber: ({ value }) => value.toNumber(),
  };
}

/** The number itself, so that what is compared with it is known to be it. */
const extreme = (name: 'max' | 'min', values: readonly Sized[]): Sized =>
  values.reduce((a, b) => (a.value.isNaN() || (name === 'max' ? a.value.gte(b.value) : a.value.lte(b.value)) ? a : b));

const known = new Map<string, { readonly numbers: BigNumbers; readonly arithmetic: Arithmetic<Sized> }>();

function valuesAt(nodes: readonly Node[], { values, sizes, far = false }: RealPoint, digits: number): (readonly Sized[])[] {
  const key = `${digits} ${far}`;
  let own = known.get(key);
  if (!own) {
    const numbers = bigNumbers(digits);
    own = { numbers, arithmetic: sized(numbers, digits, far) };
    known.set(key, own);
  }
  const { numbers, arithmetic } = own;
  const drawn = (x: number): Sized => {
    const value = numbers.from(x);
    return { value, size: exponent(value), exact: true };
  };
  return evaluate(
    nodes,
    (v) => ({ shape: v.shape.map((dim) => sizeOf(dim, sizes)), data: Array.from(values.get(v.name) ?? [], drawn) }),
    sizes,
    arithmetic,
  ).map(({ data }) => data);
}
