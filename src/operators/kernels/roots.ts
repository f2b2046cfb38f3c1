/** The real n-th root for an integer n, of negative numbers too where n is odd; to 2 ulp. */
export function nthRoot(x: number, n: number): number {
  if (!Number.isInteger(n) || n === 0 || (x < 0 && n % 2 === 0)) return Number.NaN;
  if (n < 0) return 1 / nthRoot(x, -n);
  if (n === 1 || x === 0 || !Number.isFinite(x)) return x;
  if (n === 2) return Math.sqrt(x);
  if (n === 3) return Math.cbrt(x);
  const size = Math.abs(x);
  // 1/n is rounded, which a large exponent would show: one step of Newton's.
  const root = size ** (1 / n);
  return Math.sign(x) * (root - (root * (root ** n / size - 1)) / n);
}
