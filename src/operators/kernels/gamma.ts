import { EULER, polynomial, sinPi } from './accurate.ts';
import { zetaExcess } from './zeta.ts';

/** The gamma function, its logarithm and the beta function. */

/** lgamma(2 + z) for |z| ≤ ½: (1 − γ)z + Σ (−1)ᵏ(ζ(k) − 1)zᵏ/k (Abramowitz & Stegun 6.1.33). */
function nearTwo(z: number): number {
  let sum = 0;
  for (let k = 28; k >= 2; k--) sum = ((k % 2 === 0 ? 1 : -1) * zetaExcess(k)) / k + z * sum;
  return z * (1 - EULER + z * sum);
}

/** lgamma(1 + z) for |z| ≤ ½, a tiny z too. */
export const lgammaOnePlus = (z: number): number => nearTwo(z) - Math.log1p(z);

/** lgamma(x) − (x − ½)·ln x + x − ½·ln 2π for x ≥ 13: Stirling's series (Abramowitz & Stegun 6.1.41). */
const stirling = (x: number): number =>
  polynomial(1 / (x * x), [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156, -3617 / 122400]) / x;

/** From here on Stirling's series is exact to the last digit. */
const FAR = 13;
const HIGHEST = 171.63;
/** From here to 0 |Γ(x)| is 1/|x|, to the last digit. */
const NEXT_TO_0 = -1e-17;
const ROOT_TWO_PI = Math.sqrt(2 * Math.PI);

/** Γ(x), to 10 ulp. NaN at the poles −1, −2, …, where the sign depends on the side, and at −∞, which has no limit. */
export function gamma(x: number): number {
  if (x === 0) return 1 / x;
  if (x > 0) return positiveGamma(x);
  if (Number.isInteger(x) || !Number.isFinite(x)) return Number.NaN;
  // sin(πx)·Γ(−x) is of ordinary size where x and Γ are not.
  if (x > -170) return -Math.PI / (sinPi(x) * positiveGamma(-x)) / x;
  // The reflection's Γ(−x) would overflow long before Γ(x) is 0: go there step by step.
  if (x < -190) return sinPi(x) > 0 ? -0 : 0;
  let value = gamma(x + 24);
  for (let k = 23; k >= 0; k--) value /= x + k;
  return value;
}

/** From here on to the left a Γ of its own may be 0 or ∞ where their quotient is neither. */
const FAR_LEFT = -20;

/** By Γ(x)Γ(1 − x) = π/sin(πx) of each argument that is negative, what is left is the same function right of 0. */
function reflectedBeta(a: number, b: number, s: number): number {
  if (Number.isInteger(a) || (b <= 0 && Number.isInteger(b))) return Number.NaN;
  const turned = sinPi(a);
  if (s > 0) return Math.PI / (turned * b * beta(1 - a, s));
  if (Number.isInteger(s)) return 0;
  // The last digits of a + b would count as often as these are large.
  const whole = sinPi(twoTurns(a) + twoTurns(b)) / turned;
  return b > 0 ? whole * beta(b, 1 - s) : ((Math.PI / sinPi(b)) * whole) / ((1 - s) * beta(1 - a, 1 - b));
}

const twoTurns = (x: number): number => x - 2 * Math.round(x / 2);

function positiveGamma(x: number): number {
  if (x >= HIGHEST) return Number.POSITIVE_INFINITY;
  if (x >= FAR && !(Number.isInteger(x) && x <= 23)) {
    const half = x ** (x / 2 - 0.25);
    return ROOT_TWO_PI * half * Math.exp(-x) * half * Math.exp(stirling(x));
  }
  if (x < 0.5) return Math.exp(nearTwo(x)) / (x * (1 + x));
  if (x < 1.5) return Math.exp(nearTwo(x - 1)) / x;
  const n = Math.round(x) - 2;
  let product = Math.exp(nearTwo(x - 2 - n));
  for (let k = n; k >= 1; k--) product *= x - k;
  return product;
}

/** log|Γ(x)|, to 4 ulp right of zero; left of it to 1e−15 of the largest of 1 and itself. */
export function lgamma(x: number): number {
  if (x < 0 && x > NEXT_TO_0) return -Math.log(-x);
  if (x <= 0) return x === Math.floor(x) ? Number.POSITIVE_INFINITY : Math.log(Math.PI / Math.abs(x * sinPi(x))) - lgamma(-x);
  // (x − ½)(ln x − 1) + ½·ln 2π − ½
  if (x >= FAR) return (x - 0.5) * (Math.log(x) - 1) + 0.4189385332046727 + stirling(x);
  if (x < 0.5) return lgammaOnePlus(x) - Math.log(x);
  if (x < 1.5) return lgammaOnePlus(x - 1);
  const n = Math.round(x) - 2;
  let product = 1;
  for (let k = 1; k <= n; k++) product *= x - k;
  return nearTwo(x - 2 - n) + Math.log(product);
}

/**
 * Γ(a)Γ(b)/Γ(a + b), to 10 ulp for moderate arguments. Large ones go through Stirling's exponents, whose last digit
 * counts as often as they are large: to 1e−13.
 */
export function beta(p: number, q: number): number {
  const [a, b] = p < q ? [p, q] : [q, p];
  const s = a + b;
  if (b === Infinity && a > 0) return 0;
  if (a < FAR_LEFT) return reflectedBeta(a, b, s);
  if (b < FAR || s < FAR) {
    // A pole below the line.
    if (s <= 0 && Number.isInteger(s)) return Number.isInteger(a) ? Number.NaN : 0;
    return (gamma(b) / gamma(s)) * gamma(a);
  }
  if (a < FAR) return gamma(a) * Math.exp(a - a * Math.log(s) - (b - 0.5) * Math.log1p(a / b) + stirling(b) - stirling(s));
  const exponent = a * Math.log(a / s) + b * Math.log1p(-a / s) + stirling(a) + stirling(b) - stirling(s);
  return ROOT_TWO_PI * Math.sqrt(s / a / b) * Math.exp(exponent);
}
