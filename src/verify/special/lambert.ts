import type { BigNumber, Decimals } from '../decimals.ts';
import type { Functions } from './series.ts';

/** Lambert's W on its upper branch: the w with w·eʷ = x. */
export function lambert(Own: Decimals): Functions {
  function lambertw(x: BigNumber): BigNumber {
    let w: BigNumber = new Own(startOfLambert(x.toNumber()));
    for (let k = 0; k < 200; k++) {
      const e = w.exp();
      const miss = w.mul(e).sub(x);
      const slope = e.mul(w.add(1));
      // Halley's step.
      const step = miss.div(slope.sub(miss.mul(w.add(2)).div(w.add(1).mul(2))));
      w = w.sub(step);
      if (step.abs().lte(w.abs().mul(`1e-${Own.precision - 6}`))) return w;
    }
    return new Own(Number.NaN);
  }

  return { lambertw };
}

/** Where W is looked for first. */
function startOfLambert(x: number): number {
  if (x > 3) return Math.log(x) - Math.log(Math.log(x));
  const p = Math.sqrt(Math.max(2 * (Math.E * x + 1), 1e-30));
  return x < -0.2 ? -1 + p - (p * p) / 3 : Math.log1p(x) * 0.9;
}
