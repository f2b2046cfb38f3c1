import { eulerOf, negligible } from '../constants.ts';
import type { BigNumber, Decimals } from '../decimals.ts';
import type { Functions, Widely } from './series.ts';

/** Bessel functions of integer order n ≥ 0 by their power series (DLMF 10.2.2, 10.8.1, 10.25.2, 10.31.1). */
export function besselFunctions(Own: Decimals, widely: Widely): Functions {
  const nothing = new Own(Number.NaN);

  /** Digits that the largest terms, of about e^2x, and the first sum may cost. */
  const size = (n: number, x: BigNumber): number => 4 * x.abs().toNumber() + 4 * n;

  /** (x/2)ⁿ·Σ weightₖ·(±x²/4)ᵏ/(k!·(n + k)!). */
  function series(Wide: Decimals, n: number, u: BigNumber, sign: 1 | -1, weight: (k: number) => BigNumber | number): BigNumber {
    const t = u.mul(u).div(4).mul(sign);
    let term: BigNumber = new Wide(1);
    for (let k = 1; k <= n; k++) term = term.mul(u).div(2 * k);
    let sum = term.mul(weight(0));
    for (let k = 1; ; k++) {
      term = term.mul(t).div(k * (n + k));
      const part = term.mul(weight(k));
      sum = sum.add(part);
      if (k > u.abs().toNumber() && negligible(part, sum, Wide)) return sum;
    }
  }

  const first =
    (name: string, sign: 1 | -1) =>
    (n: BigNumber, x: BigNumber): BigNumber => {
      const order = n.toNumber();
      if (!(Number.isInteger(order) && order >= 0)) return nothing;
      if (x.isZero()) return new Own(order === 0 ? 1 : 0);
      return widely(name, size(order, x), (Wide) => series(Wide, order, new Wide(x.toString()), sign, () => 1));
    };

  /** L = Σₖ (n − k − 1)!/k!·(∓x²/4)ᵏ·(x/2)⁻ⁿ over k < n, and S with the weights ψ(k + 1) + ψ(n + k + 1). */
  const second =
    (
      name: string,
      sign: 1 | -1,
      joined: (Wide: Decimals, n: number, parts: { low: BigNumber; own: BigNumber; sum: BigNumber }) => BigNumber,
    ) =>
    (order: BigNumber, x: BigNumber): BigNumber => {
      const n = order.toNumber();
      if (!(Number.isInteger(n) && n >= 0 && x.gt(0))) return nothing;
      return widely(name, size(n, x), (Wide) => {
        const u: BigNumber = new Wide(x.toString());
        const half = u.div(2);
        const t = half.mul(half).mul(-sign);
        let low: BigNumber = new Wide(0);
        // (n − 1)!·(x/2)⁻ⁿ, then one factor after the other.
        let term: BigNumber = new Wide(1).div(half);
        for (let k = 1; k < n; k++) term = term.mul(k).div(half);
        for (let k = 0; k < n; k++) {
          low = low.add(term);
          if (k + 1 < n) term = term.mul(t).div((k + 1) * (n - k - 1));
        }
        let [one, other]: BigNumber[] = [new Wide(0), new Wide(0)];
        for (let k = 1; k <= n; k++) other = other!.add(new Wide(1).div(k));
        const gamma = eulerOf(Wide).mul(2);
        const weight = (k: number): BigNumber => {
          if (k > 0) [one, other] = [one!.add(new Wide(1).div(k)), other!.add(new Wide(1).div(n + k))];
          return one!.add(other!).sub(gamma);
        };
        const own = series(Wide, n, u, sign, () => 1).mul(half.ln());
        return joined(Wide, n, { low, own, sum: series(Wide, n, u, sign, weight) });
      });
    };

  return {
    besselj: (n, x) => first('besselj', -1)(n!, x!),
    besseli: (n, x) => first('besseli', 1)(n!, x!),
    bessely: (n, x) =>
      second('bessely', -1, (Wide, _n, { low, own, sum }) => own.mul(2).sub(low).sub(sum).div(new Wide(-1).acos()))(n!, x!),
    besselk: (n, x) =>
      second('besselk', 1, (_Wide, order, { low, own, sum }) => {
        const turned = sum.div(2).sub(own);
        return low.div(2).add(order % 2 === 0 ? turned : turned.neg());
      })(n!, x!),
  };
}
