import { type Arithmetic, overDefinitions } from '../compile/index.ts';
import { type BigNumber, decimals } from './decimals.ts';
import { elementaryFunctions } from './elementary-numbers.ts';
import { specialFunctions } from './special-numbers.ts';

/** Decimal numbers of 64 digits, and doubles as such. */
export interface BigNumbers {
  readonly arithmetic: Arithmetic<BigNumber>;
  readonly from: (x: number) => BigNumber;
  readonly digits: number;
}

/** The digits of a number, unless others are asked for. */
const DIGITS = 64;

/** Arithmetic over numbers of many digits. Functions that are not here follow from their definitions. */
export function bigNumbers(digits = DIGITS): BigNumbers {
  const Own = decimals(digits);
  const zero = new Own(0);
  const one = new Own(1);
  const half = new Own('0.5');
  const elementary: Record<string, (...args: BigNumber[]) => BigNumber> = {
    exp: (x) => x!.exp(),
    log: (x) => x!.ln(),
    pow: (x, p) => x!.pow(p!),
    sqrt: (x) => x!.sqrt(),
    reciprocal: (x) => one.div(x!),
    acos: (x) => x!.acos(),
    atan: (x) => x!.atan(),
    atanh: (x) => x!.atanh(),
    cbrt: (x) => x!.cbrt(),
    ...elementaryFunctions(Own),
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
    inf: () => new Own(Number.POSITIVE_INFINITY),
    ...specialFunctions(one),
  };
  const arithmetic = overDefinitions<BigNumber>(Object.assign(Object.create(null), elementary), {
    fromRational: (q) => new Own((q.s * q.n).toString()).div(q.d.toString()),
    fromNumber: (x) => new Own(x),
    add: (a, b) => a.add(b),
    multiply: (a, b) => a.mul(b),
    toNumber: (x) => x.toNumber(),
  });
  return { arithmetic, from: (x) => new Own(x), digits };
}
