import { cosh, cot, coth, csc, csch, sec, sech, sinh } from '../../operators/elementary.ts';
import type { Operator } from '../../operators/operator.ts';
import { cos, sin, tan, tanh } from '../../operators/trigonometric.ts';

/** f² = constant + square·g², everywhere. */
interface Pythagoras {
  readonly f: Operator;
  readonly g: Operator;
  readonly constant: bigint;
  readonly square: bigint;
}

/** sin² = 1 − cos², sinh² = cosh² − 1, cosh² = 1 + sinh². */
export const pythagoras: readonly Pythagoras[] = [
  { f: sin, g: cos, constant: 1n, square: -1n },
  { f: cos, g: sin, constant: 1n, square: -1n },
  { f: sinh, g: cosh, constant: -1n, square: 1n },
  { f: cosh, g: sinh, constant: 1n, square: 1n },
];

/** The function whose squares stand for those of another. */
export const partnerOf: ReadonlyMap<Operator, Operator> = new Map(pythagoras.map(({ f, g }) => [f, g]));

/** name = above/below wherever the quotient is defined; without `above`, 1/below. */
interface Ratio {
  readonly name: Operator;
  readonly above?: Operator;
  readonly below: Operator;
}

export const ratios: readonly Ratio[] = [
  { name: tan, above: sin, below: cos },
  { name: cot, above: cos, below: sin },
  { name: tanh, above: sinh, below: cosh },
  { name: coth, above: cosh, below: sinh },
  { name: sec, below: cos },
  { name: csc, below: sin },
  { name: sech, below: cosh },
  { name: csch, below: sinh },
];

export const ratioOf: ReadonlyMap<Operator, Ratio> = new Map(ratios.map((r) => [r.name, r]));

/** square·f² + partner·g² = doubled(2u), everywhere; without `g`, the second term is the number. */
interface DoubleAngle {
  readonly f: Operator;
  readonly g?: Operator;
  readonly square: number;
  readonly partner: number;
  readonly doubled: Operator;
}

/** The formulas of the double angle (https://dlmf.nist.gov/4.21#E27, https://dlmf.nist.gov/4.35#E27). */
export const doubleAngles: readonly DoubleAngle[] = [
  { f: sin, square: -2, partner: 1, doubled: cos },
  { f: cos, square: 2, partner: -1, doubled: cos },
  { f: cos, g: sin, square: 1, partner: -1, doubled: cos },
  { f: sinh, square: 2, partner: 1, doubled: cosh },
  { f: cosh, square: 2, partner: -1, doubled: cosh },
  { f: cosh, g: sinh, square: 1, partner: 1, doubled: cosh },
];
