import { expOfMinusSquare } from './accurate.ts';
import { dawson, erf, erfc, erfcx } from './erf.ts';

const TWO_OVER_ROOT_PI = 2 / Math.sqrt(Math.PI);

/** Steps down from an order where the repeated integrals are nothing: e^(−2x√(2N)) is less than a bit. */
const MOST_STEPS = 200;

const VERY_FAR = 1e9;

/**
 * The n-th derivative of e^(x²)·erfc x, (−2)ⁿ·n!·Eₙ(x) with the repeated integrals Eₙ = e^(x²)·iⁿerfc x (DLMF 7.18.2):
 * Eₙ₋₂ = 2n·Eₙ + 2x·Eₙ₋₁ downwards, where all terms are positive, and from E₋₁ = 2/√π (Gautschi 1961).
 */
export function erfcxDerived(n: number, x: number): number {
  if (n === 0) return erfcx(x);
  if (x < 1) return upwards(n, x, erfcx(x), -TWO_OVER_ROOT_PI, 1);
  // Beyond, it is that of 1/(√π·x) to the last digit.
  if (x > VERY_FAR) return ((scale(n) / 2 ** n) * (TWO_OVER_ROOT_PI / 2)) / x ** (n + 1);
  let [above, now, wanted] = [0, 1e-300, 0];
  for (let k = n + Math.ceil(MOST_STEPS / (x * x)) + 10; k > 0; k--) {
    // now is Eₖ₋₁ and above Eₖ.
    if (k - 1 === n) wanted = now;
    [above, now] = [now, 2 * k * above + 2 * x * now];
    if (now > 1e200) [above, now, wanted] = [above * 1e-250, now * 1e-250, wanted * 1e-250];
  }
  // Now is E₋₁.
  return scale(n) * wanted * (TWO_OVER_ROOT_PI / now);
}

function scale(n: number): number {
  let product = 1;
  for (let k = 1; k <= n; k++) product *= -2 * k;
  return product;
}

/** y⁽ⁿ⁾ by y′ = sign·2x·y + constant and its derivatives. */
function upwards(n: number, x: number, y: number, constant: number, sign: 1 | -1): number {
  let [before, now] = [0, y];
  for (let k = 0; k < n; k++) [before, now] = [now, 2 * sign * (x * now + k * before) + (k === 0 ? constant : 0)];
  return now;
}

/** Of an asymptotic series, where its terms are least in size at the nearest point. */
const MOST_TERMS = 200;

/** From here on the asymptotic series of Dawson's integral has all digits. */
const FAR = 6.2;

/** The n-th derivative of Dawson's integral: far out by the asymptotic series Σ (2k − 1)!!/(2ᵏ⁺¹·x²ᵏ⁺¹) (DLMF 7.12.1). */
export function dawsonDerived(n: number, x: number): number {
  if (n === 0) return dawson(x);
  if (!Number.isFinite(x)) return 1 / x;
  if (Math.abs(x) <= FAR) return upwards(n, x, dawson(x), 1, -1);
  let term = 1 / (2 * x);
  for (let k = 1; k <= n; k++) term *= -k / x;
  let sum = 0;
  for (let k = 0; k <= Math.min(x * x, MOST_TERMS); k++) {
    sum += term;
    // (2k + 1)/(2x²) for the next term, and the powers that deriving takes down.
    term *= ((2 * k + 1) / (2 * x * x)) * (((2 * k + 1 + n) * (2 * k + 2 + n)) / ((2 * k + 1) * (2 * k + 2)));
    if (Math.abs(term) < 1e-18 * Math.abs(sum)) break;
  }
  return sum;
}

/** 2/√π·e^(−x²)/erfc x, which is 2x + 1/x + … far out. */
export const mills = (x: number): number =>
  x > 0 ? TWO_OVER_ROOT_PI / erfcx(x) : (TWO_OVER_ROOT_PI * expOfMinusSquare(x)) / erfc(x);

/** The same less 2x, which is 1/x + … far out. */
export const millsExcess = (x: number): number => (x > 0 ? -erfcxDerived(1, x) / erfcx(x) : mills(x) - 2 * x);

/** The slope of the first, their product. */
export const millsSlope = (x: number): number => mills(x) * millsExcess(x);

/** log erfc x, far out by e^(x²)·erfc x, and by erf x where that is small. */
export const logErfc = (x: number): number => (x < 0.5 ? Math.log1p(-erf(x)) : Math.log(erfcx(x)) - x * x);

/** log erfcx x = log erfc x + x². */
export const logErfcx = (x: number): number => (x < 0.5 ? x * x + Math.log1p(-erf(x)) : Math.log(erfcx(x)));
