import { BERNOULLI, cotPi } from './accurate.ts';

/** The derivatives of log Γ. */

/** The positive zero of ψ, as a double and what it lacks. */
export const ROOT = 1.4616321449683622;
export const ROOT_REST = 9.549995429965697e-17;

const FAR = 10;

/** ψ(x), to 4 ulp right of zero, its zero included; left of it to 1e−15 of its two parts (see there). */
export function digamma(x: number): number {
  if (Number.isNaN(x) || (x <= 0 && Number.isInteger(x))) return Number.NaN;
  // Reflection (Abramowitz & Stegun 6.3.7).
  if (x < 0) return digamma(1 - x) - Math.PI * cotPi(x);
  if (x < FAR) return fromRoot(x);
  const u = 1 / (x * x);
  let sum = 0;
  for (let k = 8; k >= 1; k--) sum = u * (BERNOULLI[k - 1]! / (2 * k) + sum);
  return Math.log(x) - 1 / (2 * x) - sum;
}

/**
 * ψ(x) − ψ(x₀) from the recurrence and the asymptotic series (Abramowitz & Stegun 6.3.6, 6.3.18), each difference
 * written with the factor x − x₀: nothing cancels, so the zero keeps its digits.
 */
function fromRoot(x: number): number {
  const d = x - ROOT - ROOT_REST;
  let sum = 0;
  for (let k = 9; k >= 0; k--) sum += d / ((ROOT + k) * (x + k));
  const [a, b] = [x + 10, ROOT + 10];
  const [u, v] = [1 / (a * a), 1 / (b * b)];
  const first = -d * (a + b) * u * v;
  let difference = first;
  let power = v;
  let tail = 0;
  for (let k = 1; k <= 8; k++) {
    tail += (BERNOULLI[k - 1]! / (2 * k)) * difference;
    difference = u * difference + power * first;
    power *= v;
  }
  return sum + (Math.log1p(d / b) + d / (2 * a * b) - tail);
}

/** The Hurwitz zeta function Σ (a + k)⁻ˢ for a > 0, s > 1 by Euler and Maclaurin (DLMF 25.11.28): all terms positive. */
function hurwitz(s: number, a: number): number {
  let head = 0;
  let x = a;
  for (; x < 12 + s / 2; x++) head += x ** -s;
  const power = x ** -s;
  let term = (power * s) / x;
  let sum = 0;
  for (let k = 1; k <= 12; k++) {
    const last = (BERNOULLI[k - 1]! / factorial(2 * k)) * term;
    sum += last;
    if (Math.abs(last) < 1e-18 * power) break;
    term *= ((s + 2 * k - 1) * (s + 2 * k)) / (x * x);
  }
  return head + (x ** (1 - s) / (s - 1) + (power / 2 + sum));
}

function factorial(n: number): number {
  let product = 1;
  for (let k = 2; k <= n; k++) product *= k;
  return product;
}

/** dⁿ/dxⁿ cot(πx) / πⁿ as a polynomial in c = cot(πx): P₀ = c, Pₖ₊₁ = −(1 + c²)·Pₖ′. All terms have one sign. */
function cotangentDerivative(n: number, c: number): number {
  let p = [0, 1];
  for (let k = 0; k < n; k++) {
    const slope = p.slice(1).map((coefficient, at) => -(at + 1) * coefficient);
    p = Array.from({ length: slope.length + 2 }, (_, at) => (slope[at] ?? 0) + (slope[at - 2] ?? 0));
  }
  return p.reduceRight((sum, coefficient) => sum * c + coefficient);
}

/**
 * ψ⁽ⁿ⁾(x), the n-th derivative of ψ for an integer 0 ≤ n ≤ 1000 (Abramowitz & Stegun 6.4): to 20 ulp for n ≤ 10, right of
 * zero and, unless two parts of opposite sign cancel, left of it.
 */
export function polygamma(n: number, x: number): number {
  if (!(Number.isInteger(n) && n >= 0 && n <= 1000) || Number.isNaN(x) || (x <= 0 && Number.isInteger(x))) return Number.NaN;
  if (n === 0) return digamma(x);
  const sign = n % 2 === 0 ? -1 : 1;
  if (x > 0) return sign * factorial(n) * hurwitz(n + 1, x);
  return -(Math.PI ** (n + 1)) * cotangentDerivative(n, cotPi(x)) - sign * polygamma(n, 1 - x);
}

/** ψ′(x). */
export const trigamma = (x: number): number => polygamma(1, x);
