import type { Node } from '../graph/node.ts';
import { polynomial, polynomialText } from './kernels/accurate.ts';
import type { Operator } from './operator.ts';

/** Bits of the leading coefficient beyond which a term is nothing. */
const LAST_BIT = 2 ** -57;
/** The terms may not cancel the leading one. */
const MOST_OF_LEADING = 0.75;
const LEAST_RADIUS = 1e-3;
const MOST_RADIUS = 2;
const RULE = { id: 'series', name: 'power series', why: 'Near 0 it is the same value by its power series.' };

/**
 * The operator of (x, y) that is y, but for small |x| the value of the power series xᵛ·(c₀ + c₁x + …), which y is meant
 * to be: where the formula of y breaks down at 0. Undefined if the series is of no use.
 */
export function seriesNearZero(v: number, coefficients: readonly number[]): Operator | undefined {
  const radius = radiusOf(coefficients);
  if (!(radius >= LEAST_RADIUS)) return undefined;
  const needed = trimmed(coefficients, radius);
  const even = needed.every((c, k) => k % 2 === 0 || c === 0);
  const c = even ? needed.filter((_, k) => k % 2 === 0) : needed;
  return {
    name: `series[${v}](${needed.join()})`,
    internal: true,
    family: { name: 'series', told: [radius, v, even ? 2 : 1, c] },
    arity: 2,
    kernel: (x, y) => (Math.abs(x) < radius ? x ** v * polynomial(even ? x * x : x, c) : y),
    program: `x, y: where(abs(x) < ${radius}, ${v === 0 ? '' : `x^(${v})*`}(${polynomialText(even ? 'x*x' : 'x', c)}), y)`,
    partials: [(g, [x]) => g.constant(0, x!.shape), (g, [x]) => g.constant(1, x!.shape)],
    rule: RULE,
    definition: (_, _x, y) => y,
  };
}

/** Whether a node is a formula that has its series beside it. */
export const hasSeries = (node: Node): boolean => node.kind === 'apply' && node.operator.rule?.id === RULE.id;

/** Up to where the terms that are left out are below the last bit. */
function radiusOf(c: readonly number[]): number {
  let radius = MOST_RADIUS;
  const first = Math.abs(c[0]!);
  for (let k = c.length - TAIL; k < c.length; k++)
    if (c[k] !== 0) radius = Math.min(radius, ((LAST_BIT * first) / Math.abs(c[k]!)) ** (1 / k));
  const rest = (t: number): number => c.reduce((sum, x, k) => (k === 0 ? sum : sum + Math.abs(x) * t ** k), 0);
  while (radius > LEAST_RADIUS && rest(radius) > MOST_OF_LEADING * first) radius *= 0.9;
  return radius;
}

/** The last coefficients tell how fast all of them fall. */
const TAIL = 6;

function trimmed(c: readonly number[], radius: number): number[] {
  let last = c.length - 1;
  while (last > 0 && Math.abs(c[last]!) * radius ** last < (LAST_BIT / 8) * Math.abs(c[0]!)) last--;
  return c.slice(0, last + 1);
}
