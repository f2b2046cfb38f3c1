import { constantOf } from '../graph/forms.ts';
import { isZero } from '../graph/rational.ts';
import { unequal, where } from './comparison.ts';
import type { Operator } from './operator.ts';

/**
 * a·b, and 0 where a is 0. Made where things become numbers: what has this form is differentiated in it, and nothing
 * goes on to b where a is 0.
 */
export const scaled: Operator = {
  name: 'scaled',
  internal: true,
  arity: 2,
  kernel: (a, b) => (a === 0 && !Number.isNaN(b) ? 0 : a * b),
  partials: [(_g, [, b]) => b!, (g, [a]) => g.apply(where, g.apply(unequal, a!, 0), a!, 0)],
  rule: { id: 'product', name: 'product rule', why: 'Each factor passes on the other.', formula: '(u·v)′ = u′·v + u·v′' },
  definition: (g, a, b) => g.mul(a, b),
  normal: (g, a, b) => {
    const c = constantOf(a);
    return c && !isZero(c) ? g.mul(c, b) : undefined;
  },
};
