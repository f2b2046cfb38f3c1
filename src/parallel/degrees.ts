import { constantOf } from '../graph/forms.ts';
import type { Node } from '../graph/node.ts';
import { toNumber } from '../graph/rational.ts';
import type { ArrayOperator } from '../operators/array.ts';
import { cumsum, reverseCumsum } from '../operators/cumulative.ts';
import { abs, max, min, relu, sign, step } from '../operators/kinked.ts';
import { cbrt } from '../operators/logarithmic.ts';
import type { Operator } from '../operators/operator.ts';
import { pow, pseudoinverse, reciprocal, squareRoot } from '../operators/power.ts';
import { stopGradient } from '../operators/stopped.ts';

/** What functions do to a positive factor of their arguments: a power of m is one. */

type Degree = (args: readonly Node[]) => number | undefined;

/**
 * The degree in the first argument, from the others; undefined where there is none. A function that is not in the list
 * has none: what it makes of a power of m is no power of m.
 */
const degrees: ReadonlyMap<Operator, Degree> = new Map<Operator, Degree>([
  [pow, ([, p]) => exponent(p!)],
  [squareRoot, () => 1 / 2],
  [cbrt, () => 1 / 3],
  [reciprocal, () => -1],
  [pseudoinverse, () => -1],
  [abs, () => 1],
  [relu, () => 1],
  [stopGradient, () => 1],
  [sign, () => 0],
  [step, () => 0],
]);

function exponent(p: Node): number | undefined {
  const c = constantOf(p);
  return c && toNumber(c);
}

/** Of degree 1 in all arguments together. */
const joint: ReadonlySet<Operator> = new Set([max, min]);

/** f of arguments with these powers of m, as a power of m; undefined if it is none. */
export function powerThrough(operator: Operator, args: readonly Node[], powers: readonly number[]): number | undefined {
  if (powers.every((p) => p === 0)) return 0;
  if (joint.has(operator)) return powers.every((p) => p === powers[0]) ? powers[0] : undefined;
  const degree = degrees.get(operator)?.(args);
  return degree === undefined || powers.slice(1).some((p) => p !== 0) ? undefined : degree * powers[0]!;
}

/** Functions whose value on a sum is the sum of their values: by the array operator's name, or the entrywise operator. */
const LINEAR: ReadonlySet<string> = new Set([cumsum.name, reverseCumsum.name, 'triu', 'tril', stopGradient.name]);

export const isLinear = ({ name }: Operator | ArrayOperator): boolean => LINEAR.has(name);
