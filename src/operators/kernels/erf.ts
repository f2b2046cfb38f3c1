import { expOfMinusSquare, expOfSquare, polynomial, series } from './accurate.ts';

/**
 * The error functions. The rational approximations are those of Sun's s_erf.c (1993): on [0, 0.84375] of
 * (erf x − x)/x in x², on [0.84375, 1.25] of erf x − 0.845… in x − 1, and beyond of log(x·erfcx x) + 0.5625 in 1/x².
 */

const P = [0.12837916709551256, -0.3250421072470015, -0.02848174957559851, -0.005770270296489442, -2.3763016656650163e-5];
const Q = [1, 0.39791722395915535, 0.0650222499887673, 0.005081306281875766, 0.00013249473800432164, -3.960228278775368e-6];
const AT_ONE = 0.8450629115104675;
const PA = [
  -0.0023621185607526594, 0.41485611868374833, -0.3722078760357013, 0.31834661990116175, -0.11089469428239668,
  0.035478304325618236, -0.002166375594868791,
];
const QA = [
  1, 0.10642088040084423, 0.540397917702171, 0.07182865441419627, 0.12617121980876164, 0.01363708391202905, 0.011984499846799107,
];
export const R = [
  -0.009864944034847148, -0.6938585727071818, -10.558626225323291, -62.375332450326006, -162.39666946257347, -184.60509290671104,
  -81.2874355063066, -9.814329344169145,
];
export const S = [
  1, 19.651271667439257, 137.65775414351904, 434.56587747522923, 645.3872717332679, 429.00814002756783, 108.63500554177944,
  6.570249770319282, -0.0604244152148581,
];
export const R_FAR = [
  -0.0098649429247001, -0.799283237680523, -17.757954917754752, -160.63638485582192, -637.5664433683896, -1025.0951316110772,
  -483.5191916086514,
];
export const S_FAR = [
  1, 30.33806074348246, 325.7925129965739, 1536.729586084437, 3199.8582195085955, 2553.0504064331644, 474.52854120695537,
  -22.44095244658582,
];
const TWO_OVER_ROOT_PI = 2 / Math.sqrt(Math.PI);

/** erf x for |x| < 0.84375, and erf x − AT_ONE for 0.84375 ≤ x < 1.25. */
const nearZero = (x: number): number => x + x * (polynomial(x * x, P) / polynomial(x * x, Q));
const nearOne = (x: number): number => polynomial(x - 1, PA) / polynomial(x - 1, QA);

/** x·e^(x²)·erfc x for x ≥ 1.25. */
function scaledTail(x: number): number {
  const s = 1 / (x * x);
  // Beyond the reach of the table: the asymptotic series (Abramowitz & Stegun 7.1.23).
  if (x > 28) return polynomial(s, [1, -0.5, 0.75, -1.875, 6.5625, -29.53125, 162.421875]) / Math.sqrt(Math.PI);
  return Math.exp(-0.5625 + (x < 1 / 0.35 ? polynomial(s, R) / polynomial(s, S) : polynomial(s, R_FAR) / polynomial(s, S_FAR)));
}

/** The error function, to 1 ulp. */
export function erf(x: number): number {
  const t = Math.abs(x);
  if (t < 0.84375) return nearZero(x);
  if (Number.isNaN(x)) return x;
  const value = t < 1.25 ? AT_ONE + nearOne(t) : t < 6 ? 1 - erfc(t) : 1;
  return x < 0 ? -value : value;
}

/** 1 − erf x, to 4 ulp. */
export function erfc(x: number): number {
  if (x < 0.25) return x > -0.84375 ? 1 - nearZero(x) : 2 - erfc(-x);
  if (x < 0.84375) return 0.5 - (x - 0.5 + x * (polynomial(x * x, P) / polynomial(x * x, Q)));
  if (x < 1.25) return 1 - AT_ONE - nearOne(x);
  return (scaledTail(x) / x) * expOfMinusSquare(x);
}

/** e^(x²)·erfc x, to 4 ulp. */
export const erfcx = (x: number): number => (x < 1.25 ? expOfSquare(x) * erfc(x) : scaledTail(x) / x);

/** √π/2·e^(−x²)·erfi x for |x| > 6.2: the asymptotic series of Dawson's integral (DLMF 7.12.1). */
function dawsonTail(x: number): number {
  let term = 1 / (2 * x);
  return series(0, (k) => {
    if (k > 0) term *= (2 * k - 1) / (2 * x * x);
    // It diverges in the end; by then the terms are below the last digit.
    return k > x * x ? 0 : term;
  });
}

/** (2/√π)·Σ x^(2n+1)/(n!·(2n+1)): all terms have one sign (Abramowitz & Stegun 7.1.5). */
function erfiSeries(x: number): number {
  let power = x;
  return series(0, (n) => {
    if (n > 0) power *= (x * x) / n;
    return power / (2 * n + 1);
  });
}

const FAR = 6.2;

/** The imaginary error function −i·erf(ix), to 30 ulp: the rounding of x² counts x² times. */
export function erfi(x: number): number {
  if (Math.abs(x) <= FAR) return TWO_OVER_ROOT_PI * erfiSeries(x);
  return Math.abs(x) === Infinity ? x : TWO_OVER_ROOT_PI * dawsonTail(x) * expOfSquare(x);
}

/** Dawson's integral e^(−x²)·∫₀ˣ e^(t²) dt, to 25 ulp. */
export const dawson = (x: number): number => (Math.abs(x) <= FAR ? expOfMinusSquare(x) * erfiSeries(x) : dawsonTail(x));

/** Φ(x), the distribution function of the standard normal, times `by`: to 6 ulp, far left too. */
export function normalShare(x: number, by: number): number {
  if (x > -1) return 0.5 * erfc(-x / Math.SQRT2) * by;
  return 0.5 * erfcx(-x / Math.SQRT2) * expOfMinusSquare(x, 2) * by;
}

/**
 * The y with erf y = x, to 3 ulp: a first guess by Winitzki (2008), 2·10⁻³ off, and Halley's steps; beyond ½ on
 * erfc y = 1 − |x|, which keeps the digits of x next to 1.
 */
export function erfinv(x: number): number {
  const t = Math.abs(x);
  if (!(t < 1) || x === 0) return t === 1 ? x * Number.POSITIVE_INFINITY : t > 1 ? Number.NaN : x;
  // (1 − t)·(1 + t) instead of 1 − t².
  const log = Math.log1p(-t) + Math.log1p(t);
  const half = 2 / (Math.PI * WINITZKI) + log / 2;
  let y = t < SMALL ? t / TWO_OVER_ROOT_PI : Math.sqrt(Math.sqrt(half * half - log / WINITZKI) - half);
  for (let k = 0; k < MOST_STEPS; k++) {
    const slope = TWO_OVER_ROOT_PI * expOfMinusSquare(y);
    const miss = t < 0.5 ? (erf(y) - t) / slope : -(erfc(y) - (1 - t)) / slope;
    const step = miss / (1 + y * miss);
    y -= step;
    if (Math.abs(step) < 1e-9 * y) break;
  }
  return x < 0 ? -y : y;
}

const WINITZKI = 0.147;
const SMALL = 1e-4;
const MOST_STEPS = 6;
