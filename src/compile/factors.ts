import type { Graph } from '../graph/graph.ts';
import { type Contraction, distinct, isEntrywise, type Node } from '../graph/node.ts';
import { isOne } from '../graph/rational.ts';
import { reciprocal } from '../operators/power.ts';

/** Longer products are left as they are. */
const MOST_FACTORS = 12;

/**
 * A quotient in an order in which what it grows to on the way is not far beyond where it begins and ends: x²·e⁻ˣ as
 * (x·e⁻ˣ)·x, 2x/(1 + x²)² as (2x/(1 + x²))/(1 + x²). Squares among the factors are factors for that.
 */
export function balanced(g: Graph, node: Contraction): Node {
  const own = node.factors.length < 2 || node.factors.length > MOST_FACTORS ? undefined : along(node);
  if (!own) return node;
  const factors = node.factors.flatMap((f) => (isPower(f) || isQuotient(f) ? f.factors : [f]));
  if (factors.length < 3 || factors.length > MOST_FACTORS) return node;
  const small = factors.filter(isBounded);
  const large = factors.filter((f) => !isBounded(f));
  if (small.length === 0 || large.length + small.length < 3) return node;
  const order: Node[] = [];
  for (let k = 0; k < Math.max(small.length, large.length); k++) {
    if (large[k]) order.push(large[k]!);
    if (small[k]) order.push(small[k]!);
  }
  return g.contract({ ...node, factors: order, indices: order.map((f) => (f.shape.length === 0 ? [] : own)) });
}

/** The indices that all factors have, but for scalars: what is summed over them is a product entry by entry, too. */
function along({ indices, result }: Contraction): readonly number[] | undefined {
  const own = indices.find((list) => list.length > 0) ?? result;
  return distinct(own) && indices.every((list) => list.length === 0 || list.join() === own.join()) ? own : undefined;
}

/** u·u…, as whole powers are lowered. */
const isPower = (node: Node): node is Contraction =>
  node.kind === 'contraction' &&
  node.factors.length > 1 &&
  isOne(node.coefficient) &&
  node.factors.every((f) => f === node.factors[0]) &&
  isEntrywise(node);

/** A product with a divisor among its factors. */
const isQuotient = (node: Node): node is Contraction =>
  node.kind === 'contraction' &&
  isOne(node.coefficient) &&
  node.factors.length <= MOST_WITHIN &&
  isEntrywise(node) &&
  node.factors.some((f) => f.kind === 'apply' && f.operator === reciprocal);

const MOST_WITHIN = 4;

/** A divisor, or a function with bounds: what keeps others from growing. */
const isBounded = (node: Node): boolean =>
  node.kind === 'apply' && (node.operator === reciprocal || node.operator.range !== undefined);
