import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { HALF, rational } from '../graph/rational.ts';
import { derivativesOf } from './by-number.ts';
import { ABOVE_ZERO } from './caveat.ts';
import { pi } from './constants.ts';
import { dawson, erfc, erfcx } from './error-functions.ts';
import { expOfMinusSquare } from './kernels/accurate.ts';
import * as kernels from './kernels/erf-derivatives.ts';
import type { Operator } from './operator.ts';
import { divide, exp, log, power, sqrt } from './power.ts';

/**
 * The derivatives of erfcx and of Dawson's integral as functions of their own: by their recurrences they would be
 * differences of nearly equal terms.
 */

/** A function y with y⁽ⁿ⁺¹⁾ = sign·2x·y⁽ⁿ⁾ + sign·2n·y⁽ⁿ⁻¹⁾ for n ≥ 1, and y′ = sign·2x·y + constant. */
interface Family {
  readonly base: Operator;
  readonly kernel: (n: number, x: number) => number;
  readonly sign: 1 | -1;
  readonly constant: (g: Graph) => Node;
}

function family({ base, kernel, sign, constant }: Family): (order: number) => Operator {
  const recurrence = (g: Graph, x: Node, n: number): Node => {
    let [before, now] = [g.constant(0, x.shape), g.apply(base, x)];
    for (let k = 0; k < n; k++) {
      const next = g.mul(2 * sign, g.sum(g.mul(x, now), g.mul(k, before)));
      [before, now] = [now, k === 0 ? g.sum(next, constant(g)) : next];
    }
    return now;
  };
  return derivativesOf(base, (n, of) => ({
    arity: 1,
    kernel: (x) => kernel(n, x),
    partials: [(g, [x]) => g.apply(of(n + 1), x!)],
    definition: (g, x) => recurrence(g, x, n),
  }));
}

export const erfcxDerivative = family({
  base: erfcx,
  kernel: kernels.erfcxDerived,
  sign: 1,
  constant: (g) => g.mul(-2, power(g, g.apply(pi), HALF.neg())),
});

export const dawsonDerivative = family({ base: dawson, kernel: kernels.dawsonDerived, sign: -1, constant: (g) => g.constant(1) });

const quotient = (g: Graph, x: Node): Node =>
  divide(g, g.mul(2, g.apply(exp, g.neg(power(g, x, 2)))), g.mul(sqrt(g, g.apply(pi)), g.apply(erfc, x)));

const rule = {
  id: 'erfc',
  name: 'complementary error function',
  why: 'The exponential in the slope of log erfc is the one in its value.',
  formula: '(log erfc u)′ = −2/√π·e^(−u²)/erfc u',
};

/** The slope of −log erfc, h; its own is h·(h − 2u). */
export const mills: Operator = {
  name: 'mills',
  internal: true,
  arity: 1,
  range: ABOVE_ZERO,
  kernel: kernels.mills,
  partials: [(g, [x]) => g.apply(millsSlope, x!)],
  rule,
  definition: quotient,
};

/** h·(h − 2u), 0 where h is. */
const millsSlope: Operator = {
  name: 'mills-slope',
  internal: true,
  arity: 1,
  kernel: kernels.millsSlope,
  partials: [(g, [x], y) => g.sum(g.mul(y, g.apply(millsExcess, x!)), g.mul(g.apply(mills, x!), g.sub(y, 2)))],
  rule,
  definition: (g, x) => g.mul(quotient(g, x), g.sub(quotient(g, x), g.mul(2, x))),
};

/** h − 2u, which is 1/u + … far out. */
const millsExcess: Operator = {
  name: 'mills-excess',
  internal: true,
  arity: 1,
  kernel: kernels.millsExcess,
  partials: [(g, [x]) => g.sub(g.apply(millsSlope, x!), 2)],
  rule,
  definition: (g, x) => g.sub(quotient(g, x), g.mul(2, x)),
};

/** log erfc u, far out by e^(u²)·erfc u, and by erf u where that is small. */
export const logerfc: Operator = {
  name: 'logerfc',
  internal: true,
  arity: 1,
  kernel: kernels.logErfc,
  partials: [(g, [x]) => g.neg(g.apply(mills, x!))],
  rule,
  definition: (g, x) => g.apply(log, g.apply(erfc, x)),
};

/** log erfcx u = log erfc u + u². */
export const logerfcx: Operator = {
  name: 'logerfcx',
  internal: true,
  arity: 1,
  kernel: kernels.logErfcx,
  partials: [(g, [x]) => g.neg(g.apply(millsExcess, x!))],
  rule,
  definition: (g, x) => g.apply(log, g.apply(erfcx, x)),
};

/** e^(−u²/n), whose exponent's rounding would count u² times. */
export const bell = (n: 1 | 2): Operator => ({
  name: `bell-${n}`,
  internal: true,
  arity: 1,
  kernel: (x) => expOfMinusSquare(x, n),
  partials: [(g, [x], y) => g.mul(n === 1 ? -2 : -1, x!, y)],
  rule: { id: 'exp', name: 'exponential', why: 'The exponential is its own derivative.', formula: '(e^(−u²))′ = −2u·e^(−u²)' },
  range: ABOVE_ZERO,
  definition: (g, x) => g.apply(exp, g.scale(rational(n).inverse().neg(), power(g, x, 2))),
});

export const errorForms: readonly Operator[] = [
  ...[0, 1].flatMap((n) => [erfcxDerivative(n), dawsonDerivative(n)]),
  erfcxDerivative(2),
  ...[mills, millsSlope, millsExcess, logerfc, logerfcx, bell(1), bell(2)],
];
