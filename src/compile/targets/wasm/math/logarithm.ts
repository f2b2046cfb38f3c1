import type { Lanes, Vector } from '../lanes.ts';
import { exp } from './exponential.ts';

type Bits = readonly [high: number, low?: number];

/** log x = k·log 2 + log m with m between √½ and √2, and log m by s = (m − 1)/(m + 1): after Sun's fdlibm. */
const NUMBERS = {
  f64: {
    /** The bits of √½, and those of a number that tell its power of two. */
    root: [0x3fe6a09e, 0] as Bits,
    powers: [0xfff00000, 0] as Bits,
    exponent: 52,
    high: 0.6931471803691238,
    low: 1.9082149292705877e-10,
    terms: [
      6.666666666666735e-1, 3.99999999994094e-1, 2.857142874366239e-1, 2.222219843214978e-1, 1.818357216161805e-1,
      1.531383769920937e-1, 1.479819860511659e-1,
    ],
    /** The least ordinary number; smaller ones times 2^`lift` are ordinary. */
    least: 2 ** -1022,
    lift: 54,
    /** What takes its bits to those of the lowest whole number, and then those of ∞. */
    toLowest: [0x7ff00000, 0] as Bits,
    beyond: [0xffe00000, 0] as Bits,
  },
  f32: {
    root: [0x3f3504f3] as Bits,
    powers: [0xff800000] as Bits,
    exponent: 23,
    high: 6.9313812256e-1,
    low: 9.0580006145e-6,
    terms: [0.666667764, 0.399775415, 0.298717284],
    least: 2 ** -126,
    lift: 25,
    toLowest: [0x7f800000] as Bits,
    beyond: [0xff000000] as Bits,
  },
} as const;

/** log(x·2^lift + lost) for ordinary numbers x. */
function ordinaryLog(v: Lanes, x: Vector, { lift, lost }: { lift?: Vector; lost?: Vector } = {}): Vector {
  const { root, powers, high, low, terms } = NUMBERS[v.precision];
  const above = v.keep(v.whole('sub', x, v.bits(...root)));
  const power = powerOf(v, above);
  const k = v.keep(lift ? v.add(power, lift) : power);
  const f = v.keep(v.sub(v.whole('sub', x, v.and(above, v.bits(...powers))), v.constant(1)));
  const half = v.keep(v.mul(v.mul(f, f), v.constant(0.5)));
  const s = v.keep(v.div(f, v.add(f, v.constant(2))));
  const z = v.keep(v.mul(s, s));
  const series = v.mul(z, v.precision === 'f32' ? v.nested(z, terms) : v.polynomial(z, terms));
  const small = v.mul(k, v.constant(low));
  const sum = v.add(v.mul(s, v.add(half, series)), lost ? v.add(small, lost) : small);
  return v.add(v.sub(sum, half), f, v.mul(k, v.constant(high)));
}

/** The power of two that the bits of a number less those of √½ tell. */
function powerOf(v: Lanes, above: Vector): Vector {
  const { exponent } = NUMBERS[v.precision];
  if (v.precision === 'f32') {
    const power = v.shifted('shr_s', above, exponent);
    return () => {
      power();
      v.code.op('f32x4.convert_i32x4_s');
    };
  }
  // Not below 0, since few machines shift words of 64 bits with their sign; then put behind 2⁵².
  const lifted = v.shifted('shr_u', v.whole('add', above, v.bits(0x40000000, 0)), exponent);
  return v.sub(v.or(lifted, v.bits(0x43300000, 0)), v.constant(2 ** 52 + 1024));
}

/** Ordinary numbers above 0: one comparison of their bits, as whole numbers that begin with the lowest of all. */
function isOrdinary(v: Lanes, x: Vector): Vector {
  const { toLowest, beyond } = NUMBERS[v.precision];
  return v.whole('lt_s', v.whole('add', x, v.bits(...toLowest)), v.bits(...beyond));
}

export function log(v: Lanes, x: Vector): Vector {
  return v.mostly(
    isOrdinary(v, x),
    () => ordinaryLog(v, x)(),
    () => {
      const { least, lift } = NUMBERS[v.precision];
      const tiny = v.keep(v.of('lt', x, v.constant(least)));
      const lifted = v.keep(v.choose(tiny, v.mul(x, v.constant(2 ** lift)), x));
      const found = v.keep(ordinaryLog(v, lifted, { lift: v.and(tiny, v.constant(-lift)) }));
      edges(v, x, v.constant(0), found)();
    },
  );
}

/** What a logarithm is at its pole (−∞), below it (no number), and at ∞ (that). */
function edges(v: Lanes, x: Vector, pole: Vector, found: Vector): Vector {
  const above = v.choose(v.of('eq', x, v.constant(Number.POSITIVE_INFINITY)), x, found);
  const at = v.choose(v.of('eq', x, pole), v.constant(Number.NEGATIVE_INFINITY), above);
  return v.choose(v.of('ge', x, pole), at, v.constant(Number.NaN));
}

/** log u for the u nearest to 1 + x, and what was lost by that over u. */
export function log1p(v: Lanes, x: Vector): Vector {
  const u = v.keep(v.add(x, v.constant(1)));
  const lost = v.keep(v.div(v.sub(x, v.sub(u, v.constant(1))), u));
  const sign = v.and(x, v.bits(0x80000000));
  return v.mostly(
    isOrdinary(v, u),
    () => v.or(ordinaryLog(v, u, { lost }), sign)(),
    () => edges(v, x, v.constant(-1), v.keep(ordinaryLog(v, u, { lost })))(),
  );
}

/** max(x, 0) + log(1 + e⁻|ˣ|) */
export function softplus(v: Lanes, x: Vector): Vector {
  const t = v.keep(exp(v, v.keep(v.op('neg', v.abs(x)))));
  const u = v.keep(v.add(t, v.constant(1)));
  const lost = v.keep(v.div(v.sub(t, v.sub(u, v.constant(1))), u));
  return v.add(v.choose(v.of('lt', x, v.constant(0)), v.constant(0), x), ordinaryLog(v, u, { lost }));
}
