import { carlson, type Field } from '../../operators/kernels/carlson.ts';
import type { BigNumber, Decimals } from '../decimals.ts';
import { type Functions, piOf } from './series.ts';

/** Legendre's elliptic integrals of the first and second kind. */
export function ellipticIntegrals(Own: Decimals): Functions {
  const one = new Own(1);

  const field: Field<BigNumber> = {
    from: (x) => new Own(x),
    add: (a, b) => a.add(b),
    sub: (a, b) => a.sub(b),
    mul: (a, b) => a.mul(b),
    div: (a, b) => a.div(b),
    sqrt: (a) => a.sqrt(),
    toNumber: (a) => a.toNumber(),
    near: 10 ** -(Own.precision / 6),
  };

  /** F(φ|m) and E(φ|m) by Carlson's integrals; beyond ±π/2 whole half turns are added. */
  function elliptic(phi: BigNumber, m: BigNumber): readonly [first: BigNumber, second: BigNumber] {
    const pi = piOf(Own);
    const turns = phi.abs().lte(pi.div(2)) ? new Own(0) : phi.div(pi).round();
    if (!turns.isZero()) {
      const rest = elliptic(phi.sub(turns.mul(pi)), m);
      const whole = elliptic(pi.div(2), m);
      return [rest[0].add(whole[0].mul(turns).mul(2)), rest[1].add(whole[1].mul(turns).mul(2))];
    }
    const [s, c] = [phi.sin(), phi.cos()];
    const delta = one.sub(m.mul(s).mul(s));
    if (!delta.gte(0)) return [new Own(Number.NaN), new Own(Number.NaN)];
    const { rf, rd } = carlson(field, c.mul(c), delta, one);
    return [s.mul(rf), s.mul(rf).sub(m.mul(s.pow(3)).mul(rd).div(3))];
  }

  return { elliptic_f: (phi, m) => elliptic(phi!, m!)[0], elliptic_e: (phi, m) => elliptic(phi!, m!)[1] };
}
