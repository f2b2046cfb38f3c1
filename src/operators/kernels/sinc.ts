/**
 * The n-th derivative of sin x/x, ∫₀¹ tⁿ·cos(xt + nπ/2) dt, to 4 ulp where it is not near one of its zeros: by its power
 * series for |x| ≤ 1; else by x·s⁽ⁿ⁾ + n·s⁽ⁿ⁻¹⁾ = sin(x + nπ/2), up where |x| > n and down from far above where not, so that
 * errors shrink.
 */
export function sincDerived(n: number, x: number): number {
  if (Number.isNaN(x)) return x;
  if (!Number.isFinite(x)) return 0;
  if (Math.abs(x) <= 1) return nearZero(n, x);
  if (Math.abs(x) > Math.max(n, UPWARDS)) {
    let s = Math.sin(x) / x;
    for (let k = 1; k <= n; k++) s = (turned(k, x) - k * s) / x;
    return s;
  }
  let [top, share] = [n, 1];
  while (share > LAST_BIT) share *= Math.abs(x) / ++top;
  let s = 0;
  for (let k = top; k > n; k--) s = (turned(k, x) - x * s) / k;
  return s;
}

/** sin x/x, and 1 at 0. */
export const sinc = (x: number): number => (x === 0 ? 1 : Number.isFinite(x) ? Math.sin(x) / x : sincDerived(0, x));

const UPWARDS = 2;
const LAST_BIT = 2 ** -56;

/** sin(x + kπ/2). */
function turned(k: number, x: number): number {
  const value = k % 2 === 0 ? Math.sin(x) : Math.cos(x);
  return k % 4 < 2 ? value : -value;
}

/** Σ (−1)ᵐ·x^(2m−n)/((2m − n)!·(2m + 1)) over 2m ≥ n, smallest terms first. */
function nearZero(n: number, x: number): number {
  const odd = n % 2;
  let sum = 0;
  for (let k = TERMS; k >= 0; k--) {
    const p = 2 * k + odd;
    // The sum so far is that of the later terms, without the factors that they share with this one.
    sum = 1 / (p + n + 1) - (sum * x * x) / ((p + 1) * (p + 2));
  }
  return ((n + odd) % 4 === 0 ? sum : -sum) * (odd ? x : 1);
}

const TERMS = 10;
