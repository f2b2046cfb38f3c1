/** Reciprocal and inverse functions where 1/x would lose digits or overflow. */

/** 1/cosh x, to 2 ulp. */
export function sech(x: number): number {
  const e = Math.exp(-Math.abs(x));
  return (2 * e) / (1 + e * e);
}

/** 1/sinh x, to 3 ulp. */
export function csch(x: number): number {
  if (Math.abs(x) < 1) return 1 / Math.sinh(x);
  return (Math.sign(x) * 2 * Math.exp(-Math.abs(x))) / -Math.expm1(-2 * Math.abs(x));
}

/** √(x² − 1) for |x| ≥ 1, all digits of x − 1 kept. */
const leg = (x: number): number => Math.sqrt(Math.abs(x) - 1) * Math.sqrt(Math.abs(x) + 1);

/** The angle whose cosine is 1/x, to 2 ulp. */
export const asec = (x: number): number => (x < 0 ? Math.PI - Math.atan(leg(x)) : Math.atan(leg(x)));

/** The angle whose sine is 1/x, to 2 ulp. */
export const acsc = (x: number): number => Math.sign(x) * Math.atan(1 / leg(x));

/** What has the hyperbolic cosine 1/x, 0 < x ≤ 1, to 3 ulp. */
export function asech(x: number): number {
  if (x < 0.5) return Math.log(2 / x) + Math.log1p((Math.sqrt((1 - x) * (1 + x)) - 1) / 2);
  const t = (1 - x) / x;
  return Math.log1p(t + Math.sqrt(t * (2 + t)));
}

/** What has the hyperbolic tangent 1/x, |x| > 1, to 2 ulp. */
export const acoth = (x: number): number => Math.sign(x) * 0.5 * Math.log1p(2 / (Math.abs(x) - 1));

/** log(p/(1 − p)), to 2 ulp: near ½ by the distance from there, which is exact. */
export const logit = (p: number): number => (p > 0.25 && p < 0.75 ? Math.log1p((2 * p - 1) / (1 - p)) : Math.log(p / (1 - p)));
