import { constantOf } from '../graph/forms.ts';
import type { Apply, Node } from '../graph/node.ts';
import { type Fraction, negated, ONE, times } from '../graph/rational.ts';
import { pow, pseudoinverse } from '../operators/power.ts';

/** A power, with the divisions by a length in it: they are written as the divisions that they are off zero. */
export function asPower(factor: Node, names: ReadonlyMap<Node, string>): { base: Node; exponent?: Node | Fraction } {
  let base = factor;
  let outer: Fraction | undefined;
  for (;;) {
    if (base.kind !== 'apply' || (base !== factor && names.has(base))) break;
    if (base.operator === pseudoinverse) {
      outer = negated(outer ?? ONE);
      base = base.args[0]!;
      continue;
    }
    if (base.operator !== pow) break;
    const p = constantOf(base.args[1]!);
    if (!p) return outer ? { base, exponent: outer } : { base: base.args[0]!, exponent: base.args[1]! };
    outer = times(outer ?? ONE, p);
    base = base.args[0]!;
  }
  return outer ? { base, exponent: outer } : { base };
}

/** The arguments that need to be said: without those at the end that are what they are when left out. */
export function givenArguments({ operator, args }: Apply): readonly Node[] {
  const defaults = operator.defaults ?? [];
  let count = args.length;
  for (; count > operator.arity - defaults.length; count--) {
    const usual = defaults[count - 1 - (operator.arity - defaults.length)]!;
    if (!constantOf(args[count - 1]!)?.equals(usual)) break;
  }
  return args.slice(0, count);
}
