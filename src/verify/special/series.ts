import { GradusError } from '../../language/diagnostics.ts';
import type { BigNumber, Decimals } from '../decimals.ts';

/** What the series of special functions share: the digits that they are summed in. */

export type Functions = Readonly<Record<string, (...args: BigNumber[]) => BigNumber>>;

/** Beyond this many digits a series takes too long. */
const MOST_DIGITS = 600;

/** Digits more than asked for, which the rounding of a few hundred terms may cost. */
const SPARE = 12;

export const tooFar = (name: string): GradusError =>
  new GradusError('unsupported', `${name} is not evaluated in many digits so far out`);

export const piOf = (Wide: Decimals): BigNumber => new Wide(-1).acos();

/**
 * f in enough digits for terms up to e^size, rounded to the class's own.
 * A series with terms of both signs is summed in as many more digits as its largest term has. Arguments for which that
 * is too many throw GradusError `unsupported`.
 */
export type Widely = (name: string, size: number, f: (Wide: Decimals) => BigNumber) => BigNumber;

/** How sums are widened for numbers of one class. */
export function widening(Own: Decimals): Widely {
  const one = new Own(1);
  return (name, size, f) => {
    const precision = Own.precision + SPARE + Math.ceil(size / Math.LN10);
    if (!(precision <= MOST_DIGITS)) throw tooFar(name);
    // Only what an operation gives is rounded: x and −(−x) must not differ.
    return one.mul(new Own(f(Own.clone({ precision })).toString()));
  };
}
