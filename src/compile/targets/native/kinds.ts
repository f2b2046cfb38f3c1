import type { Precision } from '../../executable.ts';

/** What the functions know of a kind of number: its bits, and polynomials as long as its precision asks for. */
export interface Kind {
  readonly precision: Precision;
  readonly real: string;
  /** An integer of the same width. */
  readonly word: string;
  /** Bits after the point, and what is taken from an exponent. */
  readonly mantissa: number;
  readonly bias: number;
  /** Half of the bits of √½: below it a number counts as one of the next power of two. */
  readonly rootOfHalf: string;
  /** The largest power of two below which numbers lose bits, and one that brings those back. */
  readonly normal: string;
  readonly lift: number;
  /** Beyond these exp is 0, or overflows. */
  readonly lowest: number;
  readonly highest: number;
  /** −2|x| from which on tanh is ±1. */
  readonly flat: number;
  readonly ln2: readonly [high: string, low: string];
  /** (expm1(r) − r)/r² for |r| ≤ ln 2/2, as near as exp wants it and as expm1 does, which is small where r is. */
  readonly exp: readonly string[];
  readonly expm1: readonly string[];
  /** (log((1 + s)/(1 − s))/s − 2)/s² in powers of s². */
  readonly log: readonly string[];
}

/** Minimax polynomials by Remez's exchange, with 60 digits. */
export const F64: Kind = {
  precision: 'f64',
  real: 'double',
  word: 'uint64_t',
  mantissa: 52,
  bias: 1023,
  rootOfHalf: '0x3fe6a09e667f3bcdu',
  normal: '0x1p-1022',
  lift: 54,
  lowest: -746,
  highest: 710,
  flat: -44,
  ln2: ['0x1.62e42fef00000p-1', '0x1.473de6af278edp-34'],
  exp: [
    ...['0.50000000000000128559', '0.16666666666666699354', '0.041666666666514330595', '0.0083333333333070186267'],
    ...['0.001388888894732947883', '0.00019841269917793366534', '0.000024801489592114548072', '2.7557215929616068104e-6'],
    ...['2.7631413316591743707e-7', '2.5117980001777014089e-8'],
  ],
  expm1: [
    ...['0.49999999999999999986', '0.16666666666666676689', '0.041666666666666701685', '0.0083333333333215310131'],
    ...['0.0013888888888866673205', '0.00019841269886401806361', '0.000024801587360887662442', '2.7557243911084473827e-6'],
    ...['2.7557242473148539304e-7', '2.5109147565484836155e-8', '2.0924532461026287493e-9'],
  ],
  log: [
    ...['0.66666666666667353795', '0.39999999999407493093', '0.28571428744140748539', '0.22222198378532723447'],
    ...['0.18183575162637210351', '0.15313755832536833029', '0.14799065399728641097'],
  ],
};

const EXP32 = [
  '0.500000004667f',
  '0.166666668178f',
  '0.0416663535324f',
  '0.00833327284011f',
  '0.00139411027022f',
  '0.000199143016601f',
];

export const F32: Kind = {
  precision: 'f32',
  real: 'float',
  word: 'uint32_t',
  mantissa: 23,
  bias: 127,
  rootOfHalf: '0x3f3504f3u',
  normal: '0x1p-126f',
  lift: 25,
  lowest: -104,
  highest: 89,
  flat: -20,
  ln2: ['0.693145751953125f', '1.4286068203094173e-06f'],
  exp: EXP32,
  expm1: EXP32,
  log: ['0.666666656372f', '0.400003372409f', '0.285371685115f', '0.235849792403f'],
};
