import { inDoubles, type Lanes, type Vector } from '../lanes.ts';

/** π/2 in three parts; the first two have few bits, so that a number of quarter turns times them is exact. After Sun's fdlibm. */
const PARTS = [1.5707963267341256, 6.077100506303966e-11, 2.0222662487959506e-21] as const;

/** Where the number of quarter turns has few bits too; beyond it the function of numbers is asked. */
const FAR = 1e5;

/** Added to a number it leaves the nearest whole one in the last bits. */
const MAGIC = 6755399441055744;

/** (sin x − x)/x³ and (cos x − 1 + x²/2)/x⁴ by x², for |x| ≤ π/4. */
const SINE = [
  -0.16666666666666632, 0.00833333333332249, -0.0001984126982985795, 0.0000027557313707070068, -2.5050760253406863e-8,
  1.58969099521155e-10,
];
const COSINE = [
  0.0416666666666666, -0.001388888888887411, 0.00002480158728947673, -2.7557314351390663e-7, 2.087572321298175e-9,
  -1.1359647557788195e-11,
];

/** The sine of x and so many quarter turns. */
function turned(v: Lanes, x: Vector, quarters: 0 | 1): Vector {
  const last = v.keep(v.add(v.mul(x, v.constant(2 / Math.PI)), v.constant(MAGIC)));
  const n = v.keep(v.sub(last, v.constant(MAGIC)));
  const [first, second, third] = PARTS.map((part) => v.constant(part)) as [Vector, Vector, Vector];
  const a = v.keep(v.sub(x, v.mul(n, first)));
  const w = v.keep(v.mul(n, second));
  const b = v.keep(v.sub(a, w));
  // What that subtraction lost, and the third part.
  const taken = v.keep(v.sub(a, b));
  const lost = v.add(v.sub(a, v.add(b, taken)), v.sub(taken, w));
  const tail = v.keep(v.sub(lost, v.mul(n, third)));
  const r = v.keep(v.add(b, tail));
  const rest = v.keep(v.add(v.sub(b, r), tail));
  const z = v.keep(v.mul(r, r));
  const cube = v.keep(v.mul(z, r));
  const half = v.keep(v.mul(z, v.constant(0.5)));
  const sine = v.add(r, v.add(v.mul(cube, v.polynomial(z, SINE)), v.mul(rest, v.sub(v.constant(1), half))));
  const one = v.keep(v.sub(v.constant(1), half));
  const cosine = v.add(
    one,
    v.add(v.sub(v.sub(v.constant(1), one), half), v.sub(v.mul(v.mul(z, z), v.polynomial(z, COSINE)), v.mul(r, rest))),
  );
  const turns = quarters === 0 ? last : v.keep(v.whole('add', last, v.bits(0, 1)));
  const odd = v.whole('sub', v.constant(0), v.and(turns, v.bits(0, 1)));
  const sign = v.shifted('shl', v.and(turns, v.bits(0, 2)), 62);
  return v.xor(v.choose(odd, cosine, sine), sign);
}

/** Singles are computed as doubles: near a multiple of π/2 all their digits would be lost. */
const ofAny = (v: Lanes, x: Vector, quarters: 0 | 1): Vector =>
  v.precision === 'f64' ? turned(v, x, quarters) : inDoubles(v, [x], (doubles, [part]) => turned(doubles, part!, quarters));

const near =
  (quarters: 0 | 1) =>
  (v: Lanes, x: Vector, byLane: Vector): Vector =>
    v.mostly(v.of('le', v.abs(x), v.constant(FAR)), () => ofAny(v, x, quarters)(), byLane);

export const cos = near(1);

/** That of −0 keeps its sign. */
export const sin = (v: Lanes, x: Vector, byLane: Vector): Vector => {
  const found = v.keep(near(0)(v, x, byLane));
  return v.choose(v.of('eq', x, v.constant(0)), x, found);
};
