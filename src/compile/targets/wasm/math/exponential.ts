import type { Lanes, Vector } from '../lanes.ts';

/** What eˣ = 2ⁿ·eʳ takes in a precision: n the nearest to x/log 2, r what is left. */
const NUMBERS = {
  f64: {
    /** Added to a number it leaves the nearest whole one in the last bits. */
    magic: 6755399441055744,
    /** log 2 in two parts; the first has few bits, so that n times it is exact. */
    high: 0.6931471803691238,
    low: 1.9082149292705877e-10,
    /** (eʳ − 1 − r)/r² for |r| ≤ (log 2)/2, within 1.3e-17 of r². */
    terms: [
      0.5000000000000001, 0.16666666666666669, 0.04166666666662399, 0.008333333333330051, 0.0013888888917281794,
      0.00019841269863105968, 0.00002480152119021773, 0.0000027557268378684192, 2.7620138719733994e-7, 2.5100424157005067e-8,
    ],
    exponent: 52,
    bias: [0, 1023] as const,
    /** Where 2ⁿ and the result are ordinary numbers. */
    ordinary: 708,
    /** Beyond these it is 0 and ∞. */
    least: -746,
    most: 710,
    /** From here on tanh is 1. */
    flat: 22,
  },
  f32: {
    magic: 12582912,
    high: 0.693359375,
    low: -2.1219444e-4,
    terms: [0.5, 0.1666657685, 0.04166655444, 0.008363202972, 0.001392621347],
    exponent: 23,
    bias: [127] as const,
    ordinary: 87,
    least: -105,
    most: 89,
  },
} as const;

interface Reduced {
  /** n in the last bits, and as a number. */
  readonly last: Vector;
  readonly n: Vector;
  /** r, and eʳ − 1 − r. */
  readonly r: Vector;
  readonly rest: Vector;
}

function reduced(v: Lanes, x: Vector): Reduced {
  const { magic, high, low, terms } = NUMBERS[v.precision];
  const last = v.keep(v.add(v.mul(x, v.constant(Math.LOG2E)), v.constant(magic)));
  const n = v.keep(v.sub(last, v.constant(magic)));
  const near = v.keep(v.sub(x, v.mul(n, v.constant(high))));
  const far = v.keep(v.mul(n, v.constant(low)));
  const r = v.keep(v.sub(near, far));
  const lost = v.sub(v.sub(near, r), far);
  const square = v.keep(v.mul(r, r));
  return { last, n, r, rest: v.add(v.mul(square, v.polynomial(r, terms)), lost) };
}

/** 2ⁿ, where that is an ordinary number. */
function scale(v: Lanes, last: Vector): Vector {
  const { exponent, bias } = NUMBERS[v.precision];
  return v.shifted('shl', v.whole('add', last, v.bits(...(bias as [number, number]))), exponent);
}

/** eˣ everywhere: 2ⁿ in two steps, since it may be larger or smaller than a number can be. */
function exponentialOfAny(v: Lanes, x: Vector): Vector {
  const { magic, least, most } = NUMBERS[v.precision];
  const within = v.keep(v.of('pmax', v.of('pmin', x, v.constant(most)), v.constant(least)));
  const { n, r, rest } = reduced(v, within);
  const half = v.keep(v.add(v.mul(n, v.constant(0.5)), v.constant(magic)));
  const other = v.keep(v.add(v.sub(n, v.sub(half, v.constant(magic))), v.constant(magic)));
  return v.mul(v.mul(v.add(v.constant(1), v.add(r, rest)), scale(v, half)), scale(v, other));
}

/** Where x is between −708 and 708. */
const ordinary = (v: Lanes, x: Vector): Vector => v.of('le', v.abs(x), v.constant(NUMBERS[v.precision].ordinary));

export function exp(v: Lanes, x: Vector): Vector {
  const { exponent } = NUMBERS[v.precision];
  return v.mostly(
    ordinary(v, x),
    () => {
      const { last, r, rest } = reduced(v, x);
      v.whole('add', v.add(v.constant(1), v.add(r, rest)), v.shifted('shl', last, exponent))();
    },
    () => exponentialOfAny(v, x)(),
  );
}

/** eˣ − 1 = (2ⁿ − 1 + 2ⁿ·r) + 2ⁿ·(eʳ − 1 − r), where that is an ordinary number. */
function ordinaryExpm1(v: Lanes, x: Vector): Vector {
  const { last, r, rest } = reduced(v, x);
  const factor = v.keep(scale(v, last));
  return v.add(v.add(v.sub(factor, v.constant(1)), v.mul(factor, r)), v.mul(factor, rest));
}

const signOf = (v: Lanes, x: Vector): Vector => v.and(x, v.bits(0x80000000));

export function expm1(v: Lanes, x: Vector): Vector {
  return v.mostly(
    ordinary(v, x),
    () => v.or(ordinaryExpm1(v, x), signOf(v, x))(),
    () => {
      const beyond = v.keep(v.choose(v.of('lt', x, v.constant(0)), v.constant(-1), exponentialOfAny(v, x)));
      v.choose(ordinary(v, x), ordinaryExpm1(v, x), beyond)();
    },
  );
}

/** P and Q of tanh near 0, after Moshier's Cephes. */
const ABOVE = [-1614.6876844170845, -99.28772310019185, -0.9643991794250523];
const BELOW = [4844.063053251255, 2235.4883906010045, 112.81167849163293, 1];

/** In doubles x + x³·P(x²)/Q(x²) near 0 and 1 − 2/(e²ˣ + 1) further out, with one division for both. */
export function tanh(v: Lanes, x: Vector): Vector {
  if (v.precision === 'f32') return tanhOfSingles(v, x);
  const { flat, exponent } = NUMBERS.f64;
  const size = v.keep(v.of('pmin', v.abs(x), v.constant(flat)));
  const twice = v.keep(v.add(size, size));
  const z = v.keep(v.mul(size, size));
  const { last, r, rest } = reduced(v, twice);
  const power = v.whole('add', v.add(v.constant(1), v.add(r, rest)), v.shifted('shl', last, exponent));
  const far = v.keep(v.of('gt', size, v.constant(0.625)));
  const top = v.choose(far, v.constant(-2), v.mul(v.mul(size, z), v.polynomial(z, ABOVE)));
  const bottom = v.choose(far, v.add(power, v.constant(1)), v.polynomial(z, BELOW));
  const start = v.choose(far, v.constant(1), size);
  return v.or(v.add(start, v.div(top, bottom)), signOf(v, x));
}

/** tanh(x/2) = x/2·(1 + x²·A(x²))/(1 + x²·B(x²)), by Remez's exchange, and the first x where what comes of that is 1. */
const HALF = {
  above: [0.0297746025, 0.000114270544],
  below: [0.113107942, 0.0012066277, 1.22945096e-6],
  flat: 8.25248623,
} as const;

/**
 * 2y/(1 + y²) for y = tanh(x/2) = n/(2b), with one division: n·b/(b² + n²/4). What rounding does to y goes away where y comes near
 * 1; near 0 what is added to 1 is small. Within 3.96 units of the last place for every single.
 */
function tanhOfSingles(v: Lanes, x: Vector): Vector {
  const { above, below, flat } = HALF;
  const y = v.keep(v.of('pmax', v.of('pmin', x, v.constant(flat)), v.constant(-flat)));
  const z = v.keep(v.mul(y, y));
  const n = v.keep(v.add(v.mul(v.nested(z, above), v.mul(z, y)), y));
  const b = v.keep(v.mul(v.nested(z, below), z));
  const rest = v.add(v.mul(v.add(b, v.constant(2)), b), v.mul(v.mul(n, n), v.constant(0.25)));
  return v.div(v.add(v.mul(n, b), n), v.add(rest, v.constant(1)));
}

/** By t = e⁻|ˣ|, which is never large: 1/(1 + t) or t/(1 + t). */
export function sigmoid(v: Lanes, x: Vector): Vector {
  const t = v.keep(exp(v, v.keep(v.op('neg', v.abs(x)))));
  return v.div(v.choose(v.of('lt', x, v.constant(0)), t, v.constant(1)), v.add(v.constant(1), t));
}
