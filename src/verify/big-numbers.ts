import { type Arithmetic, overDefinitions } from '../compile/index.ts';
import { type BigNumber, decimals } from './decimals.ts';
import { elementaryFunctions } from './elementary-numbers.ts';
import { specialFunctions } from './special/functions.ts';

/** Decimal numbers of 64 digits, and doubles as such. */
export interface BigNumbers {
  readonly arithmetic: Arithmetic<BigNumber>;
  readonly from: (x: number) => BigNumber;
  readonly digits: number;
}

/** The digits of a number, unless others are asked for. */
const DIGITS = 64;

/** decimal.js's name for this way of rounding. */
const HALF_TO_EVEN = 6;

/** Arithmetic over numbers of many digits. Functions that are not here follow from their definitions. */
export function bigNumbers(digits = DIGITS): BigNumbers {
  const Own = decimals(digits);
  const zero = new Own(0);
  const one = new Own(1);
  // Their general power is exp(p·log x), a hundred times the work of a root.
  const isHalf = (p: BigNumber): boolean => !p.isInteger() && p.mul(2).isInteger() && p.abs().lt(16);
  const elementaryNumbers = elementaryFunctions(Own);
  const elementary: Record<string, (...args: BigNumber[]) => BigNumber> = {
    log: (x) => x!.ln(),
    pow: (x, p) => (isHalf(p!) ? x!.sqrt().pow(p!.mul(2)) : x!.pow(p!)),
    sqrt: (x) => x!.sqrt(),
    reciprocal: (x) => one.div(x!),
    acos: (x) => x!.acos(),
    atan: (x) => x!.atan(),
    atanh: (x) => x!.atanh(),
    cbrt: (x) => x!.cbrt(),
    ...elementaryNumbers,
    abs: (x) => x!.abs(),
    sign: (x) => (x!.isZero() || x!.isNaN() ? x! : x!.isNegative() ? one.neg() : one),
    step: (x) => (x!.gt(zero) ? one : zero),
    relu: (x) => (x!.isNegative() ? zero : x!),
    floor: (x) => x!.floor(),
    ceil: (x) => x!.ceil(),
    round: (x) => x!.toDecimalPlaces(0, HALF_TO_EVEN),
    trunc: (x) => x!.trunc(),
    pseudoinverse: (x) => (x!.isZero() ? x! : one.div(x!)),
    sinc: (x) => (x!.isZero() ? one : elementaryNumbers.sin!(x!).div(x!)),
    stop_gradient: (x) => x!,
    ...zeroFirst(zero),
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

/** Products that are 0 where their first factor is. */
function zeroFirst(zero: BigNumber): Record<string, (...args: BigNumber[]) => BigNumber> {
  const scaled = (a: BigNumber, b: BigNumber): BigNumber => (a.isZero() && !b.isNaN() ? zero : a.mul(b));
  return {
    scaled: (a, b) => scaled(a!, b!),
    xlogy: (x, y) => scaled(x!, y!.ln()),
    xlog1py: (x, y) => scaled(x!, y!.add(1).ln()),
    entropy: (x) => scaled(x!, x!.ln().neg()),
    'power-log': (x, p, k) => {
      if (k!.isZero()) return x!.pow(p!);
      return x!.isZero() && !p!.isNegative() ? zero : x!.pow(p!).mul(x!.ln().pow(k!));
    },
  };
}
