import { factorsOf } from '../../graph/forms.ts';
import type { Graph } from '../../graph/graph.ts';
import { isConstant, type Node } from '../../graph/node.ts';
import { absolute, type Fraction, isNegative, isOne } from '../../graph/rational.ts';
import { exp, pow } from '../../operators/power.ts';
import { type Factored, UNIT_POWER } from './factored.ts';
import { polynomialKey } from './polynomial.ts';

/** What a reader asks of single nodes and exponents. */

/** A third, in sixtieths. */
export const THIRD = UNIT_POWER / 3;

export const isRadicand = (node: Node): boolean => node.kind === 'sum' || node.kind === 'contraction' || isPower(node);
export const isPower = (node: Node): boolean => node.kind === 'apply' && (node.operator === pow || node.operator === exp);

/** The same for equal products. */
export const factoredKey = ({ c, powers, sums }: Factored): string =>
  `${c.toFraction()}|${powers.join()}|${sums.map(({ p, e }) => `${polynomialKey(p)}^${e}`).sort()}`;

/** (−2u)ˢ is 2ˢ·(−u)ˢ: a positive number counts apart. */
export function withoutNumber(g: Graph, base: Node): readonly Node[] {
  if (base.kind !== 'contraction' || isConstant(base)) return [base];
  const { coefficient, core } = g.splitCoefficient(base);
  const size = absolute(coefficient);
  if (isOne(size)) return [base];
  return [g.constant(size, base.shape), isNegative(coefficient) ? g.neg(core) : core];
}

export const hasSum = (term: Node): boolean =>
  factorsOf(term).some((f) => f.kind === 'sum' || (f.kind === 'apply' && f.operator === pow && f.args[0]!.kind === 'sum'));

/** p in sixtieths, if that is a whole number. */
export function sixtieths(p: Fraction): number | undefined {
  if (isOne(p)) return UNIT_POWER;
  const unit = BigInt(UNIT_POWER);
  return unit % p.d === 0n && p.n < 1_000_000n ? Number((p.s * p.n * unit) / p.d) : undefined;
}
