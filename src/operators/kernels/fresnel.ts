import { series } from './accurate.ts';

/** The Fresnel integrals ∫₀ˣ sin(πt²/2) dt and ∫₀ˣ cos(πt²/2) dt (DLMF 7.2.7). */

const NEAR = 1.6;

/** Σ of the powers of t = πx²/2 (DLMF 7.6.4, 7.6.6); they alternate. */
function nearZero(x: number, sine: boolean): number {
  const t = (Math.PI / 2) * x * x;
  let power = sine ? x * t : x;
  return series(0, (k) => {
    const n = 2 * k + (sine ? 1 : 0);
    if (k > 0) power *= -(t * t) / (n * (n - 1));
    return power / (2 * n + 1);
  });
}

/** πx²/2 less whole turns: x² modulo 4 is exact where it counts. */
function phase(x: number): number {
  const high = Math.fround(x);
  const rest = (x - high) * (x + high);
  return (Math.PI / 2) * (((high * high) % 4) + (rest % 4));
}

/**
 * C + iS = (1 + i)/2·(1 − erfc z), z = √π/2·(1 − i)x, and erfc z = e^(−z²)·2z/√π / (2z² + 1 − 1·2/(2z² + 5 − 3·4/(…)))
 * (Abramowitz & Stegun 7.3.22, 7.1.14). 2z² is −iπx², and e^(−z²) turns by the phase.
 */
function far(x: number): readonly [c: number, s: number] {
  const y = -Math.PI * x * x;
  let [re, im] = [0, 0];
  for (let k = Math.ceil(220 / (x * x)) + 6; k >= 1; k--) {
    const [a, b] = [4 * k + 1 - re, y - im];
    const scale = (2 * k * (2 * k - 1)) / (a * a + b * b);
    [re, im] = [a * scale, -b * scale];
  }
  const [a, b] = [1 - re, y - im];
  const size = a * a + b * b;
  // (1 + i)/2·2z/√π = x, so the rest is x·e^(iθ)/(a + ib).
  const t = phase(x);
  const [cos, sin] = [Math.cos(t), Math.sin(t)];
  return [0.5 - (x * (a * cos + b * sin)) / size, 0.5 - (x * (a * sin - b * cos)) / size];
}

/** Beyond, what is left of the oscillation is less than the last digit of ½. */
const ENDLESS = 1e17;

function fresnel(x: number, sine: boolean): number {
  const t = Math.abs(x);
  if (t < NEAR) return nearZero(x, sine);
  if (Number.isNaN(t)) return x;
  return Math.sign(x) * (t > ENDLESS ? 0.5 : far(t)[sine ? 1 : 0]);
}

/** S(x), to 1e−15. */
export const fresnelS = (x: number): number => fresnel(x, true);

/** C(x), to 1e−15. */
export const fresnelC = (x: number): number => fresnel(x, false);
