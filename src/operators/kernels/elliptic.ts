import { carlson, DOUBLES } from './carlson.ts';

/** Legendre's elliptic integrals with the parameter m = k² (DLMF 19.25.5, 19.25.9), φ within ±π/2. */
function within(phi: number, m: number): readonly [first: number, second: number] {
  // ±π/2 is meant as it is, though no double is: next to m = 1 its last digit would count.
  const [s, c] = [Math.sin(phi), Math.abs(phi) === Math.PI / 2 ? 0 : Math.cos(phi)];
  // 1 − m·s², without the cancellation near m = 1.
  const delta = c * c + (1 - m) * s * s;
  if (!(delta >= 0)) return [Number.NaN, Number.NaN];
  if (s === 0) return [s, s];
  const { rf, rd } = carlson(DOUBLES, c * c, delta, 1);
  return [s * rf, s * rf - (m / 3) * s ** 3 * rd];
}

/** Beyond ±π/2 whole half turns are added. */
function anywhere(phi: number, m: number, which: 0 | 1): number {
  const turns = Math.abs(phi) <= Math.PI / 2 ? 0 : Math.round(phi / Math.PI);
  const rest = within(phi - turns * Math.PI, m)[which];
  return turns === 0 ? rest : rest + 2 * turns * within(Math.PI / 2, m)[which];
}

/** F(φ|m) = ∫₀^φ dθ/√(1 − m·sin²θ), to 10 ulp. */
export const ellipticF = (phi: number, m: number): number => anywhere(phi, m, 0);

/** E(φ|m) = ∫₀^φ √(1 − m·sin²θ) dθ, to 20 ulp. */
export const ellipticE = (phi: number, m: number): number => anywhere(phi, m, 1);
