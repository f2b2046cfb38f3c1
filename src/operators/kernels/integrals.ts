import { EULER, series } from './accurate.ts';

/** The exponential, trigonometric and hyperbolic integrals (Abramowitz & Stegun, chapter 5). */

/** e^x·E₁(x) for x ≥ ½ by the continued fraction 5.1.22, from its end. */
function scaledE1(x: number): number {
  let tail = 0;
  for (let k = Math.ceil(110 / x) + 4; k >= 1; k--) tail = (k * k) / (x + 2 * k + 1 - tail);
  return 1 / (x + 1 - tail);
}

/** Σ xᵏ/(k·k!) */
function exponentialSeries(x: number): number {
  let power = 1;
  return series(1, (k) => {
    power *= x / k;
    return power / k;
  });
}

/** The zero of Ei, as a double and what it lacks. */
const ROOT = 0.3725074107813666;
const ROOT_REST = 1.3140183414386028e-17;

/** Ei(x) − Ei(x₀) with the factor x − x₀ in every term, so that the zero keeps its digits. */
function fromRoot(x: number): number {
  const d = x - ROOT - ROOT_REST;
  let difference = 0;
  let power = 1;
  let factorial = 1;
  let sum = Math.log1p(d / ROOT);
  for (let k = 1; k <= 20; k++) {
    difference = x * difference + power * d;
    power *= ROOT;
    factorial *= k;
    sum += difference / (k * factorial);
  }
  return sum;
}

const FAR = 40;

/** Ei(x), the principal value of ∫ e^t/t from −∞ to x, to 6 ulp. */
export function expIntegral(x: number): number {
  if (x === 0) return Number.NEGATIVE_INFINITY;
  if (x < -0.5) return x < -745 ? -0 : -scaledE1(-x) * Math.exp(x);
  if (x > 0.1 && x < 1) return fromRoot(x);
  if (x < FAR) return EULER + Math.log(Math.abs(x)) + exponentialSeries(x);
  if (x === Number.POSITIVE_INFINITY || Number.isNaN(x)) return x;
  const sum = asymptotic(x);
  // The square of e^(x/2) overflows later than e^x.
  return x < 700 ? (Math.exp(x) / x) * sum : (Math.exp(x / 2) / x) * sum * Math.exp(x / 2);
}

/** Σ k!/xᵏ, which diverges in the end; by then the terms are below the last digit (5.1.51). */
function asymptotic(x: number): number {
  let term = 1;
  return series(0, (k) => {
    if (k > 0) term *= k / x;
    return k > x ? 0 : term;
  });
}

/**
 * The logarithmic integral, the principal value of ∫ dt/log t from 0 to x, to 6 ulp and what the last digit of log x
 * counts: 40 ulp at most, and absolutely near its zero.
 */
export function logIntegral(x: number): number {
  if (x === 0) return 0;
  const log = Math.log(x);
  return log < FAR || log === Number.POSITIVE_INFINITY ? expIntegral(log) : (x / log) * asymptotic(log);
}

/** Σ (±1)ᵏ x^(2k+1)/((2k+1)·(2k+1)!), or of the even powers from 2 on. */
function halfSeries(x: number, sign: 1 | -1, odd: boolean): number {
  let power = odd ? x : (sign * x * x) / 2;
  return series(0, (k) => {
    const n = 2 * k + (odd ? 1 : 2);
    if (k > 0) power *= (sign * x * x) / (n * (n - 1));
    return power / n;
  });
}

const NEAR = 2;

/** e^(ix)·E₁(ix) = g(x) − i·f(x), by the continued fraction in complex numbers. */
function auxiliary(x: number): readonly [real: number, imaginary: number] {
  let [re, im] = [0, 0];
  for (let k = Math.ceil(260 / x) + 6; k >= 1; k--) {
    const [a, b] = [2 * k + 1 - re, x - im];
    const scale = (k * k) / (a * a + b * b);
    [re, im] = [a * scale, -b * scale];
  }
  const [a, b] = [1 - re, x - im];
  const size = a * a + b * b;
  return [a / size, -b / size];
}

/** Si(x) = ∫₀ˣ sin t/t dt, to 4 ulp. */
export function sinIntegral(x: number): number {
  const t = Math.abs(x);
  if (t < NEAR) return halfSeries(x, -1, true);
  if (t > 1e17 || Number.isNaN(t)) return (Math.sign(x) * Math.PI) / 2;
  const [re, im] = auxiliary(t);
  return Math.sign(x) * (Math.PI / 2 + (im * Math.cos(t) - re * Math.sin(t)));
}

/** Ci(x) = γ + log x + ∫₀ˣ (cos t − 1)/t dt for x > 0, to 4e−16 of the largest of 1/x and itself. */
export function cosIntegral(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (x < NEAR) return EULER + Math.log(x) + halfSeries(x, -1, false);
  if (x > 1e150) return x === Infinity ? 0 : Math.sin(x) / x;
  const [re, im] = auxiliary(x);
  return -(re * Math.cos(x) + im * Math.sin(x));
}

/** Shi(x) = ∫₀ˣ sinh t/t dt, to 6 ulp. */
export function sinhIntegral(x: number): number {
  const t = Math.abs(x);
  return t < FAR ? halfSeries(x, 1, true) : Math.sign(x) * 0.5 * expIntegral(t);
}

/** Chi(x) = γ + log x + ∫₀ˣ (cosh t − 1)/t dt for x > 0, to 10 ulp of the largest of 1 and itself. */
export function coshIntegral(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  return x < FAR ? EULER + Math.log(x) + halfSeries(x, 1, false) : 0.5 * expIntegral(x);
}
