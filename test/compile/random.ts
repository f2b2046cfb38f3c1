import type { Dim } from '../../src/graph/dimension.ts';
import { Graph } from '../../src/graph/graph.ts';
import { type Node, UNIT } from '../../src/graph/node.ts';
import { rational } from '../../src/graph/rational.ts';
import { operators } from '../../src/operators/index.ts';

/** A reproducible stream of numbers below 1. */
export function stream(seed: number): () => number {
  let state = (seed * 2654435761 + 12345) % 2147483647 || 1;
  const next = () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
  for (let k = 0; k < 8; k++) next();
  return next;
}

const DIMS: readonly Dim[] = [1, 2, 3, 5, 'n', 'm'];
export const SIZES: ReadonlyMap<string, number> = new Map([
  ['n', 4],
  ['m', 7],
]);

/**
 * A random expression graph of every kind of node, with ranks up to 4; every node of it may be a root.
 * @param graph where several go into one, with names of their own
 */
export function randomGraph(seed: number, steps = 12, graph = new Graph(), prefix = ''): { graph: Graph; nodes: Node[] } {
  const next = stream(seed);
  const integer = (below: number) => Math.floor(next() * below);
  const pick = <T>(items: readonly T[]): T => items[integer(items.length)]!;
  const nodes: Node[] = Array.from({ length: 4 }, (_, k) => {
    const rank = pick([0, 1, 2, 2, 2, 3]);
    return graph.variable(
      `${prefix}v${k}`,
      Array.from({ length: rank }, () => pick(DIMS)),
    );
  });
  nodes.push(graph.size('m'), graph.constant(rational(-3), ['n']));

  const contraction = (): Node => {
    const factors = Array.from({ length: pick([1, 1, 2, 2, 2, 3, 3]) }, () => pick(nodes));
    const sizes = new Map<number, Dim>();
    const free: number[] = [];
    const indices = factors.map((factor) =>
      factor.shape.map((dim) => {
        if (dim === 1) return UNIT;
        const same = free.filter((i) => sizes.get(i) === dim);
        if (same.length > 0 && next() < 0.7) return pick(same);
        const index = sizes.size;
        sizes.set(index, dim);
        free.push(index);
        return index;
      }),
    );
    // Index arithmetic: an index is what others say, within its bounds or not.
    if (free.length > 0 && next() < 0.35) {
      const parts = [...free, ...(next() < 0.6 ? [sizes.size] : [])].sort(() => next() - 0.5).slice(0, pick([2, 2, 3, 3, 4]));
      if (parts.includes(sizes.size)) {
        free.push(sizes.size);
        sizes.set(sizes.size, pick(DIMS.slice(1)));
      }
      const steps = parts.map((_, k) => (k === 0 ? -1 : pick([1, 1, 1, 2, -1, 3])));
      factors.push(
        graph.selection(
          parts.map((i) => sizes.get(i)!),
          steps,
          integer(4) - 2,
        ),
      );
      indices.push(parts);
    }
    const result: number[] = [];
    let volume = 1;
    for (const i of [...free].sort(() => next() - 0.5)) {
      const size = sizes.get(i)!;
      const extent = typeof size === 'number' ? size : SIZES.get(size)!;
      if (next() < 0.55 && result.length < 4 && volume * extent <= 300) {
        result.push(i);
        volume *= extent;
      }
    }
    if (next() < 0.2 && result.length < 4) {
      const dim = pick(DIMS);
      if (dim === 1) result.push(UNIT);
      else {
        sizes.set(sizes.size, dim);
        result.splice(integer(result.length + 1), 0, sizes.size - 1);
      }
    }
    if (next() < 0.12 && result.length > 0 && result.length < 3) result.push(pick(result));
    if (next() < 0.1) result.push(UNIT);
    const total = [...sizes.values()].reduce<number>((n, d) => n * (typeof d === 'number' ? d : SIZES.get(d)!), 1);
    if (total > 20000) return graph.neg(factors[0]!);
    return graph.contract({ coefficient: pick(COEFFICIENTS), factors, indices, result, sizes });
  };
  const alike = (node: Node) => nodes.filter((other) => other.shape.join() === node.shape.join());
  const apply = (): Node => {
    const operator = pick(operators);
    const first = pick(nodes);
    const args = Array.from({ length: operator.arity }, (_, k) =>
      k === 0 ? first : next() < 0.3 ? pick([2, -1, -2, 3]) : pick(alike(first)),
    );
    return graph.apply(operator, ...args);
  };
  const sum = (): Node => {
    const first = pick(nodes);
    return graph.sum(...Array.from({ length: 1 + integer(3) }, () => pick(alike(first))), first, pick([0, 1, rational('1/2')]));
  };
  for (let k = 0; k < steps; k++) {
    const kind = next();
    const made = kind < 0.45 ? contraction() : kind < 0.75 ? apply() : kind < 0.93 ? sum() : graph.define(`d${k}`, pick(nodes));
    nodes.push(made);
  }
  return { graph, nodes };
}

const COEFFICIENTS = [1, 1, 1, -1, 2, '1/3', '-1/2'].map((q) => rational(q));
