import { carlson, DOUBLES } from './carlson.ts';

/**
 * Legendre's elliptic integrals with the parameter m = k², and their derivatives by m: multiples of
 * ∫₀^φ sin²ⁿθ·(1 − m·sin²θ)^(½ − p) dθ, p = n + 1 for F and p = n for E. In terms of F and E themselves they would be differences
 * of nearly equal terms next to m = 0.
 */
type Integral = (n: number, s: number, cc: number, delta: number, m: number) => number;

/** F and its n-th derivative up to an angle of sine s, of which cc is the cosine's square and delta 1 − m·s² (DLMF 19.25.5). */
const first: Integral = (n, s, cc, delta) => {
  if (delta === 0 && (n > 0 || cc === 0)) return s * Infinity;
  if (delta === Infinity) return 0;
  if (n === 0) return s * carlson(DOUBLES, cc, delta, 1).rf;
  if (n === 1) return (s ** 3 * carlson(DOUBLES, cc, 1, delta).rd) / 6;
  return rising(0.5, n) * trapezoids(n, n + 1, s, cc, delta);
};

/** E and its n-th derivative (DLMF 19.25.9). */
const second: Integral = (n, s, cc, delta, m) => {
  if (delta === 0 && (n > 1 || cc === 0)) return n === 0 ? s : -s * Infinity;
  if (delta === Infinity) return n === 0 ? s * Infinity : 0;
  if (n > 1) return rising(-0.5, n) * trapezoids(n, n, s, cc, delta);
  const { rf, rd } = carlson(DOUBLES, cc, delta, 1);
  return n === 0 ? s * rf - (m / 3) * s ** 3 * rd : (s ** 3 * rd) / -6;
};

/** a·(a + 1)·…·(a + n − 1) */
function rising(a: number, n: number): number {
  let product = 1;
  for (let k = 0; k < n; k++) product *= a + k;
  return product;
}

/** The trapezoidal rule is off by e^(−2π²/STEP). */
const STEP = 0.4;
const LAST_BIT = 2 ** -56;

/**
 * The integral as ½·s²ⁿ⁺¹·∫₀^∞ (1 + v)^(p − n − 3/2)·(cc + v)^(−½)·(delta + v)^(½ − p) dv by equal steps of log v: all terms are
 * positive, and rise to a single peak.
 */
function trapezoids(n: number, p: number, s: number, cc: number, delta: number): number {
  const start = Math.log(Math.min(delta, 1));
  let sum = 0;
  for (const side of [1, -1]) {
    let before = 0;
    for (let k = side < 0 ? 1 : 0; ; k++) {
      const v = Math.exp(start + side * k * STEP);
      const term = (v / Math.sqrt(cc + v)) * (1 + v) ** (p - n - 1.5) * (delta + v) ** (0.5 - p);
      sum += term;
      if (!(term > LAST_BIT * sum || term > before)) break;
      before = term;
    }
  }
  return 0.5 * STEP * s ** (2 * n + 1) * sum;
}

function within(integral: Integral, n: number, phi: number, m: number): number {
  // ±π/2 is meant as it is, though no double is: next to m = 1 its last digit would count.
  const [s, c] = [Math.sin(phi), Math.abs(phi) === Math.PI / 2 ? 0 : Math.cos(phi)];
  if (s === 0) return n === 0 ? s : 0;
  // 1 − m·s², without the cancellation near m = 1.
  const delta = c * c + (1 - m) * s * s;
  return delta >= 0 ? integral(n, s, c * c, delta, m) : Number.NaN;
}

/** Beyond ±π/2 whole half turns are added. */
function anywhere(integral: Integral, n: number, phi: number, m: number): number {
  const half = (): number => within(integral, n, Math.PI / 2, m);
  if (!Number.isFinite(phi) || (m === -Infinity && phi !== 0)) return phi * half();
  const turns = Math.abs(phi) <= Math.PI / 2 ? 0 : Math.round(phi / Math.PI);
  const rest = within(integral, n, phi - turns * Math.PI, m);
  return turns === 0 ? rest : rest + 2 * turns * half();
}

/** The n-th derivative of F(φ|m) by m, to 40 ulp. */
export const ellipticFDerived = (n: number, phi: number, m: number): number => anywhere(first, n, phi, m);

/** The n-th derivative of E(φ|m) by m, to 40 ulp. */
export const ellipticEDerived = (n: number, phi: number, m: number): number => anywhere(second, n, phi, m);

/** F(φ|m) = ∫₀^φ dθ/√(1 − m·sin²θ), to 10 ulp. */
export const ellipticF = (phi: number, m: number): number => ellipticFDerived(0, phi, m);

/** E(φ|m) = ∫₀^φ √(1 − m·sin²θ) dθ, to 20 ulp. */
export const ellipticE = (phi: number, m: number): number => ellipticEDerived(0, phi, m);
