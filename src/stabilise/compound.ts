import { constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { isOne, isZero } from '../graph/rational.ts';
import { unequal, where } from '../operators/comparison.ts';
import { log1p } from '../operators/logarithmic.ts';
import { pow, powerOfLog } from '../operators/power.ts';
import { scaled } from '../operators/scaled.ts';
import { compound } from '../operators/stable.ts';
import { argsOf } from '../simplify/rule.ts';
import { besideOne } from './term.ts';

/**
 * (1 + u)ᵖ for a p that may be large, as for compound interest, and what comes of it by p. A number as exponent is never so large that
 * what 1 + u loses counts. The last form of a power: rules know it as one.
 */
export function compounded(g: Graph, node: Node): Node {
  const [x, p, order] = argsOf(node, pow) ?? argsOf(node, powerOfLog) ?? [];
  const u = x && p && !constantOf(p) ? besideOne(x) : undefined;
  const k = order && constantOf(order);
  if (!u || (k && !isZero(k) && !isOne(k))) return node;
  const power = g.apply(compound, u, p!);
  // At 0⁰ it is 0, as that of a power.
  return k && isOne(k) ? g.apply(scaled, power, g.apply(where, g.apply(unequal, u, -1), g.apply(log1p, u), 0)) : power;
}

/** Whether a node is a power by what is no number. */
export const isPowerByVariable = (node: Node): boolean =>
  node.kind === 'apply' && (node.operator === pow || node.operator === powerOfLog) && !constantOf(node.args[1]!);
