import { EULER } from './accurate.ts';

/**
 * Bessel functions of integer order, to 1e-14 of their size: next to a zero of J or Y, of the size of the waves there.
 * Order by order the recurrences run the way in which errors shrink (DLMF 10.74(iv)): J and I downwards past the turning
 * point, Y and K upwards.
 */

/** Higher orders would take as many steps. */
const MOST_ORDER = 1e5;
/** From here on Hankel's expansions have every digit. */
const FAR = 20;

/** J_n, Y_n, I_n or K_n for an order n ≥ 0 and an x with a value that is neither 0 nor infinite. */
type AtPoint = (n: number, x: number) => number;

/** f₋ₙ = ±fₙ, and fₙ(−x) = ±fₙ(x) where there is a value left of 0. */
const everywhere =
  (at: AtPoint, signs: { order: boolean; left: boolean }, ends: { zero: (n: number) => number; infinity: number }) =>
  (order: number, x: number): number => {
    if (!Number.isInteger(order) || Math.abs(order) > MOST_ORDER || Number.isNaN(x) || (x < 0 && !signs.left)) return Number.NaN;
    const n = Math.abs(order);
    const size = Math.abs(x);
    const value = size === 0 ? ends.zero(n) : size === Number.POSITIVE_INFINITY ? ends.infinity : at(n, size);
    const odd = n % 2 === 1;
    return (odd && signs.order && order < 0) !== (odd && x < 0) ? -value : value;
  };

const first = (n: number): number => (n === 0 ? 1 : 0);

export const besselJ = everywhere(jAt, { order: true, left: true }, { zero: first, infinity: 0 });
export const besselY = everywhere(yAt, { order: true, left: false }, { zero: () => Number.NEGATIVE_INFINITY, infinity: 0 });
export const besselI = everywhere(iAt, { order: false, left: true }, { zero: first, infinity: Number.POSITIVE_INFINITY });
export const besselK = everywhere(kAt, { order: false, left: false }, { zero: () => Number.POSITIVE_INFINITY, infinity: 0 });

/** (x/2)ⁿ/n!·Σ (±x²/4)ᵏ/(k!·(n + 1)…(n + k)) (DLMF 10.2.2, 10.25.2). */
function powerSeries(n: number, x: number, sign: 1 | -1): number {
  const t = (sign * x * x) / 4;
  let term = 1;
  let sum = 1;
  for (let k = 1; Math.abs(term) > 1e-18 * Math.abs(sum); k++) {
    term *= t / (k * (n + k));
    sum += term;
  }
  let scaled = sum;
  for (let k = 1; k <= n; k++) scaled *= x / (2 * k);
  return scaled;
}

function jAt(n: number, x: number): number {
  if (x * x < 4 * (n + 1)) return powerSeries(n, x, -1);
  if (x < FAR || n >= x) return downwards(n, x, -1);
  return upwards(n, x, hankel(0, x)[0], hankel(1, x)[0], -1);
}

function yAt(n: number, x: number): number {
  if (x >= FAR) return upwards(n, x, hankel(0, x)[1], hankel(1, x)[1], -1);
  const [y0, y1] = neumann(x);
  return upwards(n, x, y0, y1, -1);
}

/** e^x overflows from 710 on, what it is divided by grows slowly. */
const BEYOND = 2000;

function iAt(n: number, x: number): number {
  if (x < 2 * FAR || x * x < 4 * (n + 1)) return powerSeries(n, x, 1);
  if (n === 0) return grown(x, 1);
  // About e^x/√(2πx), which no double holds.
  if (x > BEYOND && x > n * n) return Number.POSITIVE_INFINITY;
  return grown(x, downwards(n, x, 1));
}

/** I₀ times a number, without an overflow that the number undoes. */
function grown(x: number, times: number): number {
  const half = Math.exp(x / 2);
  return (half * (times * asymptotic(0, x, -1)) * half) / Math.sqrt(2 * Math.PI * x);
}

function kAt(n: number, x: number): number {
  const [k0, k1] = x < NEAR ? macdonaldNear(x) : steed(x);
  // From e^x·K on, which does not underflow before higher orders make it large again.
  const half = Math.exp(-x / 2);
  return upwards(n, x, k0, k1, 1) * half * half;
}

/** f_n from f₀ and f₁: f_{k+1} = (2k/x)·f_k ± f_{k−1}. */
function upwards(n: number, x: number, f0: number, f1: number, sign: 1 | -1): number {
  if (n === 0) return f0;
  let [before, now] = [f0, f1];
  for (let k = 1; k < n; k++) {
    [before, now] = [now, ((2 * k) / x) * now + sign * before];
    if (!Number.isFinite(now)) return now;
  }
  return now;
}

/** The order from which a recurrence downwards has forgotten what it began with when it is at n. */
function start(n: number, x: number, sign: 1 | -1): number {
  const most = Math.max(n, x);
  // I falls like e^(−n²/2x) where n is small beside x.
  return Math.ceil(sign === 1 ? Math.sqrt(n * n + 45 * x) + 45 : most + 13 * Math.cbrt(most) + 20);
}

const BIG = 1e250;

/**
 * J_n by Miller's algorithm, f_{k−1} = (2k/x)·f_k ∓ f_{k+1}, from 1 = J₀ + 2·J₂ + 2·J₄ + … or, far out, from J₀ or J₁,
 * whichever is larger; I_n in units of I₀.
 */
function downwards(n: number, x: number, sign: 1 | -1): number {
  let [above, now, found, sum] = [0, 1e-280, 0, 0];
  let at = start(n, x, sign);
  let one = 0;
  for (; at > 0; at--) {
    if (at === n) found = now;
    if (at === 1) one = now;
    if (at % 2 === 0) sum += 2 * now;
    [above, now] = [now, ((2 * at) / x) * now + sign * above];
    if (Math.abs(now) > BIG) [above, now, found, sum] = [above / BIG, now / BIG, found / BIG, sum / BIG];
  }
  if (n === 0) found = now;
  if (sign === 1) return found / now;
  if (x < FAR) return found / (sum + now);
  const [j0, j1] = [hankel(0, x)[0], hankel(1, x)[0]];
  return Math.abs(j0) > Math.abs(j1) ? (found / now) * j0 : (found / one) * j1;
}

/** Σ (±1)ᵏ·a_k(n)/xᵏ, a_k = (4n² − 1)(4n² − 9)…/(k!·8ᵏ), until it has every digit (DLMF 10.40.1). */
function asymptotic(n: number, x: number, sign: 1 | -1): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; Math.abs(term) > 1e-18 && k < 2 * x; k++) {
    term *= (sign * (4 * n * n - (2 * k - 1) ** 2)) / (8 * k * x);
    sum += term;
  }
  return sum;
}

/** J_n and Y_n for n = 0 and 1 and a large x (DLMF 10.17.3, 10.17.4). */
function hankel(n: 0 | 1, x: number): readonly [j: number, y: number] {
  let term = 1;
  let [p, q] = [1, 0];
  for (let k = 1; Math.abs(term) > 1e-18 && k < 2 * x; k++) {
    term *= (4 * n * n - (2 * k - 1) ** 2) / (8 * k * x);
    const part = k % 4 < 2 ? term : -term;
    if (k % 2 === 0) p += part;
    else q += part;
  }
  // cos and sin of x − π/4 − nπ/2, times √2.
  const [s, c] = [Math.sin(x), Math.cos(x)];
  const [cos, sin] = n === 0 ? [c + s, s - c] : [s - c, -s - c];
  const scale = 1 / Math.sqrt(Math.PI * x);
  return [scale * (p * cos - q * sin), scale * (p * sin + q * cos)];
}

/** log(x/2); the half of the least double is 0. */
const logHalf = (x: number): number => (x < 1e-300 ? Math.log(x) - Math.LN2 : Math.log(x / 2));

/** Below this the next terms are beyond the last digit. */
const TINY = 1e-9;

/** Y₀ and Y₁ by Neumann's series in J (DLMF 10.8.3, Abramowitz & Stegun 9.1.88). */
function neumann(x: number): readonly [number, number] {
  if (x < TINY) return [(2 / Math.PI) * (logHalf(x) + EULER), -2 / (Math.PI * x)];
  const orders = start(0, x, -1);
  const j = new Float64Array(orders + 2);
  j[orders] = 1e-280;
  let sum = 0;
  for (let k = orders; k > 0; k--) {
    if (k % 2 === 0) sum += 2 * j[k]!;
    j[k - 1] = ((2 * k) / x) * j[k]! - j[k + 1]!;
    if (Math.abs(j[k - 1]!) > BIG) {
      for (let i = k - 1; i <= orders; i++) j[i]! /= BIG;
      sum /= BIG;
    }
  }
  sum += j[0]!;
  let [even, odd] = [0, 0];
  for (let k = 1; 2 * k + 1 <= orders; k++) {
    const sign = k % 2 === 0 ? 1 : -1;
    even += (sign * j[2 * k]!) / k;
    odd += (sign * (2 * k + 1) * j[2 * k + 1]!) / (k * (k + 1));
  }
  const log = logHalf(x) + EULER;
  const scale = 2 / (Math.PI * sum);
  return [scale * (log * j[0]! - 2 * even), scale * ((log - 1) * j[1]! - odd - j[0]! / x)];
}

/** Up to here K₀ is a sum without much cancellation. */
const NEAR = 1.5;

/** eˣ·K₀ and eˣ·K₁ (DLMF 10.31.2, and the Wronskian 10.28.2). */
function macdonaldNear(x: number): readonly [number, number] {
  const t = (x * x) / 4;
  const log = -(logHalf(x) + EULER);
  let [term, harmonic, sum] = [1, 0, log];
  for (let k = 1; k < 40 && term > 1e-20; k++) {
    term *= t / (k * k);
    harmonic += 1 / k;
    sum += term * (log + harmonic);
  }
  const k1 = (1 / x - powerSeries(1, x, 1) * sum) / powerSeries(0, x, 1);
  return [Math.exp(x) * sum, Math.exp(x) * k1];
}

/** eˣ·K₀ and eˣ·K₁ by Steed's continued fraction and Temme's sum (Temme 1975; Press et al., §6.7). */
function steed(x: number): readonly [number, number] {
  let b = 2 * (1 + x);
  let d = 1 / b;
  let [h, step] = [d, d];
  let [q1, q2] = [0, 1];
  let a = -0.25;
  let [q, c] = [0.25, 0.25];
  let s = 1 + q * step;
  for (let k = 2; k < 500; k++) {
    a -= 2 * (k - 1);
    c = (-a * c) / k;
    const next = (q1 - b * q2) / a;
    [q1, q2] = [q2, next];
    q += c * next;
    b += 2;
    d = 1 / (b + a * d);
    step *= b * d - 1;
    h += step;
    const part = q * step;
    s += part;
    if (Math.abs(part) < 1e-17 * Math.abs(s)) break;
  }
  const k0 = Math.sqrt(Math.PI / (2 * x)) / s;
  return [k0, (k0 * (x + 0.5 - 0.25 * h)) / x];
}
