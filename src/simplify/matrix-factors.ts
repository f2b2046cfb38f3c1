import { isZeroNode } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import { type Contraction, distinct, type Node, UNIT } from '../graph/node.ts';
import { type Lengths, lengthOf } from './length.ts';
import { isShorter, type Signs } from './signs.ts';

const MOST_TERMS = 8;

/**
 * A·C + B·C as (A + B)·C, where that is shorter: for a factor that several terms have in the same place, and that
 * shares a summed index with the others. By its signs only within a factored form: A·x + Aᵀ·x is read term by term, by
 * indices too. For reading only: (a·bᵀ + c·dᵀ)·x takes longer to compute than what it was.
 */
export function factorProducts(g: Graph, node: Node, lengths: Lengths, signs?: Signs): Node {
  if (node.kind !== 'sum' || node.terms.length > MOST_TERMS) return node;
  const terms = node.terms.filter((t) => t.kind === 'contraction');
  let best: Node = node;
  for (const factor of new Set(terms.flatMap((t) => t.factors))) {
    if (factor.shape.length === 0) continue;
    for (const split of splitBy(g, terms, factor)) {
      if (split.size < 2) continue;
      // What is left may have another factor in common: C·X·B + Cᵀ·X·B.
      const rest = factorProducts(g, g.add([...split.values()].map((s) => s.rest)), lengths, signs ?? new Map());
      if (isZeroNode(rest)) continue;
      const part = together(g, [...split.keys()][0]!, rest, factor, [...split.values()][0]!);
      const at = node.terms.findIndex((t) => split.has(t as Contraction));
      const form = g.add(node.terms.flatMap((t, k) => (k === at ? [part] : split.has(t as Contraction) ? [] : [t])));
      if (isShorter(form, best, WORTH, (n) => lengthOf(n, lengths) + SUM * sumsOfOne(n), signs)) best = form;
    }
  }
  return best;
}

/** Characters that another form must save. */
const WORTH = 1;

/** `sum()`. */
const SUM = 5;

/** Terms that are the sum of an array's entries over some of its axes: where there are several arrays a product says it. */
const sumsOfOne = (node: Node): number => (node.kind === 'sum' ? node.terms.filter(isSumOfOne).length : 0);

const isSumOfOne = (term: Node): boolean =>
  term.kind === 'contraction' &&
  term.factors.length === 1 &&
  term.indices[0]!.some((i) => i !== UNIT && !term.result.includes(i));

/** A term without a factor, and where both stand: positions in the result, and after them what is summed. */
interface Split {
  readonly own: readonly number[];
  readonly others: readonly number[];
  readonly rest: Node;
}

/** Terms that have a factor in the same place, by that place; it may stand twice in a term: C·B·Bᵀ. */
function splitBy(g: Graph, terms: readonly Contraction[], factor: Node): Iterable<ReadonlyMap<Contraction, Split>> {
  const byPlace = new Map<string, Map<Contraction, Split>>();
  for (const term of terms) {
    term.factors.forEach((f, at) => {
      const split = f === factor ? splitAt(g, term, at) : undefined;
      if (!split) return;
      const key = `${split.own.join()}|${split.others.join()}`;
      const place = byPlace.get(key) ?? new Map<Contraction, Split>();
      byPlace.set(key, place);
      if (!place.has(term)) place.set(term, split);
    });
  }
  return byPlace.values();
}

function splitAt(g: Graph, term: Contraction, at: number): Split | undefined {
  if (!distinct(term.result)) return undefined;
  const own = term.indices[at]!;
  const others = term.indices.filter((_, k) => k !== at);
  const used = new Set(others.flat());
  const summed = own.filter((i) => i !== UNIT && !term.result.includes(i));
  if (summed.length === 0 || !distinct(summed)) return undefined;
  const kept = term.result.filter((i) => i !== UNIT && (used.has(i) || !own.includes(i)));
  // Of higher rank the rest would be no matrix: A·X·B + B·X·A.
  if (kept.length + summed.length > 2) return undefined;
  // The summed indices stand in the factor's own order.
  const name = (i: number): number =>
    i === UNIT ? UNIT : term.result.includes(i) ? term.result.indexOf(i) : term.result.length + summed.indexOf(i);
  const result = [...kept, ...summed];
  // Of what is summed alone ones are left: Xᵀ·y − Xᵀ·1 is Xᵀ·(y − 1).
  const rest = g.contract({
    ...term,
    factors: term.factors.filter((_, k) => k !== at),
    indices: others,
    result,
    sizes: new Map([...term.sizes.entries()].filter(([i]) => used.has(i) || result.includes(i))),
  });
  return { own: own.map(name), others: [...kept.map(name), ...summed.map(name)], rest };
}

function together(g: Graph, { result: axes, shape }: Contraction, rest: Node, factor: Node, { own, others }: Split): Node {
  const result = axes.map((i, axis) => (i === UNIT ? UNIT : axis));
  const sizes = new Map(axes.map((_, axis) => [axis, shape[axis]!]));
  own.forEach((i, axis) => {
    if (i !== UNIT) sizes.set(i, factor.shape[axis]!);
  });
  return g.contract({ factors: [rest, factor], indices: [others, own], result, sizes });
}
