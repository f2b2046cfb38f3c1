import { GradusError } from '../language/diagnostics.ts';
import { carlson, type Field } from '../operators/kernels/carlson.ts';
import { erfinv as erfinvKernel } from '../operators/kernels/erf.ts';
import { besselNumbers } from './bessel-numbers.ts';
import { bernoulli, eulerOf, negligible } from './constants.ts';
import type { BigNumber, Decimals } from './decimals.ts';

/** Special functions in many digits, by series that are plain rather than fast. */

export type Functions = Readonly<Record<string, (...args: BigNumber[]) => BigNumber>>;

/** Beyond this many digits a series takes too long. */
const MOST_DIGITS = 600;

/** Digits more than asked for, which the rounding of a few hundred terms may cost. */
const SPARE = 12;

const tooFar = (name: string): GradusError =>
  new GradusError('unsupported', `${name} is not evaluated in many digits so far out`);

/**
 * The special functions over numbers of the class of `one`.
 * A series with terms of both signs is summed in as many more digits as its largest term has. Arguments for which that
 * is too many throw GradusError `unsupported`.
 */
export function specialFunctions(one: BigNumber): Functions {
  const Own = one.constructor as Decimals;

  /** f in enough digits for terms up to e^size, rounded to the class's own. */
  function widely(name: string, size: number, f: (Wide: Decimals) => BigNumber): BigNumber {
    const precision = Own.precision + SPARE + Math.ceil(size / Math.LN10);
    if (!(precision <= MOST_DIGITS)) throw tooFar(name);
    // Only what an operation gives is rounded: x and −(−x) must not differ.
    return one.mul(new Own(f(Own.clone({ precision })).toString()));
  }

  const piOf = (Wide: Decimals): BigNumber => new Wide(-1).acos();

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

  /** ∫₀ˣ e^(±t²) dt */
  const bell = (Wide: Decimals, x: BigNumber, sign: 1 | -1): BigNumber => {
    const u = new Wide(x.toString());
    return u.mul(exponentialSeries(Wide, u.mul(u).mul(sign), 0, (k) => 2 * k + 1));
  };

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
      if (a.isZero()) return Ei(x.neg()).neg();
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

  return {
    elliptic_f: (phi, m) => elliptic(phi!, m!)[0],
    elliptic_e: (phi, m) => elliptic(phi!, m!)[1],
    erf,
    erfc,
    erfinv,
    erfi: (x) => areaTo('erfi', x!, 1),
    Si,
    Ci,
    Ei,
    fresnels: fresnel('fresnels', 1),
    fresnelc: fresnel('fresnelc', 0),
    lambertw,
    polylog,
    gamma,
    uppergamma: (a, x) => uppergamma(a!, x!),
    polygamma,
    digamma: (x) => polygamma(new Own(0), x!),
    trigamma: (x) => polygamma(one, x!),
    ...besselNumbers(Own, widely),
  };
}

/** Where the y ≥ 0 with erf y = t is looked for first: as t < 1 may be 1 in doubles, by its distance from there. */
function startOfErfinv(t: BigNumber): number {
  const guess = erfinvKernel(t.toNumber());
  return Number.isFinite(guess) ? guess : Math.sqrt(t.neg().add(1).ln().neg().toNumber());
}

/** Where W is looked for first. */
function startOfLambert(x: number): number {
  if (x > 3) return Math.log(x) - Math.log(Math.log(x));
  const p = Math.sqrt(Math.max(2 * (Math.E * x + 1), 1e-30));
  return x < -0.2 ? -1 + p - (p * p) / 3 : Math.log1p(x) * 0.9;
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
