import { termsOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import { isTest } from '../graph/linear.ts';
import { mapGraph } from '../graph/map.ts';
import { type Contraction, distinct, type Node, type Sum, UNIT } from '../graph/node.ts';
import { type Placed, placedTerm } from '../graph/placed.ts';
import { shorten } from './rational/index.ts';
import { type Weights, weight } from './weight.ts';

/**
 * Arrays that are written entry by entry. What stands at one place is made short together, as any scalar:
 * (x + y)·[i = 1] + x·[i = 1] is 2x·[i = 1] + y·[i = 1]; and what is in front of a column goes into it where that is one
 * of several: c·(x·[i = 1] + y·[i = 2]) + z·[i = 3].
 */
export const atTheirPlaces = (g: Graph, roots: readonly Node[]): Node[] =>
  mapGraph(g, roots, (node) => {
    if (node.shape.length === 0) return node;
    if (node.kind === 'sum') return gathered(g, node);
    const terms = node.kind === 'contraction' && scalarWeight(node) <= SHORT ? spread(g, node) : [node];
    return terms.length === 1 ? node : g.add(terms);
  });

/** In front of a column that is alone only what is short goes into it: exp(x·y)·[y; x] stays. */
const SHORT = 8;

function scalarWeight({ factors }: Contraction): number {
  const weights: Weights = new Map();
  return factors.reduce((total, f) => total + (f.shape.length === 0 ? weight(f, weights) : 0), 0);
}

const MOST_TERMS = 32;

/** Whether a term stands at one place, or is a sum of such. */
export const isPlaced = (node: Node): boolean =>
  node.kind === 'sum' ? node.terms.length <= MOST_TERMS && node.terms.every(isPlaced) : placedTerm(node) !== undefined;

function gathered(g: Graph, sum: Sum): Node {
  const places = new Map<number, Placed[]>();
  const others: Node[] = [];
  for (const term of sum.terms.flatMap((t) => spread(g, t))) {
    const placed = placedTerm(term);
    if (!placed) others.push(term);
    else places.set(placed.place, [...(places.get(placed.place) ?? []), placed]);
  }
  const lists = [...places.values()];
  const entries = lists.map((list) => g.add(list.map(({ entry }) => made(g, entry))));
  const short = entries.map((entry, k) =>
    entry.shape.length > 0 ? atTheirPlaces(g, [entry])[0]! : lists[k]!.length > 1 ? shorten(g, [entry])[0]! : entry,
  );
  const terms = short.flatMap((entry, k) => termsOf(entry).map((term) => back(g, sum, lists[k]![0]!, term)));
  return g.add([...others, ...terms]);
}

/** The entry at its place again. */
function back(g: Graph, { shape }: Sum, { test }: Placed, entry: Node): Node {
  const result = shape.map((size, axis) => (size === 1 ? UNIT : axis));
  const factors = [made(g, entry), test];
  return g.contract(
    { factors, indices: [result.slice(1), result.slice(0, 1)], result, sizes: shape },
    (inner) => inner === factors[0],
  );
}

const made = (g: Graph, entry: Node): Node => (entry.kind === 'contraction' ? g.contract(entry) : entry);

/** c·(u + v) as c·u, c·v, where u and v are entries at their places and c is scalars, or a place on another axis. */
function spread(g: Graph, term: Node): readonly Node[] {
  if (term.kind !== 'contraction' || term.factors.length > MOST_TERMS) return [term];
  const { factors, indices, result } = term;
  const at = factors.findIndex((f, k) => f.kind === 'sum' && isPlaced(f) && indices[k]!.every((i) => result.includes(i)));
  const isInFront = (k: number): boolean =>
    k === at || indices[k]!.every((i) => !result.includes(i)) || (isTest(factors[k]!) && indices[k]!.length === 1);
  if (at < 0 || !factors.every((_, k) => isInFront(k)) || !distinct(result)) return [term];
  return termsOf(factors[at]!).flatMap((inner) =>
    spread(
      g,
      g.contract({ ...term, factors: factors.with(at, inner) }, (f) => f === inner),
    ),
  );
}
