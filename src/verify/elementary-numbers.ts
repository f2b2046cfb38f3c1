import type { BigNumber, Decimals } from './decimals.ts';
import { exponential } from './exponential.ts';

/**
 * Elementary functions of many digits where those of decimal.js lose digits, take for ever, or throw. One that throws
 * leaves the precision of its class changed for everything after it, so no argument may get there.
 */

/** decimal.js knows π to 1025 digits; some are for rounding. */
const DIGITS_OF_PI = 1000;

type Function = (x: BigNumber) => BigNumber;

export function elementaryFunctions(Own: Decimals): Readonly<Record<string, Function>> {
  const one = new Own(1);
  const half = new Own('0.5');
  const nothing = new Own(Number.NaN);
  const { precision } = Own;

  /** Beyond this, x⁻² is nothing beside 1, and below its inverse x⁴. */
  const large = new Own(10).pow(Math.ceil(precision / 2) + 3);

  /** What remains of a larger argument after whole turns is unknown. */
  const mostTurns = DIGITS_OF_PI - 2 * precision;

  const periodic =
    (f: Function): Function =>
    (x) =>
      x.isFinite() && x.e < mostTurns ? f(x) : nothing;

  const odd =
    (f: Function): Function =>
    (x) =>
      x.isNegative() ? f(x.neg()).neg() : f(x);

  const exp = exponential(Own);
  // From 1 on nothing cancels between eˣ and e⁻ˣ, and theirs sum a series in x itself.
  const byExp = (small: Function, large: (e: BigNumber) => BigNumber): Function =>
    odd((x) => (x.lt(one) ? small(x) : large(exp(x))));
  const sin = periodic((x) => x.sin());
  const cos = periodic((x) => x.cos());
  const log2x: Function = (x) => x.ln().add(new Own(2).ln());

  return {
    sin,
    cos,
    // Theirs is sin x/√(1 − sin²x), which has no digits next to a pole.
    tan: (x) => sin(x).div(cos(x)),
    // 1 − x² as it stands loses digits next to 1.
    asin: (x) => (x.abs().lt(half) || !x.abs().lt(one) ? x.asin() : x.div(one.sub(x).mul(one.add(x)).sqrt()).atan()),
    exp,
    tanh: byExp(
      (x) => x.tanh(),
      (e) => (e.isFinite() ? one.sub(new Own(2).div(e.mul(e).add(1))) : one),
    ),
    sinh: byExp(
      (x) => x.sinh(),
      (e) => e.sub(one.div(e)).mul(half),
    ),
    cosh: (x) => {
      const e = exp(x.abs());
      return e.add(one.div(e)).mul(half);
    },
    // Theirs takes twice as many digits more as x has places, on either side of the point.
    asinh: odd((x) => {
      if (x.gt(large)) return log2x(x);
      return x.mul(large).lt(one) ? x.sub(x.mul(x).mul(x).div(6)) : x.asinh();
    }),
    acosh: (x) => (x.gt(large) ? log2x(x) : x.acosh()),
  };
}
