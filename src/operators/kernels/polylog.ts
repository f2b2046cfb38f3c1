import { BERNOULLI, series } from './accurate.ts';
import { zetaExcess } from './zeta.ts';

/** ζ(k) for any integer but 1. */
function zeta(k: number): number {
  if (k > 1) return 1 + zetaExcess(k);
  if (k === 0) return -0.5;
  return k % 2 === 0 ? 0 : -BERNOULLI[(1 - k) / 2 - 1]! / (1 - k);
}

/** Liₙ(x) = Σ xᵏ/kⁿ continued to x ≤ 1, for an integer 2 ≤ n ≤ 1000, to 10 ulp. NaN beyond 1, where it is not real. */
export function polylog(n: number, x: number): number {
  if (!(Number.isInteger(n) && n >= 2 && n <= 1000 && x <= 1)) return Number.NaN;
  if (x === 1) return zeta(n);
  if (x > 0.5) return nearOne(n, Math.log(x));
  if (x >= -0.5) return powers(n, x);
  // Duplication, then inversion (Lewin, Polylogarithms and associated functions, 1981).
  if (x >= -1) return 2 ** (1 - n) * polylog(n, x * x) - polylog(n, -x);
  return inverted(n, -x);
}

function powers(n: number, x: number): number {
  let power = 1;
  return series(1, (k) => {
    power *= x;
    return power / k ** n;
  });
}

/** In powers of μ = log x < 0: Σ ζ(n − k)·μᵏ/k!, where k = n − 1 has H − log(−μ) for the pole (DLMF 25.12.12). */
function nearOne(n: number, mu: number): number {
  let power = 1;
  let sum = 0;
  let harmonic = 0;
  for (let k = 0; k < n + 28; k++) {
    if (k > 0) power *= mu / k;
    if (k > 0 && k < n) harmonic += 1 / k;
    sum += power * (k === n - 1 ? harmonic - Math.log(-mu) : zeta(n - k));
  }
  return sum;
}

/** Liₙ(−y) = −logⁿ y/n! − 2·Σ η(2r)·logⁿ⁻²ʳ y/(n − 2r)! − (−1)ⁿ·Liₙ(−1/y) for y > 1, η(s) = (1 − 2^(1−s))·ζ(s). */
function inverted(n: number, y: number): number {
  const log = Math.log(y);
  let power = 1;
  let sum = 0;
  for (let k = 0; k <= n; k++) {
    if (k > 0) power *= log / k;
    const even = n - k;
    if (even === 0) sum += power;
    else if (even % 2 === 0) sum += 2 * (1 - 2 ** (1 - even)) * zeta(even) * power;
  }
  return -sum - (n % 2 === 0 ? 1 : -1) * polylog(n, -1 / y);
}
