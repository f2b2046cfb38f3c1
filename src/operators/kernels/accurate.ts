/** Helpers that keep the last digits of a double. */

/** c₀ + c₁·x + c₂·x² + … by Horner's scheme. */
export function polynomial(x: number, coefficients: readonly number[]): number {
  let sum = 0;
  for (let k = coefficients.length - 1; k >= 0; k--) sum = sum * x + coefficients[k]!;
  return sum;
}

/** x² as h² + (x − h)(x + h), where h² is exact: the digits that a rounded square loses are e^(x²)'s leading ones. */
function square(x: number): readonly [high: number, low: number] {
  const high = Math.fround(x);
  return [high * high, (x - high) * (x + high)];
}

/** e^(x²), to 2 ulp. */
export function expOfSquare(x: number): number {
  if (Math.abs(x) > 60) return Number.POSITIVE_INFINITY;
  const [high, low] = square(x);
  return Math.exp(high) * Math.exp(low);
}

/** e^(−x²/n), to 2 ulp; n is a power of 2. */
export function expOfMinusSquare(x: number, n = 1): number {
  if (Math.abs(x) > 60) return 0;
  const [high, low] = square(x);
  return Math.exp(-high / n) * Math.exp(-low / n);
}

/** sin(πx): the remainder by whole turns is exact, the product with π is not. */
export function sinPi(x: number): number {
  const r = x - 2 * Math.round(x / 2);
  return Math.sin(Math.PI * (Math.abs(r) > 0.5 ? Math.sign(r) - r : r));
}

/** cot(πx). */
export function cotPi(x: number): number {
  const r = x - Math.round(x);
  return Math.abs(r) <= 0.25 ? 1 / Math.tan(Math.PI * r) : Math.sign(r) * Math.tan(Math.PI * (0.5 - Math.abs(r)));
}

/** Σ term(k) from k = first, until the terms do not count any more. */
export function series(first: number, term: (k: number) => number): number {
  // 0 of the terms' sign, where they are 0.
  let sum = -0;
  for (let k = first; ; k++) {
    const t = term(k);
    sum += t;
    if (!(Math.abs(t) > 1e-18 * Math.abs(sum))) return sum;
  }
}

/** B₂, B₄ … B₃₀ (Abramowitz & Stegun, table 23.2). */
export const BERNOULLI: readonly number[] = [
  1 / 6,
  -1 / 30,
  1 / 42,
  -1 / 30,
  5 / 66,
  -691 / 2730,
  7 / 6,
  -3617 / 510,
  43867 / 798,
  -174611 / 330,
  854513 / 138,
  -236364091 / 2730,
  8553103 / 6,
  -23749461029 / 870,
  8615841276005 / 14322,
];

/** Euler's constant γ. */
export const EULER = 0.5772156649015329;

/** The same as a text in the language, of a name or of something in brackets. */
export const polynomialText = (x: string, coefficients: readonly number[]): string =>
  coefficients.reduceRight(
    (text, c) => (text === '' ? String(c) : Number(c) === 0 ? `${x}*(${text})` : `${c} + ${x}*(${text})`),
    '',
  );
