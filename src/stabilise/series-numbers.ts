import { toNumber } from '../graph/rational.ts';
import type { Numbers } from './series.ts';

/** Coefficients of power series: doubles for a first look, and fixed-point numbers for the digits. */

export const doubleNumbers: Numbers<number> = {
  zero: 0,
  of: toNumber,
  whole: (n) => n,
  add: (a, b) => a + b,
  times: (a, b) => a * b,
  over: (a, b) => a / b,
  cancelled: (sum, a, b) => Math.abs(sum) <= 1e-11 * Math.max(Math.abs(a), Math.abs(b)),
};

/** Binary places. What is lost in forty coefficients is far less than the two hundred that a double does not need. */
const PLACES = 384n;
const HALF_PLACES = 192n;

const magnitude = (x: bigint): bigint => (x < 0n ? -x : x);

export const fixedNumbers: Numbers<bigint> = {
  zero: 0n,
  of: (q) => ((q.s * q.n) << PLACES) / q.d,
  whole: (n) => BigInt(n) << PLACES,
  add: (a, b) => a + b,
  times: (a, b) => (a * b) >> PLACES,
  over: (a, b) => (a << PLACES) / b,
  cancelled: (sum, a, b) => magnitude(sum) << HALF_PLACES <= magnitude(a) + magnitude(b),
};

export function toDouble(x: bigint): number {
  const size = magnitude(x);
  const extra = Math.max(0, size.toString(2).length - 64);
  return Number(x >> BigInt(extra)) * 2 ** (extra - Number(HALF_PLACES)) * 2 ** -Number(HALF_PLACES);
}
