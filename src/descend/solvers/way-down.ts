import { leastEigen } from '../../numeric/linear/symmetric.ts';
import { along, dot, length } from '../../numeric/linear/vectors.ts';
import { random } from '../../numeric/random.ts';
import type { Landscape } from '../landscape.ts';
import type { Found } from './line-search.ts';
import { isFlat } from './minimum.ts';

/** Products with the second derivatives, at most; with so many entries each is tried by itself, too. */
const MOST_PRODUCTS = 40;
/** How far a difference of slopes reaches to either side, as a share of the entries. */
const REACH = 1e-5;
/** How far trials go, as shares of the entries: what falls is to fall ever faster. */
const NEAR = 1e-3;
const FAR = 1e-2;
/** A slope that is nearly none. */
const FLAT = 1e-4;
/** Of what is rounded in a cost. */
const ROUNDING = 64 * Number.EPSILON;

/**
 * A way down from a place without a slope: it is a saddle or a maximum, and no minimum. Tried are the direction of the
 * least curvature, by Lanczos' method on differences of slopes, and each entry; what counts is that the cost does fall
 * along it, beyond what the slope foretells.
 * @returns a lower place along it; undefined where there is a slope, or no way down is found
 */
export function wayDown(land: Landscape, place: Float64Array): Float64Array | undefined {
  return land.uncounted(() => {
    const n = place.length;
    const slope = new Float64Array(n);
    const cost = land.slope(place, slope);
    if (!isFlat(land, { place, cost, slope }, FLAT)) return undefined;
    const scale = place.map((x) => Math.abs(x) || 1);
    const down = (direction: Float64Array): Float64Array | undefined => {
      const sign = [1, -1].find((sign) => isDown(land, { place, cost, slope }, direction, sign));
      return sign === undefined ? undefined : farDown(land, place, direction, sign);
    };
    const curved = leastCurved(land, place, scale);
    const way = curved && down(curved);
    if (way || n > MOST_PRODUCTS) return way;
    for (let k = 0; k < n; k++) {
      const single = new Float64Array(n);
      single[k] = scale[k]!;
      const alone = down(single);
      if (alone) return alone;
    }
    return undefined;
  });
}

/** As far as each step, twice the one before, leads lower, up to the size of the entries. */
function farDown(land: Landscape, place: Float64Array, direction: Float64Array, sign: number): Float64Array {
  const at = (t: number) => land.within(place, along(place, sign * t, direction, new Float64Array(place.length)));
  let best = at(FAR);
  for (let t = 2 * FAR, cost = land.told(best); t <= 1; t *= 2) {
    const next = at(t);
    const there = land.told(next);
    if (!(there < cost)) break;
    [best, cost] = [next, there];
  }
  return best;
}

function isDown(land: Landscape, { place, cost, slope }: Found, direction: Float64Array, sign: number): boolean {
  /** How far the cost falls below its tangent, and how far it falls. */
  const fall = (t: number) => {
    const moved = land.within(place, along(place, sign * t, direction, new Float64Array(place.length)));
    const step = moved.map((x, k) => x - place[k]!);
    const there = land.told(moved);
    return {
      below: cost + dot(slope, step) - there,
      fallen: cost - there,
      noise: ROUNDING * Math.max(Math.abs(cost), Math.abs(there)),
    };
  };
  const [near, far] = [fall(NEAR), fall(FAR)];
  return near.below > near.noise && far.below > 5 * near.below && far.fallen > far.noise;
}

/** The direction along which the cost curves least, in shares of the entries. Golub and Van Loan (2013), 10.1. */
function leastCurved(land: Landscape, place: Float64Array, scale: Float64Array): Float64Array | undefined {
  const n = place.length;
  const product = (v: Float64Array) => {
    const ends = [REACH, -REACH].map((t) => {
      const slope = new Float64Array(n);
      land.slope(
        place.map((x, k) => x + t * scale[k]! * v[k]!),
        slope,
      );
      return slope;
    });
    return Float64Array.from(scale, (s, k) => (s * (ends[0]![k]! - ends[1]![k]!)) / (2 * REACH));
  };
  const draw = random(1);
  const basis: Float64Array[] = [];
  const most = Math.min(n, MOST_PRODUCTS);
  const tridiagonal = new Float64Array(most * most);
  let next = Float64Array.from(place, () => draw.normal());
  let size = length(next);
  while (basis.length < most && size > 0) {
    const k = basis.length;
    const q = next.map((x) => x / size);
    basis.push(q);
    next = product(q);
    if (!next.every(Number.isFinite)) return undefined;
    const before = length(next);
    tridiagonal[k * most + k] = dot(q, next);
    // Twice is enough.
    for (const other of [...basis, ...basis]) along(next, -dot(other, next), other, next);
    size = length(next);
    // What is left is rounding.
    if (size <= 1e-10 * before) break;
    if (k + 1 < most) tridiagonal[k * most + k + 1] = tridiagonal[(k + 1) * most + k] = size;
  }
  const m = basis.length;
  const small = Float64Array.from({ length: m * m }, (_, at) => tridiagonal[Math.floor(at / m) * most + (at % m)]!);
  const { vector } = leastEigen(small, m);
  const direction = new Float64Array(n);
  for (const [k, q] of basis.entries()) along(direction, vector[k]!, q, direction);
  return direction.map((x, k) => x * scale[k]!);
}
