import { GradusError } from '../language/diagnostics.ts';
import type { Expr } from '../language/tree.ts';
import { call, numeralOf } from '../reading/syntax.ts';
import { counted, type Meaning } from './calls.ts';
import { isNumber, ofNumbers, type Read, stretched } from './value.ts';

/** Functions of numbers. Some of them mathjs takes entry by entry of an array; of the others it refuses arrays. */

type Write = (...trees: Expr[]) => Expr;

const one = numeralOf(1);
const half = call('/', one, numeralOf(2));
const named =
  (name: string): Write =>
  (...trees) =>
    call(name, ...trees);
/** A product or a quotient of trees of which some have an entry for each of an array. */
const over = (a: Expr, b: Expr): Expr => call('./', a, b);

/** Of numbers only: of an array it is written map(x, f). */
const ofNumber =
  (write: Write, least = 1, most = least): Meaning =>
  (use) => {
    counted(use, least, most);
    const reads = use.reads();
    const array = reads.findIndex((read) => !isNumber(read));
    if (array >= 0)
      throw new GradusError('shape', `${use.what}: ${use.name} is a function of a number in mathjs, not of an array`, {
        ...(reads.length === 1 && { hint: `entry by entry it is map(${use.args[array]}, ${use.name})` }),
      });
    return ofNumbers(use.what, reads, write);
  };

/** Taken entry by entry of an array too. */
const ofEntries =
  (write: (x: Expr) => Expr): Meaning =>
  (use) => {
    counted(use, 1);
    const { tree, ...rest } = use.read(0);
    return { tree: write(tree), ...rest };
  };

/** Of two numbers, arrays stretched to fit. */
export const ofPairs =
  (write: (a: Expr, b: Expr) => Expr): Meaning =>
  (use) => {
    counted(use, 2);
    return stretched(use.what, [use.read(0), use.read(1)], write);
  };

/** Of two or more, taken two at a time. */
const ofMany =
  (write: (a: Expr, b: Expr) => Expr): Meaning =>
  (use) => {
    counted(use, 2, Number.POSITIVE_INFINITY);
    return use.reads().reduce((a, b) => stretched(use.what, [a, b], write));
  };

/** Of which the first side alone may be left out. */
const onlyNumber = (use: Parameters<Meaning>[0], read: Read): Read => {
  if (!isNumber(read)) throw new GradusError('shape', `${use.what}: ${use.name} is a function of numbers`);
  return read;
};

const SAME_NAME = [
  ...['exp', 'sqrt', 'cbrt', 'expm1', 'gamma', 'lgamma'],
  ...['sin', 'cos', 'tan', 'sec', 'csc', 'cot', 'asin', 'acos', 'atan', 'asec', 'acsc', 'acot'],
  ...['sinh', 'cosh', 'tanh', 'sech', 'csch', 'coth', 'asinh', 'acosh', 'atanh', 'asech', 'acsch', 'acoth'],
];

const comparison = (sign: string): Meaning => ofPairs((a, b) => call(sign, a, b));

export const entrywise: Readonly<Record<string, Meaning>> = {
  ...Object.fromEntries(SAME_NAME.map((name) => [name, ofNumber(named(name))])),
  // ln where there is no base.
  log: ofNumber((x, base) => (base ? over(call('ln', x), call('ln', base)) : call('ln', x)), 1, 2),
  square: ofNumber((x) => call('.^', x, numeralOf(2))),
  cube: ofNumber((x) => call('.^', x, numeralOf(3))),
  log2: ofEntries(named('log2')),
  log10: ofEntries(named('log10')),
  log1p: (use) => {
    if (use.args.length === 1) return ofEntries(named('log1p'))(use);
    counted(use, 1, 2);
    return stretched(use.what, [use.read(0), use.read(1)], (x, base) => over(call('log1p', x), call('ln', base)));
  },
  erf: ofEntries(named('erf')),
  abs: ofEntries(named('abs')),
  sign: ofEntries(named('sign')),
  floor: ofEntries(named('floor')),
  ceil: ofEntries(named('ceil')),
  fix: ofEntries((x) => call('.*', call('sign', x), call('floor', call('abs', x)))),
  // Halves go away from zero; here they go to even.
  round: ofEntries((x) => call('.*', call('sign', x), call('floor', call('+', call('abs', x), half)))),
  factorial: ofEntries((x) => call('gamma', call('+', x, one))),
  unaryMinus: ofEntries((x) => call('-', x)),
  unaryPlus: ofEntries((x) => x),
  conj: ofEntries((x) => x),
  re: ofEntries((x) => x),
  number: ofEntries((x) => x),
  bignumber: ofEntries((x) => x),
  fraction: ofEntries((x) => x),
  not: ofEntries(named('not')),
  unaryPercentage: ofEntries((x) => call('/', x, numeralOf(100))),
  add: ofMany((a, b) => call('+', a, b)),
  subtract: ofPairs((a, b) => call('-', a, b)),
  dotMultiply: ofPairs((a, b) => call('.*', a, b)),
  dotDivide: ofPairs(over),
  dotPow: ofPairs((a, b) => call('.^', a, b)),
  mod: ofPairs(named('mod')),
  atan2: ofPairs(named('atan2')),
  smaller: comparison('<'),
  smallerEq: comparison('<='),
  larger: comparison('>'),
  largerEq: comparison('>='),
  equal: comparison('=='),
  unequal: comparison('!='),
  and: ofPairs(named('and')),
  or: ofPairs(named('or')),
  xor: ofPairs((a, b) => call('!=', call('not', a), call('not', b))),
  nthRoot: (use) => {
    counted(use, 1, 2);
    if (use.args.length === 1) return ofEntries(named('sqrt'))(use);
    const order = Number(use.constant(1));
    if (!Number.isInteger(order) || order < 1)
      throw new GradusError('unsupported', `${use.what}: the order of a root must be a whole number that does not change`);
    return { ...use.read(0), tree: call('nthRoot', use.read(0).tree, numeralOf(order)) };
  },
  hypot: (use) => {
    const reads = use.reads();
    if (reads.length === 1 && reads[0]!.shape.length > 0 && !reads[0]!.each)
      return { tree: call('norm', reads[0]!.tree), shape: [] };
    for (const read of reads) onlyNumber(use, read);
    return reads.reduce((a, b) => ofNumbers(use.what, [a, b], named('hypot')));
  },
};
