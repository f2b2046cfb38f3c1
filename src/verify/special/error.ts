import { erfinv as erfinvKernel } from '../../operators/kernels/erf.ts';
import { negligible } from '../constants.ts';
import type { BigNumber, Decimals } from '../decimals.ts';
import { type Functions, piOf, type Widely } from './series.ts';

/** The error function, what is left of it up to 1, its inverse, and that of imaginary numbers. */
export function errorFunctions(Own: Decimals, widely: Widely): Functions {
  const one = new Own(1);

  const areaTo = (name: string, x: BigNumber, sign: 1 | -1): BigNumber =>
    widely(name, 2 * x.toNumber() ** 2, (Wide) => bell(Wide, x, sign).mul(2).div(piOf(Wide).sqrt()));

  function erf(x: BigNumber): BigNumber {
    // Beyond, 1 − |erf x| is less than the last digit.
    if (x.abs().gt(2 * Math.sqrt(Own.precision))) return new Own(x.isNegative() ? -1 : 1);
    return areaTo('erf', x, -1);
  }

  function erfc(x: BigNumber): BigNumber {
    if (x.lt(0)) return one.add(erf(x.neg()));
    return widely('erfc', 2 * x.toNumber() ** 2, (Wide) => new Wide(1).sub(bell(Wide, x, -1).mul(2).div(piOf(Wide).sqrt())));
  }

  /** The y with erf y = x by Newton's steps in twice the digits: next to 1 half of them are lost. */
  function erfinv(x: BigNumber): BigNumber {
    if (!x.abs().lt(1)) return new Own(x.abs().eq(1) ? x.div(0) : Number.NaN);
    return widely('erfinv', Own.precision * Math.LN10, (Wide) => {
      const t = new Wide(x.abs().toString());
      const half = piOf(Wide).sqrt().div(2);
      let y: BigNumber = new Wide(startOfErfinv(t));
      for (let k = 0; k < 200; k++) {
        const u = y.mul(y);
        const area = bell(Wide, y, -1).div(half);
        const miss = area.sub(t).mul(half).mul(u.exp());
        const step = miss.div(y.mul(miss).add(1));
        y = y.sub(step);
        if (step.abs().lte(y.abs().mul(`1e-${Own.precision + 4}`))) break;
      }
      return x.isNegative() ? y.neg() : y;
    });
  }

  return { erf, erfc, erfinv, erfi: (x) => areaTo('erfi', x!, 1) };
}

/** ∫₀ˣ e^(±t²) dt */
const bell = (Wide: Decimals, x: BigNumber, sign: 1 | -1): BigNumber => {
  const u = new Wide(x.toString());
  return u.mul(exponentialSeries(Wide, u.mul(u).mul(sign), 0, (k) => 2 * k + 1));
};

/** Σ c(k)·tᵏ/k! from k = first. */
function exponentialSeries(Wide: Decimals, t: BigNumber, first: number, over: (k: number) => number): BigNumber {
  let power: BigNumber = new Wide(1);
  let sum: BigNumber = new Wide(0);
  for (let k = 0; ; k++) {
    if (k > 0) power = power.mul(t).div(k);
    const term = k < first ? new Wide(0) : power.div(over(k));
    sum = sum.add(term);
    if (k > first && k > t.abs().toNumber() && negligible(term, sum, Wide)) return sum;
  }
}

/** Where the y ≥ 0 with erf y = t is looked for first: as t < 1 may be 1 in doubles, by its distance from there. */
function startOfErfinv(t: BigNumber): number {
  const guess = erfinvKernel(t.toNumber());
  return Number.isFinite(guess) ? guess : Math.sqrt(t.neg().add(1).ln().neg().toNumber());
}
