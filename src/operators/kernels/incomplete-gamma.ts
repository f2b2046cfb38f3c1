import { EULER, series } from './accurate.ts';
import { gamma, lgammaOnePlus } from './gamma.ts';

/** Beyond, the loops would take long and the values overflow. */
const LARGEST = 1000;

/** Γ(a, x) = ∫ₓ^∞ t^(a−1)·e^(−t) dt for x > 0 (for a whole a any x) and |a| ≤ 1000, to 30 ulp for moderate a; NaN beyond. */
export function upperGamma(a: number, x: number): number {
  if (!(Math.abs(a) <= LARGEST)) return Number.NaN;
  if (!(x > 0)) return x === 0 && a > 0 ? gamma(a) : Number.isInteger(a) && a > 0 ? wholeOrder(a, x) : Number.NaN;
  if (x >= 1.5 && x >= a + 1) return weight(a, x) * fraction(a, x);
  // Left of a it is about half of Γ(a) or more.
  if (a > LARGEST_GAMMA) return Number.POSITIVE_INFINITY;
  if (a > 0.5) return gamma(a) - weight(a, x) * lower(a, x);
  if (a >= -0.5) return nearZero(a, x);
  // Γ(a, x) = (Γ(a + 1, x) − xᵃ·e⁻ˣ)/a (DLMF 8.8.2).
  const steps = Math.round(-a);
  let value = nearZero(a + steps, x);
  for (let k = steps - 1; k >= 0; k--) {
    const next = weight(a + k, x);
    // It and those of lower orders are more than what they are taken from.
    if (next === Number.POSITIVE_INFINITY) return next;
    value = (value - next) / (a + k);
  }
  return value;
}

/** Γ of more is above all doubles. */
const LARGEST_GAMMA = 172;
const PARTS = 16;

/** xᵃ·e⁻ˣ, also where only one of its factors leaves the doubles. */
function weight(a: number, x: number): number {
  const exponent = a * Math.log(x) - x;
  if (!(exponent > -760)) return 0;
  if (exponent > 720) return Number.POSITIVE_INFINITY;
  const power = x ** a;
  if (x < 700 && power > 1e-300 && power < Number.POSITIVE_INFINITY) return power * Math.exp(-x);
  return (x ** (a / PARTS) * Math.exp(-x / PARTS)) ** PARTS;
}

/** (n − 1)!·e⁻ˣ·Σ xᵏ/k! for k < n, which is defined everywhere (DLMF 8.4.8). */
function wholeOrder(n: number, x: number): number {
  let sum = 0;
  for (let k = n - 1; k > 0; k--) sum = (x / k) * (1 + sum);
  return gamma(n) * Math.exp(-x) * (1 + sum);
}

/** Legendre's continued fraction 1/(x + 1 − a − 1·(1 − a)/(x + 3 − a − …)) from its end (DLMF 8.9.2). */
function fraction(a: number, x: number): number {
  let tail = 0;
  for (let k = Math.ceil(110 / x + Math.abs(a)) + 20; k >= 1; k--) tail = (k * (k - a)) / (x + 2 * k + 1 - a - tail);
  return 1 / (x + 1 - a - tail);
}

/** Σ xᵏ/(a(a + 1)…(a + k)) (DLMF 8.7.1). */
function lower(a: number, x: number): number {
  let term = 1 / a;
  return series(0, (k) => {
    if (k > 0) term *= x / (a + k);
    return term;
  });
}

/** For |a| ≤ ½: (Γ(1 + a) − xᵃ)/a, whose limit at 0 is −γ − log x, less xᵃ·Σ (−x)ᵏ/(k!·(a + k)) from k = 1. */
function nearZero(a: number, x: number): number {
  const log = Math.log(x);
  const head = a === 0 ? -EULER - log : (Math.expm1(lgammaOnePlus(a)) - Math.expm1(a * log)) / a;
  let power = 1;
  const tail = series(1, (k) => {
    power *= -x / k;
    return power / (a + k);
  });
  return head - x ** a * tail;
}
