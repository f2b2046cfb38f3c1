/** Places along a line on which branches are looked for, and places between them. */

/** Along a line, from the smallest doubles to the largest; closer together where functions vary; borders are at round numbers. */
export const GRID: readonly number[] = (() => {
  const sizes = [300, 160, 80, 40, 20, 14, 10].flatMap((e) => [10 ** -e, 10 ** e]);
  for (let e = -8; e < 8; e++) sizes.push(1.1 * 10 ** e, 2.3 * 10 ** e, 4.7 * 10 ** e);
  for (let k = 1; k <= 40; k++) sizes.push(k / 4 + 0.03);
  const positive = [...new Set(sizes)].sort((a, b) => a - b);
  return [...positive.map((x) => -x).reverse(), ...positive];
})();

/** The same from ordinary numbers to those far out: of places that are as good as each other one is taken where nothing overflows. */
export const CALM = GRID.toSorted((a, b) => Math.abs(Math.log(Math.abs(a))) - Math.abs(Math.log(Math.abs(b))));

/** How many times as far as the border the places beside it are at most. */
const FARTHER = 8;

/** From one place towards another, out to a few times as far: of the next one powers may be too large. */
export function way(from: number, to: number): number {
  const most = Math.max(1, FARTHER * Math.abs(from));
  return Math.max(-most, Math.min(most, to - from));
}

/** The mean, or where the ends are of quite different sizes the geometric one. */
export function between(a: number, b: number): number {
  const quotient = b / a;
  return quotient > 4 || (quotient > 0 && quotient < 0.25)
    ? Math.sign(a) * Math.sqrt(Math.abs(a)) * Math.sqrt(Math.abs(b))
    : (a + b) / 2;
}
