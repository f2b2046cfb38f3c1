import { addDims, type Dim, multiplyDims } from './dimension.ts';
import { axes } from './forms.ts';
import type { Graph } from './graph.ts';
import { type Node, UNIT } from './node.ts';

/** The same entries in other places: contractions that compute nothing, and arrays put together by tests. */

/** Axis k of the result is axis order[k] of x. */
export function permuted(g: Graph, x: Node, order: readonly number[]): Node {
  const { result, sizes } = axes(x.shape);
  return g.contract({ factors: [x], indices: [result], result: order.map((axis) => result[axis]!), sizes });
}

/** The matrix with its last two axes exchanged. */
export function transposed(g: Graph, x: Node): Node {
  const rank = x.shape.length;
  const order = x.shape.map((_, axis) => axis);
  return permuted(g, x, [...order.slice(0, -2), rank - 1, rank - 2]);
}

/** The matrix itself, if the node is one turned round. */
export function turned(x: Node): Node | undefined {
  if (x.kind !== 'contraction' || x.factors.length !== 1 || !x.coefficient.equals(1)) return undefined;
  const [own] = x.indices as [readonly number[]];
  const rank = x.result.length;
  if (own.length !== rank || rank < 2 || own.includes(UNIT)) return undefined;
  const swapped = [...x.result.slice(0, -2), x.result[rank - 1]!, x.result[rank - 2]!];
  return new Set(own).size === rank && own.every((i, k) => i === swapped[k]) ? x.factors[0] : undefined;
}

/** The first axes of x; what is dropped has length 1. */
export function trimmed(g: Graph, x: Node, rank: number): Node {
  return rank === x.shape.length
    ? x
    : permuted(
        g,
        x,
        x.shape.map((_, axis) => axis).filter((axis) => axis < rank),
      );
}

/** Nodes of one shape as the places of a new axis. */
export function stacked(g: Graph, nodes: readonly Node[], at: number): Node {
  const first = nodes[0]!.shape;
  const shape = [...first.slice(0, at), nodes.length, ...first.slice(at)];
  const places = first.map((_, axis) => (axis < at ? axis : axis + 1));
  if (nodes.length === 1) return g.broadcast(nodes[0]!, shape, places);
  return g.add(
    nodes.map((node, k) => {
      const here = g.broadcast(g.selection([nodes.length], [1], -k), shape, [at]);
      return g.mul(here, g.broadcast(node, shape, places));
    }),
  );
}

/** The entries of the first axis without the first ones. */
export function block(g: Graph, x: Node, start: number): Node {
  if (start === 0) return x;
  const [size] = x.shape as [Dim];
  const length = addDims(size, -start);
  const inner = x.shape.length;
  const { result } = axes(x.shape.with(0, length));
  const own = size === 1 ? UNIT : inner;
  return g.contract({
    factors: [x, g.selection([length, size], [1, -1], start)],
    indices: [result.with(0, own), [result[0]!, own]],
    result,
    sizes: [...x.shape.with(0, length), size],
  });
}

/** Nodes one after the other along an axis; their other lengths agree. Each is moved by a test [i − k − start = 0]. */
export function joined(g: Graph, nodes: readonly Node[], at: number): Node {
  if (nodes.length === 1) return nodes[0]!;
  const length = nodes.map((n) => n.shape[at]!).reduce(addDims);
  let start: Dim = 0;
  return g.add(
    nodes.map((node) => {
      const own = node.shape[at]!;
      const shape = node.shape.with(at, length);
      const { result } = axes(shape);
      const inner = own === 1 ? UNIT : node.shape.length;
      const test = g.selection([length, own], [1, -1], multiplyDims(-1, start));
      start = addDims(start, own);
      return g.contract({
        factors: [node, test],
        indices: [result.with(at, inner), [result[at]!, inner]],
        result,
        sizes: [...shape, own],
      });
    }),
  );
}
