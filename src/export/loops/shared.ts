import type { Graph } from '../../graph/graph.ts';
import { rebuild } from '../../graph/map.ts';
import { type Contraction, distinct, type Node, UNIT } from '../../graph/node.ts';
import { isOne } from '../../graph/rational.ts';
import { topological, useCounts } from '../../graph/traverse.ts';

/** Factors entry by entry, without their names. */
interface Product {
  readonly factors: readonly Node[];
}

/** A factor within a step, and what it is worth over all times. */
interface Part {
  readonly factor: Node;
  readonly value: Node;
  readonly indices: readonly number[];
}

/** Ways to put the same factors together are few; of more than these the first do. */
const MOST_TRIED = 4;

const bag = (nodes: readonly Node[]): Map<Node, number> => {
  const found = new Map<Node, number>();
  for (const node of nodes) found.set(node, (found.get(node) ?? 0) + 1);
  return found;
};

/**
 * Products entry by entry that have a name, or are used again. Where a step multiplies the same by more, it does so by way
 * of them: δo ⊙ o ⊙ (1 − o), which the gradients need too, and then ·W.
 */
export class SharedProducts {
  private readonly byFactor = new Map<Node, Product[]>();

  /** @param bare a node without the names within it */
  constructor(order: Node[], bare: (node: Node) => Node) {
    const uses = useCounts([], order);
    const named = new Set(order.map((node) => (node.kind === 'definition' ? node.value : undefined)));
    for (const node of order) {
      if (node.kind !== 'contraction' || !isEntrywise(node)) continue;
      if (!named.has(node) && (uses.get(node) ?? 0) < 2) continue;
      const product = { factors: node.factors.map(bare) };
      for (const factor of new Set(product.factors)) this.byFactor.set(factor, [...(this.byFactor.get(factor) ?? []), product]);
    }
  }

  /**
   * Steps in which these products stand by themselves.
   * @param bare what a node of the steps is worth over all times
   */
  within(g: Graph, steps: readonly Node[], bare: (node: Node) => Node): Node[] {
    if (this.byFactor.size === 0) return [...steps];
    const done = new Map<Node, Node>();
    for (const node of topological(steps)) {
      const made = rebuild(g, node, (part) => done.get(part)!);
      done.set(node, node.kind === 'contraction' && made.kind === 'contraction' ? this.grouped(g, node, made, bare) : made);
    }
    return steps.map((step) => done.get(step)!);
  }

  private grouped(g: Graph, node: Contraction, made: Contraction, bare: (node: Node) => Node): Node {
    // Where the parts have become others, they may have been merged.
    if (made.factors.length !== node.factors.length || isEntrywise(node)) return made;
    const parts = this.reduced(
      g,
      made.factors.map((factor, k) => ({ factor, value: bare(node.factors[k]!), indices: made.indices[k]! })),
    );
    if (parts.length === made.factors.length) return made;
    return g.contract({
      ...made,
      factors: parts.map(({ factor }) => factor),
      indices: parts.map(({ indices }) => indices),
      sizes: new Map(made.sizes.entries()),
    });
  }

  /** The fewest factors that these can be told by. */
  private reduced(g: Graph, parts: readonly Part[]): readonly Part[] {
    let best = parts;
    for (const [indices, along] of byIndices(parts)) {
      for (const product of this.productsIn(along)) {
        const wanted = bag(product.factors);
        const taken = along.filter(({ value }) => {
          const left = wanted.get(value) ?? 0;
          wanted.set(value, left - 1);
          return left > 0;
        });
        const made = { factor: multiplied(g, taken, 'factor'), value: multiplied(g, taken, 'value'), indices };
        const rest = this.reduced(g, [...parts.filter((part) => !taken.includes(part)), made]);
        if (rest.length < best.length) best = rest;
      }
    }
    return best;
  }

  private productsIn(parts: readonly Part[]): Product[] {
    const there = bag(parts.map(({ value }) => value));
    const found = [...there.keys()].flatMap((value) => this.byFactor.get(value) ?? []);
    return [...new Set(found)]
      .filter(({ factors }) => [...bag(factors)].every(([factor, count]) => (there.get(factor) ?? 0) >= count))
      .slice(0, MOST_TRIED);
  }
}

/** The factors that have the same indices, at least two. */
function byIndices(parts: readonly Part[]): [readonly number[], Part[]][] {
  const groups = new Map<string, Part[]>();
  for (const part of parts) {
    const { indices } = part;
    if (indices.length === 0 || !distinct(indices) || indices.includes(UNIT)) continue;
    const key = indices.join();
    groups.set(key, [...(groups.get(key) ?? []), part]);
  }
  return [...groups.values()].filter((group) => group.length > 1).map((group) => [group[0]!.indices, group]);
}

function multiplied(g: Graph, parts: readonly Part[], what: 'factor' | 'value'): Node {
  const { shape } = parts[0]!.factor;
  const own = shape.map((_, axis) => axis);
  return g.contract({ factors: parts.map((part) => part[what]), indices: parts.map(() => own), result: own, sizes: shape });
}

/** Whether each entry is the product of the factors' entries at its place. */
const isEntrywise = ({ coefficient, factors, indices, result }: Contraction): boolean =>
  factors.length > 1 &&
  isOne(coefficient) &&
  distinct(result) &&
  result.length > 0 &&
  indices.every((own) => own.length === result.length && own.every((i, k) => i === result[k]));
