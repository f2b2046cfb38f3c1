import type { BigNumber } from 'mathjs';
import { type Arithmetic, overDefinitions } from '../compile/index.ts';
import { specialFunctions } from './special-numbers.ts';

/** Decimal numbers of 64 digits, and doubles as such. */
export interface BigNumbers {
  readonly arithmetic: Arithmetic<BigNumber>;
  readonly from: (x: number) => BigNumber;
}

/** Arguments beyond this many times the digits: e⁻²ˣ is nothing beside 1. */
const FAR = 1.6;

/** The class of mathjs's numbers, with as many digits as asked for. */
interface Class {
  new (x: number | string): BigNumber;
  clone(settings: { precision: number }): Class;
}

/**
 * Arithmetic over mathjs's BigNumbers, of 64 digits if not told otherwise. The elementary functions are theirs; every other operator follows
 * from its definition. mathjs is loaded here and nowhere else: it takes longer than all the rest together.
 */
export async function bigNumbers(digits = 64): Promise<BigNumbers> {
  const { bignumber: standard } = await import('mathjs');
  const Own = (standard(0).constructor as Class).clone({ precision: digits });
  const bignumber = (x: number | string): BigNumber => new Own(x);
  const far = FAR * digits;
  const zero = bignumber(0);
  const one = bignumber(1);
  const half = bignumber('0.5');
  // Their general power is exp(p·log x), a hundred times the work of a root.
  const isHalf = (p: BigNumber): boolean => !p.isInteger() && p.mul(2).isInteger() && p.abs().lt(16);
  // The methods, not mathjs's functions: those answer log(−1) with a complex number.
  const elementary: Record<string, (...args: BigNumber[]) => BigNumber> = {
    exp: (x) => x!.exp(),
    log: (x) => x!.ln(),
    pow: (x, p) => (isHalf(p!) ? x!.sqrt().pow(p!.mul(2)) : x!.pow(p!)),
    sqrt: (x) => x!.sqrt(),
    reciprocal: (x) => one.div(x!),
    sin: (x) => x!.sin(),
    cos: (x) => x!.cos(),
    tan: (x) => x!.tan(),
    // Theirs sum a series in x itself, which for a large x goes on for ever.
    tanh: (x) => (x!.abs().gt(far) ? one.mul(x!.isNegative() ? -1 : 1) : x!.tanh()),
    asin: (x) => x!.asin(),
    acos: (x) => x!.acos(),
    atan: (x) => x!.atan(),
    sinh: (x) => (x!.abs().gt(far) ? x!.exp().sub(x!.neg().exp()).mul(half) : x!.sinh()),
    cosh: (x) => (x!.abs().gt(far) ? x!.exp().add(x!.neg().exp()).mul(half) : x!.cosh()),
    asinh: (x) => x!.asinh(),
    acosh: (x) => x!.acosh(),
    atanh: (x) => x!.atanh(),
    cbrt: (x) => x!.cbrt(),
    abs: (x) => x!.abs(),
    sign: (x) => (x!.isZero() || x!.isNaN() ? x! : x!.isNegative() ? one.neg() : one),
    step: (x) => (x!.gt(zero) ? one : zero),
    relu: (x) => (x!.isNegative() ? zero : x!),
    floor: (x) => x!.floor(),
    ceil: (x) => x!.ceil(),
    round: (x) => x!.add(half).floor(),
    trunc: (x) => x!.trunc(),
    pseudoinverse: (x) => (x!.isZero() ? x! : one.div(x!)),
    nthRoot: (x, n) => (x!.isNegative() && !n!.mod(2).isZero() ? x!.neg().pow(one.div(n!)).neg() : x!.pow(one.div(n!))),
    max: (...args) => args.reduce((a, b) => (a.gt(b) ? a : b)),
    min: (...args) => args.reduce((a, b) => (a.lt(b) ? a : b)),
    '<': (a, b) => (a!.lt(b!) ? one : zero),
    '<=': (a, b) => (a!.lte(b!) ? one : zero),
    '>': (a, b) => (a!.gt(b!) ? one : zero),
    '>=': (a, b) => (a!.gte(b!) ? one : zero),
    '==': (a, b) => (a!.eq(b!) ? one : zero),
    '!=': (a, b) => (a!.eq(b!) ? zero : one),
    and: (a, b) => (a!.isZero() || b!.isZero() ? zero : one),
    or: (a, b) => (a!.isZero() && b!.isZero() ? zero : one),
    not: (a) => (a!.isZero() ? one : zero),
    where: (c, a, b) => (c!.isZero() ? b! : a!),
    pi: () => zero.acos().times(2),
    inf: () => bignumber(Number.POSITIVE_INFINITY),
    ...specialFunctions(one),
  };
  const arithmetic = overDefinitions<BigNumber>(Object.assign(Object.create(null), elementary), {
    fromRational: (q) => bignumber((q.s * q.n).toString()).div(q.d.toString()),
    fromNumber: (x) => bignumber(x),
    add: (a, b) => a.add(b),
    multiply: (a, b) => a.mul(b),
    toNumber: (x) => x.toNumber(),
  });
  return { arithmetic, from: (x) => bignumber(x) };
}
