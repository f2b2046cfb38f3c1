import type { Expr } from '../language/tree.ts';
import { call, name, numeralOf } from '../reading/syntax.ts';
import { numeral, type Read } from './value.ts';

/** The constants of mathjs that are real numbers, exactly. */

const ln = (n: number): Expr => call('ln', numeralOf(n));

const trees: Readonly<Record<string, () => Expr>> = {
  pi: () => name('pi'),
  PI: () => name('pi'),
  e: () => name('e'),
  E: () => name('e'),
  tau: () => call('*', numeralOf(2), name('pi')),
  phi: () => call('/', call('+', numeralOf(1), call('sqrt', numeralOf(5))), numeralOf(2)),
  LN2: () => ln(2),
  LN10: () => ln(10),
  LOG2E: () => call('/', numeralOf(1), ln(2)),
  LOG10E: () => call('/', numeralOf(1), ln(10)),
  SQRT2: () => call('sqrt', numeralOf(2)),
  SQRT1_2: () => call('/', numeralOf(1), call('sqrt', numeralOf(2))),
  Infinity: () => numeral(Number.POSITIVE_INFINITY),
  NaN: () => numeral(Number.NaN),
  true: () => numeralOf(1),
  false: () => numeralOf(0),
};

export const constants: Readonly<Record<string, () => Read>> = Object.assign(
  Object.create(null),
  Object.fromEntries(Object.entries(trees).map(([key, tree]) => [key, () => ({ tree: tree(), shape: [] })])),
);

/** Names of the language that a tree says for something else: a variable of mathjs of such a name gets another one. */
export const TAKEN = new Set(['rows', 'cols', 'columns', 'inf', 'pi', 'e']);
