import { isSkew, isSymmetric } from '../facts/symmetry.ts';
import type { Graph } from '../graph/graph.ts';
import { type Contraction, isConstant, type Node, UNIT } from '../graph/node.ts';
import { negated } from '../graph/rational.ts';
import { transposed, turned } from '../graph/views.ts';

/**
 * f(Aᵀ, Bᵀ)ᵢⱼ as f(A, B)ⱼᵢ: what acts entry by entry acts before or after a transpose alike, and within a product the
 * order of two indices costs nothing. So transposes that stand around and within a function meet.
 */
export function withoutTransposes(g: Graph, node: Contraction): Node {
  const skew = turned(g.splitCoefficient(node).core);
  // (X − Xᵀ)ᵀ is Xᵀ − X.
  if (skew && isSkew(g, skew))
    return g.contract({ ...node, coefficient: negated(node.coefficient), indices: [node.indices[0]!.toReversed()] });
  const plain = node.factors.map((f) => untransposed(g, f));
  if (!plain.some((p) => p)) return node;
  return g.contract({
    ...node,
    factors: node.factors.map((f, k) => plain[k] ?? f),
    indices: node.indices.map((own, k) => (plain[k] ? [own[1]!, own[0]!] : own)),
    sizes: node.sizes,
  });
}

const MOST_PARTS = 8;

/** A number, vectors that stretch, or what stretches along one axis: no matrix of it would be turned round. */
const isFlat = (part: Node): boolean =>
  part.kind === 'contraction' &&
  (isConstant(part) || part.factors.length > 0) &&
  (part.result.some((i) => i !== UNIT && !part.indices.some((own) => own.includes(i))) ||
    part.factors.every((_, k) => part.indices[k]!.filter((i) => i !== UNIT).length <= 1));

/** One number a row, or a column: a sum over an axis, stretched along it. */
const isStretched = (part: Node): boolean =>
  part.kind === 'contraction' &&
  part.result.length === 2 &&
  part.result.filter((i) => part.indices.some((own) => own.includes(i))).length <= 1;

/** What an operator that keeps its cells makes of the columns of a matrix: softmax over the rows of Aᵀ. */
const isOfColumns = (part: Node): boolean =>
  part.kind === 'array' && part.shape.length === 2 && part.args.every((a) => a.shape.length === 2 && turned(a) !== undefined);

/** A product in which all matrices over its own two indices stand turned round, or are made of columns. */
function isTurnedProduct(part: Node): boolean {
  if (part.kind !== 'contraction' || part.result.length !== 2 || part.result.includes(UNIT)) return false;
  const [row, column] = part.result as [number, number];
  const matrices = part.factors.flatMap((f, k) => {
    const own = part.indices[k]!;
    return own.includes(row) && own.includes(column) ? [{ f, own }] : [];
  });
  const isTurned = ({ f, own }: { f: Node; own: readonly number[] }): boolean =>
    own.length === 2 && own[isOfColumns(f) ? 1 : 0] === column && own[isOfColumns(f) ? 0 : 1] === row;
  return row !== column && matrices.length > 0 && matrices.every(isTurned);
}

/** The transpose of what has none around it, where that costs nothing. */
function turnedBack(g: Graph, part: Node): Node | undefined {
  // As one product: a transpose around it would stay.
  if (part.kind === 'contraction' && (isTurnedProduct(part) || isStretched(part)))
    return g.contract({ ...part, result: part.result.toReversed() });
  if (isFlat(part) || isOfColumns(part)) return transposed(g, part);
  return isSymmetric(g, part) ? part : undefined;
}

/** g with f = gᵀ, where f is a function, entry by entry, of transposes. */
function untransposed(g: Graph, f: Node): Node | undefined {
  if (f.shape.length !== 2 || (f.kind !== 'apply' && f.kind !== 'sum')) return undefined;
  const parts = f.kind === 'apply' ? f.args : f.terms;
  if (parts.length > MOST_PARTS || !parts.some((p) => turned(p) || isTurnedProduct(p) || isOfColumns(p))) return undefined;
  const flipped: Node[] = [];
  for (const part of parts) {
    const own = turned(part) ?? turnedBack(g, part);
    if (!own) return undefined;
    flipped.push(own);
  }
  return f.kind === 'apply' ? g.apply(f.operator, ...flipped) : g.add(flipped);
}
