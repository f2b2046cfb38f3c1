import type { BigNumber, Decimals } from '../decimals.ts';
import { besselFunctions } from './bessel.ts';
import { ellipticIntegrals } from './elliptic.ts';
import { errorFunctions } from './error.ts';
import { gammas } from './gamma.ts';
import { integrals } from './integrals.ts';
import { lambert } from './lambert.ts';
import { polylogarithms } from './polylog.ts';
import { type Functions, widening } from './series.ts';

/** The special functions over numbers of the class of `one`, by series that are plain rather than fast. */
export function specialFunctions(one: BigNumber): Functions {
  const Own = one.constructor as Decimals;
  const widely = widening(Own);
  const integral = integrals(Own, widely);
  return {
    ...ellipticIntegrals(Own),
    ...errorFunctions(Own, widely),
    ...integral,
    ...lambert(Own),
    ...polylogarithms(Own),
    ...gammas(Own, widely, integral),
    ...besselFunctions(Own, widely),
  };
}
