import type { Fraction } from '../graph/rational.ts';
import { GradusError } from '../language/diagnostics.ts';
import type { Field } from '../operators/array.ts';
import { max, min } from '../operators/kinked.ts';
import type { Operator } from '../operators/operator.ts';
import { exp, log, reciprocal, squareRoot } from '../operators/power.ts';

/** The numbers that an expression is evaluated in: doubles, numbers of many digits, or expressions again. */
export interface Arithmetic<T> {
  fromRational(q: Fraction): T;
  fromNumber(x: number): T;
  add(a: T, b: T): T;
  multiply(a: T, b: T): T;
  apply(operator: Operator, args: T[]): T;
  /** Σ aₖ·bₖ of two runs, where that can be had without the numbers in between; left out, one term after the other. */
  dot?(a: Run<T>, b: Run<T>): T;
  /** The largest or the smallest of several; left out, by comparing two at a time. */
  extreme?(name: 'max' | 'min', values: readonly T[]): T;
  /** What the length of an axis is as a number in the expression; left out, the length itself. */
  size?(name: string): T | undefined;
  /** Nothing overflows: exponents need not be made smaller first. */
  readonly unbounded?: true;
  /** As a double; without it, arrays that must be compared (a pivot) cannot be evaluated. */
  toNumber?(x: T): number;
}

/** Entries of an array, one for each step, which says how far behind the first place it is. */
export interface Run<T> {
  readonly data: readonly T[];
  readonly from: number;
  readonly steps: Float64Array;
}

/** Division, comparison and the like by the operators' own names. */
export function fieldOf<T>(x: Arithmetic<T>): Field<T> {
  const minus = x.fromNumber(-1);
  const numberOf = (a: T): number => {
    if (x.toNumber) return x.toNumber(a);
    throw new GradusError('unsupported', 'an array operator cannot be written out in formulas');
  };
  const extreme =
    (name: 'max' | 'min', pair: Operator) =>
    (values: readonly T[]): T => {
      // Of none, what is no larger than any, or no smaller.
      if (values.length === 0) return x.fromNumber(name === 'max' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY);
      return x.extreme ? x.extreme(name, values) : values.reduce((a, b) => x.apply(pair, [a, b]));
    };
  return {
    zero: x.fromNumber(0),
    one: x.fromNumber(1),
    add: (a, b) => x.add(a, b),
    sub: (a, b) => x.add(a, x.multiply(minus, b)),
    mul: (a, b) => x.multiply(a, b),
    div: (a, b) => x.multiply(a, x.apply(reciprocal, [b])),
    exp: (a) => x.apply(exp, [a]),
    log: (a) => x.apply(log, [a]),
    sqrt: (a) => x.apply(squareRoot, [a]),
    max: extreme('max', max),
    min: extreme('min', min),
    top: x.unbounded ? () => x.fromNumber(0) : extreme('max', max),
    size: (a) => Math.abs(numberOf(a)),
    apply: (operator, args) => x.apply(operator, args),
    rational: x.fromRational,
  };
}
