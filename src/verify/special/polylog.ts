import type { BigNumber, Decimals } from '../decimals.ts';
import type { Functions } from './series.ts';

/** Polylogarithms of whole order. */
export function polylogarithms(Own: Decimals): Functions {
  const one = new Own(1);

  /** Liₙ(x) for x ≤ 1: alternating on the left of 0, and by duplication and inversion from there. */
  function polylog(order: BigNumber, x: BigNumber): BigNumber {
    const n = order.toNumber();
    if (!x.lte(1) || x.lt('-1e300')) return new Own(Number.NaN);
    if (x.eq(1)) return alternating(n, x).div(one.sub(new Own(2).pow(1 - n)));
    if (x.gt(0)) {
      const rest = x.lt(1e-70) ? x : polylog(order, x.mul(x)).div(new Own(2).pow(n - 1));
      return x.lt(1e-70) ? rest : rest.add(alternating(n, x));
    }
    if (x.gte(-1)) return alternating(n, x.neg()).neg();
    const log = x.neg().ln();
    let power: BigNumber = one;
    let sum: BigNumber = new Own(0);
    for (let k = 0; k <= n; k++) {
      if (k > 0) power = power.mul(log).div(k);
      if (k === n) sum = sum.add(power);
      else if ((n - k) % 2 === 0) sum = sum.add(power.mul(alternating(n - k, one)).mul(2));
    }
    const other = polylog(order, one.div(x));
    return n % 2 === 0 ? sum.add(other).neg() : other.sub(sum);
  }

  /** Σ (−1)ᵏ⁻¹·yᵏ/kⁿ for 0 ≤ y ≤ 1 by Cohen, Rodriguez Villegas and Zagier (2000), algorithm 1. */
  function alternating(n: number, y: BigNumber): BigNumber {
    const terms = Math.ceil(1.4 * Own.precision);
    const root = new Own(8).sqrt().add(3).pow(terms);
    const d = root.add(one.div(root)).div(2);
    let b: BigNumber = one.neg();
    let c = d.neg();
    let power: BigNumber = one;
    let sum: BigNumber = new Own(0);
    for (let k = 0; k < terms; k++) {
      c = b.sub(c);
      power = power.mul(y);
      sum = sum.add(c.mul(power).div(new Own(k + 1).pow(n)));
      b = b.mul((k + terms) * (k - terms)).div((k + 0.5) * (k + 1));
    }
    return sum.div(d);
  }

  return { polylog };
}
