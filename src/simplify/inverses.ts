import { sameShape } from '../graph/dimension.ts';
import type { Graph } from '../graph/graph.ts';
import { type Contraction, type Node, UNIT } from '../graph/node.ts';
import { inv, solve } from '../operators/factorisation.ts';
import { rewriteApply } from './normal.ts';

/** X·X⁻¹ and X⁻¹·X as the identity, X·(X \ B) as B: true wherever there is an inverse. */
export const cancelInverses = (g: Graph, node: Contraction): Node =>
  inPairs(node, (n, at, other) => (argument(n, at) === n.factors[other] ? cancelled(g, n, at, other) : undefined));

/** (A·R)⁻¹·A as R⁻¹ too: shorter to read, but R is factorised besides A·R then. */
export const shortenInverses = (g: Graph, node: Contraction): Node => inPairs(node, (n, at, other) => shortened(g, n, at, other));

const argument = (node: Contraction, at: number): Node | undefined => {
  const factor = node.factors[at]!;
  return factor.kind === 'array' ? factor.args[0] : undefined;
};

type Pairing = (node: Contraction, at: number, other: number) => Node | undefined;

/** What pairs of factors make, the first of each an operator of matrices: one pair after the other. */
function inPairs(node: Contraction, made: Pairing): Node {
  for (const [at, factor] of node.factors.entries()) {
    if (factor.kind !== 'array' || factor.shape.length !== 2) continue;
    for (let other = 0; other < node.factors.length; other++) {
      const found = other === at ? undefined : made(node, at, other);
      if (found) return found.kind === 'contraction' ? inPairs(found, made) : found;
    }
  }
  return node;
}

/** Index k of Xᵢₖ·(X⁻¹)ₖⱼ stands nowhere else. */
function cancelled(g: Graph, node: Contraction, at: number, other: number): Node | undefined {
  const factor = node.factors[at]!;
  if (factor.kind !== 'array') return undefined;
  const [p, q] = node.indices[other] as [number, number];
  const [r, s] = node.indices[at] as [number, number];
  const made = (value: Node, own: readonly number[], gone: number) => instead(g, node, [at, other], value, own, gone);
  if (factor.operator === solve && q === r && meetOnly(node, q)) return made(factor.args[1]!, [p, s], q);
  if (factor.operator !== inv) return undefined;
  const size = factor.shape[0]!;
  const identity = g.contract({ factors: [], indices: [], result: [0, 0], sizes: new Map([[0, size]]) });
  if (q === r && meetOnly(node, q)) return made(identity, [p, s], q);
  return s === p && meetOnly(node, s) ? made(identity, [r, q], s) : undefined;
}

/** (A·R)⁻¹·A as R⁻¹, and A·(R·A)⁻¹ too: square matrices whose product has an inverse have one each. */
function shortened(g: Graph, node: Contraction, at: number, other: number): Node | undefined {
  const factor = node.factors[at]!;
  const a = node.factors[other]!;
  if (factor.kind !== 'array' || factor.operator !== inv || !sameShape(a.shape, factor.shape)) return undefined;
  const product = factor.args[0]!;
  if (product.kind !== 'contraction' || product.factors.length < 2) return undefined;
  const [r, s] = node.indices[at] as [number, number];
  const [top, bottom] = product.result as [number, number];
  const outside = node.indices[other]!;
  for (const [k, own] of product.indices.entries()) {
    if (product.factors[k] !== a) continue;
    // The end of the product that A stands at, and whether it stands there the same way round as beside the inverse.
    for (const [end, meets] of [[top, s] as const, [bottom, r] as const]) {
      const place = own.indexOf(end);
      if (place < 0 || outside[place] !== meets || !meetOnly(node, meets)) continue;
      const joint = own[1 - place]!;
      if (!meetOnly(product, joint) || !standsOnce(product, end)) continue;
      const left = <T>(list: readonly T[]): T[] => list.filter((_, i) => i !== k);
      const sizes = new Map([...product.sizes.entries()].filter(([i]) => i !== end));
      const result = end === top ? [joint, bottom] : [top, joint];
      const { coefficient, factors, indices } = product;
      const rest = g.contract({ coefficient, factors: left(factors), indices: left(indices), result, sizes });
      const inverse = rewriteApply(g, g.array(inv, rest));
      const beyond = outside[1 - place]!;
      return instead(g, node, [at, other], inverse, end === top ? [r, beyond] : [beyond, s], meets);
    }
  }
  return undefined;
}

/** An index that two factors share and nothing else has. */
const meetOnly = ({ result, indices }: Contraction, i: number): boolean =>
  i !== UNIT && !result.includes(i) && indices.flat().filter((k) => k === i).length === 2;

const standsOnce = ({ indices }: Contraction, i: number): boolean => indices.flat().filter((k) => k === i).length === 1;

/** A product with one factor for two of them, whose common index is gone. */
function instead(g: Graph, node: Contraction, gone: readonly number[], value: Node, own: readonly number[], index: number): Node {
  const left = <T>(list: readonly T[]): T[] => list.filter((_, k) => !gone.includes(k));
  const sizes = new Map([...node.sizes.entries()].filter(([i]) => i !== index));
  const { coefficient, factors, indices, result } = node;
  return g.contract(
    { coefficient, factors: [...left(factors), value], indices: [...left(indices), own], result, sizes },
    (inner) => inner === value,
  );
}
