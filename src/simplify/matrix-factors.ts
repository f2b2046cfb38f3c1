import { isZeroNode } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import { type Contraction, distinct, type Node, UNIT } from '../graph/node.ts';
import { type Lengths, lengthOf } from './length.ts';

const MOST_TERMS = 8;

/**
 * A·C + B·C as (A + B)·C, where that is shorter: for a factor that every term has once, in the same place, and that
 * shares a summed index with the others. For reading only: (a·bᵀ + c·dᵀ)·x takes longer to compute than what it was.
 */
export function factorProducts(g: Graph, node: Node, lengths: Lengths): Node {
  if (node.kind !== 'sum' || node.terms.length > MOST_TERMS) return node;
  const terms = node.terms.filter((t) => t.kind === 'contraction');
  if (terms.length < node.terms.length) return node;
  let best: Node = node;
  for (const factor of new Set(terms[0]!.factors)) {
    if (factor.shape.length === 0) continue;
    const form = withoutFactor(g, terms, factor);
    if (form && lengthOf(form, lengths) + 1 < lengthOf(best, lengths)) best = form;
  }
  return best;
}

function withoutFactor(g: Graph, terms: readonly Contraction[], factor: Node): Node | undefined {
  let place: string | undefined;
  const rests: Node[] = [];
  let spec: { own: number[]; rest: number[] } | undefined;
  for (const term of terms) {
    const at = term.factors.indexOf(factor);
    if (at < 0 || term.factors.lastIndexOf(factor) !== at || !distinct(term.result)) return undefined;
    const own = term.indices[at]!;
    const others = term.indices.filter((_, k) => k !== at);
    const used = new Set(others.flat());
    const summed = own.filter((i) => i !== UNIT && !term.result.includes(i));
    if (summed.length === 0 || !distinct(summed) || !summed.every((i) => used.has(i))) return undefined;
    const kept = term.result.filter((i) => i !== UNIT && (used.has(i) || !own.includes(i)));
    // Positions in the result, and after them the summed indices of the factor, in its own order.
    const name = (i: number): number =>
      i === UNIT ? UNIT : term.result.includes(i) ? term.result.indexOf(i) : term.result.length + summed.indexOf(i);
    const here = { own: own.map(name), rest: [...kept.map(name), ...summed.map(name)] };
    const key = `${here.own.join()}|${here.rest.join()}`;
    if (place !== undefined && place !== key) return undefined;
    place = key;
    spec = here;
    rests.push(
      g.contract({
        ...term,
        factors: term.factors.filter((_, k) => k !== at),
        indices: others,
        result: [...kept, ...summed],
        sizes: new Map([...term.sizes.entries()].filter(([i]) => used.has(i) || kept.includes(i))),
      }),
    );
  }
  const rest = g.add(rests);
  if (isZeroNode(rest)) return undefined;
  const [first] = terms as [Contraction];
  const result = first.result.map((i, axis) => (i === UNIT ? UNIT : axis));
  const sizes = new Map(first.result.map((_, axis) => [axis, first.shape[axis]!]));
  spec!.own.forEach((i, axis) => {
    if (i !== UNIT) sizes.set(i, factor.shape[axis]!);
  });
  return g.contract({ factors: [rest, factor], indices: [spec!.rest, spec!.own], result, sizes });
}
