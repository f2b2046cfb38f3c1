import { isInteger, isNegative } from '../../graph/rational.ts';
import type { Field } from './field.ts';
import type { Residue } from './residue.ts';

/** What the laws are about by which two sides may be equal: eᵃ⁺ᵇ = eᵃ·eᵇ, xⁿ⁻¹·x = xⁿ, √ab = √a·√b, sin² + cos² = 1. */
export type Law = 'exp' | 'powers' | 'roots' | 'sin';

export const LAWS: readonly Law[] = ['exp', 'powers', 'roots', 'sin'];

type Functions = Readonly<Record<string, (...args: Residue[]) => Residue>>;

/**
 * The functions that some laws are about as functions of which nothing is known but their parity: two sides that are equal
 * then are equal without these laws.
 */
export function withoutLaws(f: Field, laws: ReadonlySet<Law>, known: Functions): Functions {
  const value = (at: string, there: Residue, otherwise: (x: Residue) => Residue) => (x: Residue) =>
    x.exact?.toFraction() === at ? there : otherwise(x);
  const root = (x: Residue, order: Residue): Residue =>
    order.exact && isNegative(order.exact)
      ? f.reciprocal(f.unknown('root', [x, f.negate(order)]))
      : f.unknown('root', [x, order]);
  const ofOrder = (n: number) => (x: Residue) => root(x, f.reciprocal(f.fromNumber(n)));
  return {
    ...known,
    ...(laws.has('exp') && {
      exp: value('0', f.one, (x) => f.unknown('exp', [x])),
      log: value('1', f.zero, (x) => f.unknown('log', [x])),
    }),
    ...(laws.has('sin') && {
      sin: value('0', f.zero, (x) => f.unknown('sin', [x], -1)),
      cos: value('0', f.one, (x) => f.unknown('cos', [x], 1)),
    }),
    ...(laws.has('roots') && { sqrt: ofOrder(2), cbrt: ofOrder(3), nthRoot: (x, n) => root(x!, f.reciprocal(n!)) }),
    pow: (x, e) => {
      if (laws.has('powers') && !e!.exact) return f.unknown('power', [x!, e!]);
      return laws.has('roots') && e!.exact && !isInteger(e!.exact) ? root(x!, e!) : known.pow!(x!, e!);
    },
  };
}
