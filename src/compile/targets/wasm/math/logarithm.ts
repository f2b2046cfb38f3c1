import type { Lanes, Vector } from '../lanes.ts';
import { exp } from './exponential.ts';

type Bits = readonly [high: number, low?: number];

/** log x = k·log 2 + log m with m between √½ and √2, and log m by s = (m − 1)/(m + 1): after Sun's fdlibm. */
const NUMBERS = {
  f64: {
    /** The bits of √½, 1 less those, those of a number's digits. */
    root: [0x3fe6a09e, 0] as Bits,
    above: [0x95f62, 0] as Bits,
    digits: [0xfffff, 0xffffffff] as Bits,
    exponent: 52,
    bias: 1023,
    high: 0.6931471803691238,
    low: 1.9082149292705877e-10,
    terms: [
      6.666666666666735e-1, 3.99999999994094e-1, 2.857142874366239e-1, 2.222219843214978e-1, 1.818357216161805e-1,
      1.531383769920937e-1, 1.479819860511659e-1,
    ],
    /** Ordinary numbers; smaller ones times 2^`lift` are. */
    least: 2 ** -1022,
    most: Number.MAX_VALUE,
    lift: 54,
  },
  f32: {
    root: [0x3f3504f3] as Bits,
    above: [0x3f800000 - 0x3f3504f3] as Bits,
    digits: [0x7fffff] as Bits,
    exponent: 23,
    bias: 127,
    high: 6.9313812256e-1,
    low: 9.0580006145e-6,
    terms: [0.66666662693, 0.40000972152, 0.28498786688, 0.24279078841],
    least: 2 ** -126,
    most: (2 - 2 ** -23) * 2 ** 127,
    lift: 25,
  },
} as const;

/** log(x·2^lift + lost) for ordinary numbers x. */
function ordinaryLog(v: Lanes, x: Vector, { lift, lost }: { lift?: Vector; lost?: Vector } = {}): Vector {
  const { root, above, digits, exponent, bias, high, low, terms } = NUMBERS[v.precision];
  const shifted = v.keep(v.whole('add', x, v.bits(...above)));
  const power = v.sub(wholeNumber(v, v.shifted('shr_u', shifted, exponent)), v.constant(bias));
  const k = v.keep(lift ? v.add(power, lift) : power);
  const f = v.keep(v.sub(v.whole('add', v.and(shifted, v.bits(...digits)), v.bits(...root)), v.constant(1)));
  const half = v.keep(v.mul(v.mul(f, f), v.constant(0.5)));
  const s = v.keep(v.div(f, v.add(f, v.constant(2))));
  const z = v.keep(v.mul(s, s));
  const series = v.mul(z, v.polynomial(z, terms));
  const small = v.mul(k, v.constant(low));
  const sum = v.add(v.mul(s, v.add(half, series)), lost ? v.add(small, lost) : small);
  return v.add(v.sub(sum, half), f, v.mul(k, v.constant(high)));
}

/** The number that the bits of each lane are; not negative, and small. */
function wholeNumber(v: Lanes, bits: Vector): Vector {
  if (v.precision === 'f32') {
    return () => {
      bits();
      v.code.op('f32x4.convert_i32x4_s');
    };
  }
  // Put behind 2⁵².
  return v.sub(v.or(bits, v.bits(0x43300000, 0)), v.constant(2 ** 52));
}

const outside = (v: Lanes, x: Vector): Vector => {
  const { least, most } = NUMBERS[v.precision];
  return v.not(v.and(v.of('ge', x, v.constant(least)), v.of('le', x, v.constant(most))));
};

export function log(v: Lanes, x: Vector): Vector {
  return v.unless(
    outside(v, x),
    () => {
      const { least, lift } = NUMBERS[v.precision];
      const tiny = v.keep(v.of('lt', x, v.constant(least)));
      const lifted = v.keep(v.choose(tiny, v.mul(x, v.constant(2 ** lift)), x));
      const found = v.keep(ordinaryLog(v, lifted, { lift: v.and(tiny, v.constant(-lift)) }));
      edges(v, x, v.constant(0), found)();
    },
    () => ordinaryLog(v, x)(),
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
  return v.unless(
    outside(v, u),
    () => edges(v, x, v.constant(-1), v.keep(ordinaryLog(v, u, { lost })))(),
    () => v.or(ordinaryLog(v, u, { lost }), sign)(),
  );
}

/** max(x, 0) + log(1 + e⁻|ˣ|) */
export function softplus(v: Lanes, x: Vector): Vector {
  const t = v.keep(exp(v, v.keep(v.op('neg', v.abs(x)))));
  const u = v.keep(v.add(t, v.constant(1)));
  const lost = v.keep(v.div(v.sub(t, v.sub(u, v.constant(1))), u));
  return v.add(v.choose(v.of('lt', x, v.constant(0)), v.constant(0), x), ordinaryLog(v, u, { lost }));
}
