import type { NestedArray } from '../../numeric/tensor.ts';
import type { Law } from '../exact/laws.ts';

/** Lengths of axes by name. */
export type Lengths = Readonly<Record<string, number>>;

/** The inputs that were drawn, by name; with what the source gives they reproduce what is said of the point. */
export type At = Readonly<Record<string, NestedArray>>;

/**
 * How it is known that two expressions are equal, or that they are not.
 *
 * - `field`: at random residues modulo primes of 50 bits; nothing but sums, products, quotients and powers is in them, so
 *   it is exact but for a chance that `bound` limits, and where they differ it is proved.
 * - `laws`: the same with the laws of exponentials, logarithms, roots and sines, other functions taken for unknown ones.
 * - `digits`: in numbers of many digits at some points, where what they differ by goes away with more digits.
 * - `doubles`: in doubles, where more would take too long.
 */
export type Evidence = 'field' | 'laws' | 'digits' | 'doubles';

/** Whether an expression is equal to another wherever that one has a value. */
export interface Verdict {
  readonly right: boolean;
  readonly by: Evidence;
  /** The chance that it is wrong is less than two to this power: of `field`. */
  readonly bound?: number;
  /** Equal on every branch, but perhaps not at the borders between them. */
  readonly branches?: true;
  /** Of `laws`: those without which it would not be so; none, where functions may be any. */
  readonly laws?: readonly Law[];
  /** Points and digits: of `digits` and `doubles`. */
  readonly points?: number;
  readonly digits?: number;
  /** The lengths of axes for which it was tried, where it is not known for all. */
  readonly sizes?: Lengths;
  /** A point at which the other has a value and this one has none. */
  readonly undefinedAt?: At;
  /** Where they differ: the place in row-major order, and the two values. */
  readonly difference?: Difference;
}

export interface Difference {
  readonly at: At;
  readonly sizes: Lengths;
  readonly place: number;
  readonly found: number;
  readonly expected: number;
}

/** Known exactly, as far as anything is by evaluation at random. */
export const isExact = ({ by }: Verdict): boolean => by === 'field' || by === 'laws';
