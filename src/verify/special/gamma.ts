import { bernoulli, negligible } from '../constants.ts';
import type { BigNumber, Decimals } from '../decimals.ts';
import { type Functions, piOf, tooFar, type Widely } from './series.ts';

/** The gamma function, its derivatives and its upper part. */
export function gammas(Own: Decimals, widely: Widely, { Ei }: Functions): Functions {
  const one = new Own(1);

  /** Γ(x) by Stirling's series beyond SHIFT, and the recurrence to there. */
  function gamma(x: BigNumber): BigNumber {
    const { head, far } = shifted('gamma', x, one, (product, at) => product.mul(at));
    return widely('gamma', 0, (Wide) => {
      const z = new Wide(far.toString());
      let sum = z.sub(0.5).mul(z.ln()).sub(z).add(piOf(Wide).mul(2).ln().div(2));
      let power = z;
      for (const [k, b] of bernoulli(Wide).entries()) {
        const n = 2 * (k + 1);
        sum = sum.add(b.div(power.mul(n * (n - 1))));
        power = power.mul(z).mul(z);
      }
      return sum.exp().div(new Wide(head.toString()));
    });
  }

  /** ψ⁽ⁿ⁾(x) by the derivative of Stirling's series, and the recurrence. */
  function polygamma(order: BigNumber, x: BigNumber): BigNumber {
    const n = order.toNumber();
    if (!(Number.isInteger(n) && n >= 0)) return new Own(Number.NaN);
    return widely('polygamma', 0, (Wide) => {
      const start: BigNumber = new Wide(x.toString());
      const { head, far: z } = shifted('polygamma', start, new Wide(0), (sum, at) => sum.add(at.pow(-(n + 1))));
      const factorial = (m: number): BigNumber => {
        let product: BigNumber = new Wide(1);
        for (let k = 2; k <= m; k++) product = product.mul(k);
        return product;
      };
      const sign = n % 2 === 0 ? -1 : 1;
      // (−1)ⁿ⁺¹·(n!·Σ (x + k)⁻ⁿ⁻¹ + (n − 1)!/zⁿ + n!/(2zⁿ⁺¹) + Σ B₂ₖ(2k + n − 1)!/((2k)!·z²ᵏ⁺ⁿ))
      let sum = head.mul(factorial(n)).add(factorial(n).div(z.pow(n + 1).mul(2)));
      sum = n === 0 ? sum.sub(z.ln()) : sum.add(factorial(n - 1).div(z.pow(n)));
      for (const [k, b] of bernoulli(Wide).entries()) {
        const m = 2 * (k + 1);
        sum = sum.add(b.mul(factorial(m + n - 1)).div(factorial(m).mul(z.pow(m + n))));
      }
      return sum.mul(sign);
    });
  }

  /** Γ(a, x) = Γ(a) − Σ (−1)ᵏ·x^(a+k)/(k!·(a + k)), and by recurrence from E₁ where Γ(a) has a pole. */
  function uppergamma(a: BigNumber, x: BigNumber): BigNumber {
    if (!x.gt(0)) return new Own(Number.NaN);
    if (a.isInteger() && a.lte(0)) {
      if (a.isZero()) return Ei!(x.neg()).neg();
      if (a.lt(-FARTHEST)) throw tooFar('uppergamma');
      return uppergamma(a.add(1), x).sub(x.pow(a).mul(x.neg().exp())).div(a);
    }
    return widely('uppergamma', 2 * x.toNumber(), (Wide) => {
      const z: BigNumber = new Wide(x.toString());
      let power = z.pow(a);
      let sum: BigNumber = new Wide(0);
      for (let k = 0; ; k++) {
        if (k > 0) power = power.mul(z).div(-k);
        const term = power.div(a.add(k));
        sum = sum.add(term);
        if (k > z.toNumber() && negligible(term, sum, Wide)) return new Wide(gamma(a).toString()).sub(sum);
      }
    });
  }

  return {
    gamma,
    uppergamma: (a, x) => uppergamma(a!, x!),
    polygamma,
    digamma: (x) => polygamma(new Own(0), x!),
    trigamma: (x) => polygamma(one, x!),
  };
}

/** Stirling's series has eighty digits from here on. */
const SHIFT = 70;
const FARTHEST = 5000;

/** x + m beyond SHIFT, and what the m steps before it add up or multiply to. */
function shifted(name: string, x: BigNumber, start: BigNumber, step: (head: BigNumber, at: BigNumber) => BigNumber) {
  if (x.lt(-FARTHEST)) throw tooFar(name);
  let head = start;
  let far = x;
  for (; far.lt(SHIFT); far = far.add(1)) head = step(head, far);
  return { head, far };
}
