import { eulerOf, negligible } from '../constants.ts';
import type { BigNumber, Decimals } from '../decimals.ts';
import { type Functions, piOf, type Widely } from './series.ts';

/** The sine, cosine and exponential integrals, and Fresnel's. */
export function integrals(Own: Decimals, widely: Widely): Functions {
  const Si = (x: BigNumber): BigNumber =>
    widely('Si', 2 * x.abs().toNumber(), (Wide) => integralSeries(Wide, x, (k) => (k % 2 === 0 ? 0 : k % 4 === 1 ? 1 : -1)));

  const Ci = (x: BigNumber): BigNumber =>
    !x.gt(0)
      ? new Own(Number.NaN)
      : widely('Ci', 2 * x.toNumber(), (Wide) =>
          logAndEuler(Wide, x).add(integralSeries(Wide, x, (k) => (k % 2 === 1 ? 0 : k % 4 === 0 ? 1 : -1))),
        );

  const Ei = (x: BigNumber): BigNumber =>
    widely('Ei', 2 * x.abs().toNumber(), (Wide) => logAndEuler(Wide, x).add(integralSeries(Wide, x, () => 1)));

  /** Σ (−1)ᵏ tᵐ·x/(m!·(2m + 1)), t = πx²/2, over the even or the odd m. */
  const fresnel = (name: string, parity: 0 | 1) => (x: BigNumber) =>
    widely(name, 4 * x.toNumber() ** 2, (Wide) => {
      const u: BigNumber = new Wide(x.toString());
      const t = piOf(Wide).mul(u).mul(u).div(2);
      let power: BigNumber = u;
      let sum: BigNumber = new Wide(0);
      for (let m = 0; ; m++) {
        if (m > 0) power = power.mul(t).div(m);
        const term = power.div(2 * m + 1);
        if (m % 2 === parity) sum = m % 4 < 2 ? sum.add(term) : sum.sub(term);
        if (m > t.toNumber() && negligible(term, sum, Wide)) return sum;
      }
    });

  return { Si, Ci, Ei, fresnels: fresnel('fresnels', 1), fresnelc: fresnel('fresnelc', 0) };
}

/** Σ over the k of one parity of signs·xᵏ/(k·k!) */
function integralSeries(Wide: Decimals, x: BigNumber, counts: (k: number) => 0 | 1 | -1): BigNumber {
  const u = new Wide(x.toString());
  let power: BigNumber = new Wide(1);
  let sum: BigNumber = new Wide(0);
  for (let k = 1; ; k++) {
    power = power.mul(u).div(k);
    const term = power.div(k);
    const sign = counts(k);
    if (sign !== 0) sum = sum.add(term.mul(sign));
    if (k > u.abs().toNumber() && negligible(term, sum, Wide)) return sum;
  }
}

const logAndEuler = (Wide: Decimals, x: BigNumber): BigNumber => eulerOf(Wide).add(new Wide(x.toString()).abs().ln());
