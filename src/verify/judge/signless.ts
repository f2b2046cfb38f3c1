import { constantOf } from '../../graph/forms.ts';
import type { Node } from '../../graph/node.ts';
import { isInteger } from '../../graph/rational.ts';
import { topological } from '../../graph/traverse.ts';
import { sigmoid } from '../../operators/activation.ts';
import { cosh, sinh } from '../../operators/elementary.ts';
import type { Operator } from '../../operators/operator.ts';
import { exp, pow } from '../../operators/power.ts';
import { cos, sin, tanh } from '../../operators/trigonometric.ts';

/** Quotients of exponentials and nothing else: what holds of them for some numbers holds for all. */
const ANALYTIC: ReadonlySet<Operator> = new Set([exp, tanh, sigmoid, sin, cos, sinh, cosh]);

/**
 * Whether nothing in expressions depends on the signs of numbers, as roots and logarithms do: sums, products, whole powers and
 * functions that exponentials make. What the field finds identical of these is so whatever the signs.
 */
export const isSignless = (nodes: readonly Node[]): boolean =>
  topological(nodes).every((node) => {
    if (node.kind === 'array' || node.kind === 'recurrence') return false;
    if (node.kind !== 'apply') return true;
    if (node.operator !== pow) return ANALYTIC.has(node.operator);
    const exponent = constantOf(node.args[1]!);
    return exponent !== undefined && isInteger(exponent);
  });
