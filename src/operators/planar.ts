import { constantOf } from '../graph/forms.ts';
import { isEven, isInteger, isNegative, isOne, isZero, rational } from '../graph/rational.ts';
import { isNonnegative, isNonzero, needsNonzero, ofArgument } from './caveat.ts';
import { atan } from './elementary.ts';
import { nthRoot as nthRootKernel } from './kernels/roots.ts';
import { cbrt, floor } from './logarithmic.ts';
import type { Operator } from './operator.ts';
import { noSlope } from './pattern.ts';
import { divide, power, pseudoinverse, sqrt } from './power.ts';

/** Functions of two arguments: the angle and the length of a vector, the remainder, the root. */

export const hypot: Operator = {
  name: 'hypot',
  arity: 2,
  notation: { latex: '\\operatorname{hypot}' },
  kernel: Math.hypot,
  partials: [0, 1].map((at) => (g, args, y) => g.mul(args[at]!, g.apply(pseudoinverse, y))),
  rule: {
    id: 'hypot',
    name: 'length',
    why: 'Along each side the length grows by the share that the side has in it; at the corner itself the slope is 0.',
    formula: '∂hypot(u, v)/∂u = u/hypot(u, v)',
  },
  domain: (x, y) => x !== 0 || y !== 0,
  caveats: [{ kind: 'kink', condition: (x, y) => `${x} = 0, ${y} = 0`, settled: (x, y) => isNonzero(x) || isNonzero(y) }],
  definition: (g, x, y) => sqrt(g, g.sum(power(g, x, 2), power(g, y, 2))),
};

export const atan2: Operator = {
  name: 'atan2',
  arity: 2,
  notation: { latex: '\\operatorname{atan2}' },
  kernel: Math.atan2,
  partials: [
    (g, [y, x]) => divide(g, x!, g.sum(power(g, x!, 2), power(g, y!, 2))),
    (g, [y, x]) => g.neg(divide(g, y!, g.sum(power(g, x!, 2), power(g, y!, 2)))),
  ],
  rule: {
    id: 'atan2',
    name: 'angle',
    why: 'It is the angle of the point (u, v): a step across turns it by one over the distance.',
    formula: '∂atan2(v, u)/∂v = u/(u² + v²), ∂/∂u = −v/(u² + v²)',
  },
  domain: (y, x) => y !== 0 || x > 0,
  caveats: [{ kind: 'jump', condition: (y, x) => `${y} = 0, ${x} < 0`, settled: (y, x) => isNonzero(y) || isNonnegative(x) }],
  // Half the angle, from the point where the circle meets the axis on the left.
  definition: (g, y, x) => g.mul(2, g.apply(atan, divide(g, y, g.sum(x, sqrt(g, g.sum(power(g, x, 2), power(g, y, 2))))))),
};

export const mod: Operator = {
  name: 'mod',
  arity: 2,
  notation: { latex: '\\operatorname{mod}' },
  // The remainder of the division rounded down: it has the sign of the divisor, and % is exact.
  kernel: (x, y) => {
    const r = x % y;
    return r !== 0 && r < 0 !== y < 0 ? r + y : r;
  },
  partials: [(g, [x]) => g.constant(1, x!.shape), (g, [x, y]) => g.neg(g.apply(floor, divide(g, x!, y!)))],
  rule: {
    id: 'mod',
    name: 'remainder',
    why: 'It is u − v·⌊u/v⌋, and the rounded quotient is constant between its jumps.',
    formula: '∂mod(u, v)/∂u = 1, ∂/∂v = −⌊u/v⌋',
  },
  domain: (x, y) => y !== 0 && !Number.isInteger(x / y),
  caveats: [ofArgument(1, needsNonzero), { kind: 'jump', condition: (x, y) => `${x}/${y} ∈ ℤ` }],
  definition: (g, x, y) => g.sub(x, g.mul(y, g.apply(floor, divide(g, x, y)))),
};

export const nthRoot: Operator = {
  name: 'nthRoot',
  arity: 2,
  defaults: [2],
  orders: [1],
  notation: { latex: '\\operatorname{nthRoot}', form: { latex: { 1: '\\sqrt[2]{$1}', 2: '\\sqrt[$2]{$1}' } } },
  kernel: nthRootKernel,
  partials: [(g, [, n], y) => divide(g, power(g, y, g.sub(1, n!)), n!), noSlope('nthRoot')],
  rule: {
    id: 'nth-root',
    name: 'root',
    why: 'A root is the power 1/n; for an odd n of negative numbers too.',
    formula: '(ⁿ√u)′ = 1/(n·(ⁿ√u)ⁿ⁻¹)',
  },
  domain: (x, n) => Number.isInteger(n) && n !== 0 && (x > 0 || (x < 0 && n % 2 !== 0)),
  // Even roots are powers; a cube root has a name of its own.
  normal: (g, x, order) => {
    const n = constantOf(order);
    if (!n || !isInteger(n) || isZero(n)) return undefined;
    if (isOne(n)) return x;
    if (isEven(n)) return power(g, x, n.inverse());
    if (isNegative(n)) return power(g, g.apply(nthRoot, x, n.neg()), -1);
    return n.equals(rational(3)) ? g.apply(cbrt, x) : undefined;
  },
};

export const planar: readonly Operator[] = [hypot, atan2, mod, nthRoot];
