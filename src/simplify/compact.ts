import type { Dim } from '../graph/dimension.ts';
import { axes, constantOf, isZeroNode } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import { mapGraph, rebuild } from '../graph/map.ts';
import { type Apply, type Contraction, distinct, type Node, type Sum, UNIT } from '../graph/node.ts';
import { toNumber } from '../graph/rational.ts';
import { topological } from '../graph/traverse.ts';
import { where } from '../operators/comparison.ts';

/**
 * A node that is 0 wherever two of its axes differ, without these zeros: axis k of the node is axis `places[k]` of
 * `node`, and axes of one place are tied. The diagonal matrix diag(v) is v with the places [0, 0].
 */
export interface Compact {
  readonly node: Node;
  readonly places: readonly number[];
}

/**
 * Nodes without the zeros that their structure tells. An index that a product has twice ties the axes that carry it,
 * also through factors; what is tied in all terms is tied in their sum; a function that keeps zeros keeps ties. One pass
 * from the leaves up, linear in the graph, and nothing that it makes is larger than what was there.
 */
export function compact(g: Graph, roots: readonly Node[]): Compact[] {
  const done = new Map<Node, Compact>();
  const of = (node: Node): Compact => done.get(node)!;
  for (const node of topological(roots, (n) => n.kind === 'recurrence')) done.set(node, compacted(node));
  return roots.map(of);

  function compacted(node: Node): Compact {
    switch (node.kind) {
      case 'contraction':
        return compactContraction(g, node, of);
      case 'sum':
        return compactEntrywise(g, node, node.terms, node.terms, of) ?? whole(node);
      case 'apply':
        return compactEntrywise(g, node, node.args, keepers(node, of), of) ?? whole(node);
      case 'definition':
        return isTied(of(node.value)) ? of(node.value) : loose(node);
      case 'array':
        return whole(node);
      default:
        return loose(node);
    }
  }

  function whole(node: Node): Compact {
    return loose(rebuild(g, node, (part) => spread(g, of(part))));
  }
}

/** The dense form: a view of the compact one. */
export function spread(g: Graph, { node, places }: Compact): Node {
  const { result, sizes } = axes(node.shape);
  return g.contract({ factors: [node], indices: [result], result: places.map((p) => result[p]!), sizes });
}

/** A node whose zeros are views of what is not zero. */
export const compactView = (g: Graph, node: Node): Node => spread(g, compact(g, [node])[0]!);

/** More terms than this stay together. */
const FEW_TERMS = 8;

/**
 * A product with a sum, each term of which has ties of its own, as a sum of products: a tie saves a sum over an index, and
 * the sum of (δᵢₖ·x + δⱼₖ·y)·z over k is x·z + y·z. Derivatives of products of one matrix with itself are such sums.
 */
export function distributeTies(g: Graph, root: Node): Node {
  const apart = (node: Node): node is Sum =>
    node.kind === 'sum' &&
    node.terms.length <= FEW_TERMS &&
    node.terms.every((t) => t.kind === 'contraction' && !distinct(t.result));
  return mapGraph(g, [root], (node) => {
    if (node.kind !== 'contraction') return node;
    const at = node.factors.findIndex(apart);
    if (at < 0) return node;
    const products = (node.factors[at] as Sum).terms.map((term) =>
      g.contract({
        ...node,
        factors: node.factors.map((f, k) => (k === at ? withoutTies(g, term) : f)),
        sizes: node.sizes,
      }),
    );
    return g.add(products);
  })[0]!;
}

/** A view of the part that is not told by repeated axes. */
const withoutTies = (g: Graph, node: Node): Node =>
  node.kind === 'contraction' ? spread(g, compactContraction(g, node, loose)) : node;

const loose = (node: Node): Compact => ({ node, places: node.shape.map((_, axis) => axis) });

export const isTied = ({ node, places }: Compact): boolean => places.length > node.shape.length;

/** Axes of one key are tied; axes of length 1 never are. */
function placesOf(keys: readonly (string | number)[]): number[] {
  const known = new Map<string | number, number>();
  let next = 0;
  return keys.map((key) => {
    if (key === UNIT) return next++;
    const place = known.get(key) ?? next++;
    known.set(key, place);
    return place;
  });
}

/** The first axis of each place. */
const firsts = (places: readonly number[]): number[] => places.flatMap((p, axis) => (places.indexOf(p) === axis ? [axis] : []));

function compactContraction(g: Graph, node: Contraction, of: (node: Node) => Compact): Compact {
  const parent = node.sizes.map((_, i) => i);
  const find = (i: number): number => {
    let at = i;
    while (at !== UNIT && parent[at] !== at) at = parent[at]!;
    return at;
  };
  let same = true;
  node.factors.forEach((factor, k) => {
    const { node: inner, places } = of(factor);
    if (inner !== factor) same = false;
    const own = node.indices[k]!;
    own.forEach((i, axis) => {
      const [a, b] = [find(own[places.indexOf(places[axis]!)]!), find(i)];
      if (a === b) return;
      // The better known length stays.
      if (typeof node.sizes[b] === 'number') parent[a] = b;
      else parent[b] = a;
    });
  });
  const tied = node.result.map(find);
  const places = placesOf(tied);
  const kept = firsts(places).map((axis) => tied[axis]!);
  if (same && kept.length === tied.length) return loose(node);
  const sizes = new Map<number, Dim>();
  node.sizes.forEach((_, i) => {
    sizes.set(find(i), node.sizes[find(i)]!);
  });
  const indices = node.factors.map((factor, k) => firsts(of(factor).places).map((axis) => find(node.indices[k]![axis]!)));
  const factors = node.factors.map((factor) => of(factor).node);
  return { node: g.contract({ coefficient: node.coefficient, factors, indices, result: kept, sizes }), places };
}

/** @param keepers the parts that make the node 0 where all of them are; undefined if there are none */
function compactEntrywise(
  g: Graph,
  node: Sum | Apply,
  parts: readonly Node[],
  keepers: readonly Node[] | undefined,
  of: (node: Node) => Compact,
): Compact | undefined {
  const told = keepers?.filter((part) => !isZeroNode(part)).map(of);
  if (!told || told.length === 0 || !told.every(isTied)) return undefined;
  const places = placesOf(node.shape.map((size, axis) => (size === 1 ? UNIT : told.map((c) => c.places[axis]).join())));
  const kept = firsts(places);
  if (kept.length === places.length) return undefined;
  const reduced = parts.map((part) =>
    alongTies(g, keepers!.includes(part) ? of(part) : loose(spread(g, of(part))), kept, places),
  );
  return { node: node.kind === 'sum' ? g.add(reduced) : g.apply(node.operator, ...reduced), places };
}

/** The entries where the tied axes agree. */
function alongTies(g: Graph, part: Compact, kept: readonly number[], places: readonly number[]): Node {
  // Axes tied in the part or by the others carry one index.
  const index = new Map<number, number>();
  part.places.forEach((own, axis) => {
    if (!index.has(own)) index.set(own, places[axis]!);
  });
  const sizes = new Map<number, Dim>();
  const { shape } = part.node;
  const label = (own: number): number => (shape[own] === 1 ? UNIT : index.get(own)!);
  shape.forEach((size, own) => {
    if (size !== 1) sizes.set(label(own), size);
  });
  return g.contract({
    factors: [part.node],
    indices: [shape.map((_, own) => label(own))],
    result: kept.map((axis) => label(part.places[axis]!)),
    sizes,
  });
}

/** The arguments of a function that is 0 where they are; a choice is 0 where both of its branches are. */
function keepers({ operator, args }: Apply, of: (node: Node) => Compact): readonly Node[] | undefined {
  if (operator === where) return args.slice(1);
  const fixed = args.map((a) => (isTied(of(a)) ? 0 : constantOf(a)));
  if (fixed.includes(undefined) || operator.kernel(...fixed.map((x) => (typeof x === 'number' ? x : toNumber(x!)))) !== 0)
    return undefined;
  return args.filter((a) => isTied(of(a)));
}
