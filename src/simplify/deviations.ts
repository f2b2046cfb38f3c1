import type { Dim } from '../graph/dimension.ts';
import { isZeroNode } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import { type Contraction, type Node, type Sum, UNIT } from '../graph/node.ts';
import { isFlatAlong } from '../graph/stretching.ts';
import type { Witness } from './known-sums.ts';
import { settle } from './normal.ts';
import { bare } from './rule.ts';

/** More terms than this have no mean among them that anyone took. */
const MOST_TERMS = 4;
/** How many sums within sums are looked into for terms that vanish: each would double the work. */
const MOST_SUMS = 2;
/** How many products a mean is looked for in: the mean of columns is turned twice. */
const DEEPEST = 4;

/**
 * Σ (x − mean x)·c is 0: a sum of differences in which something does not vary along the index summed over, if the sums
 * of its terms cancel. The mean may have a name, as μ in Σ (x − μ).
 * @param witness is told of the differences, and of the axis along which they add up to 0
 */
export function withoutDeviations(g: Graph, node: Contraction, witness?: Witness, deep = MOST_SUMS): Node {
  for (const [at, named] of node.factors.entries()) {
    if (!node.indices[at]!.some((i) => i !== UNIT && !node.result.includes(i))) continue;
    if (named.kind === 'contraction' && deep > 0 && vanishesWith(g, node, named, witness, deep - 1))
      return g.constant(0, node.shape);
    // u = x − mean x has its sum by its name too.
    const factor = bare(named);
    if (factor.kind !== 'sum' || factor.terms.length > MOST_TERMS) continue;
    const fewer = named.kind === 'sum' && deep > 0 ? withoutTerms(g, node, at, named, witness, deep - 1) : undefined;
    if (fewer) return fewer;
    const axis = meanAxis(node, at, factor);
    if (axis < 0) continue;
    const others = factor.terms.filter((term) => !isFlatAlong(term, axis));
    const terms = factor.terms.map((term) => {
      const own = others.includes(term) ? term : withoutNames(g, term, others);
      const product = g.contract({ ...node, factors: node.factors.with(at, own), sizes: node.sizes }, () => true);
      return settle(g, product, () => true, false);
    });
    const total = g.add(terms);
    if (!isZeroNode(total)) continue;
    witness?.({ node: named, axes: [axis], says: 'deviations' });
    return total;
  }
  return node;
}

/** Σ 2·(x − μ)/n where 2·(x − μ)/n is a product of its own, as it is used elsewhere too. */
function vanishesWith(g: Graph, node: Contraction, product: Contraction, witness: Witness | undefined, deep: number): boolean {
  if (!product.factors.some((f) => bare(f).kind === 'sum')) return false;
  const opened = g.contract(node, (inner) => inner === product);
  return opened.kind === 'contraction' && isZeroNode(withoutDeviations(g, opened, witness, deep));
}

/** Σ (a·(x − μ) + b) is Σ b: a term may vanish alone. */
function withoutTerms(
  g: Graph,
  node: Contraction,
  at: number,
  { terms }: Sum,
  witness: Witness | undefined,
  deep: number,
): Node | undefined {
  const kept = terms.filter((term) => {
    if (term.kind !== 'contraction' || !term.factors.some((f) => bare(f).kind === 'sum')) return true;
    const product = g.contract({ ...node, factors: node.factors.with(at, term) }, (inner) => inner === term);
    return product.kind !== 'contraction' || !isZeroNode(withoutDeviations(g, product, witness, deep));
  });
  if (kept.length === terms.length) return undefined;
  if (kept.length === 0) return g.constant(0, node.shape);
  const left = g.contract({ ...node, factors: node.factors.with(at, g.add(kept)) }, () => true);
  return left.kind === 'contraction' ? withoutDeviations(g, left, witness, deep) : left;
}

/** An axis that is summed, along which a mean is taken off; −1 if there is none. */
const meanAxis = (node: Contraction, at: number, { terms }: Sum): number =>
  node.indices[at]!.findIndex((i, axis) => i !== UNIT && !node.result.includes(i) && hasMeanAlong(terms, axis, node.sizes[i]!));

/** x − mean x along one of its axes, as far as the form tells. */
export const isDeviation = (node: Node): node is Sum =>
  node.kind === 'sum' &&
  node.terms.length <= MOST_TERMS &&
  node.shape.some((size, axis) => size !== 1 && hasMeanAlong(node.terms, axis, size));

/** Whether some of the terms have an axis and others, sums over as many, do not. */
function hasMeanAlong(terms: readonly Node[], axis: number, size: Dim): boolean {
  const flat = terms.filter((term) => isFlatAlong(term, axis));
  return flat.length > 0 && flat.length < terms.length && flat.some((term) => sums(term, size));
}

/** A mean is a sum over as many entries, perhaps by name, among the factors of a product. */
function sums(term: Node, size: Dim, depth = DEEPEST): boolean {
  const whole = bare(term);
  if (whole.kind !== 'contraction' || depth === 0) return false;
  const isOwn = whole.sizes.some((length, i) => length === size && !whole.result.includes(i));
  return isOwn || whole.factors.some((factor) => sums(factor, size, depth - 1));
}

/** A product with what its names stand for, but for those of which the mean is taken. */
function withoutNames(g: Graph, term: Node, others: readonly Node[]): Node {
  const cores = new Set(others.flatMap((other) => (other.kind === 'contraction' ? other.factors : [other])));
  let current = term;
  for (let depth = 0; depth < DEEPEST; depth++) {
    if (current.kind !== 'contraction') return current;
    const factors = current.factors.map((f) => (f.kind === 'definition' && !cores.has(f) ? f.value : f));
    if (factors.every((f, k) => current.kind === 'contraction' && f === current.factors[k])) return current;
    current = g.contract({ ...current, factors }, () => true);
  }
  return current;
}
