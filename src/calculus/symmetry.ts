import type { Dim } from '../graph/dimension.ts';
import type { Graph } from '../graph/graph.ts';
import { type Node, UNIT } from '../graph/node.ts';
import { HALF } from '../graph/rational.ts';

const known = new WeakMap<Node, boolean>();
const MOST_TERMS = 16;

/** Is a matrix equal to its transpose by its form: X·Xᵀ, A + Aᵀ, the identity, and functions of these entry by entry? */
export function isSymmetric(g: Graph, node: Node): boolean {
  if (node.shape.length !== 2 || node.shape[0] !== node.shape[1] || node.shape[0] === 1) return false;
  let symmetric = known.get(node);
  if (symmetric === undefined) {
    symmetric = symmetricForm(g, node);
    known.set(node, symmetric);
  }
  return symmetric;
}

function symmetricForm(g: Graph, node: Node): boolean {
  switch (node.kind) {
    case 'variable':
      return node.facts?.includes('symmetric') === true;
    case 'contraction':
      return transposed(g, node) === node;
    case 'sum':
      return node.terms.length <= MOST_TERMS && g.add(node.terms.map((t) => transposed(g, t))) === node;
    case 'apply':
      return node.args.every((a) => isSymmetric(g, a));
    case 'array':
      return node.operator.symmetric === true && node.args.every((a) => isSymmetric(g, a));
    case 'definition':
      return isSymmetric(g, node.value);
    default:
      return false;
  }
}

/** What has been found to be symmetric. */
export const isKnownSymmetric = (node: Node): boolean => known.get(node) === true;

/** (G + Gᵀ)/2 over the last two axes: the gradient by a matrix that stays symmetric. */
export function symmetrised(g: Graph, node: Node): Node {
  if (node.shape.length === 2 && isSymmetric(g, node)) return node;
  const rank = node.shape.length;
  const index = node.shape.map((d, axis) => (d === 1 ? UNIT : axis));
  const result = [...index.slice(0, -2), index[rank - 1]!, index[rank - 2]!];
  const turned = g.contract({ factors: [node], indices: [index], result, sizes: new Map(node.shape.entries()) });
  return turned === node ? node : g.scale(HALF, g.add([node, turned]));
}

function transposed(g: Graph, node: Node): Node {
  if (node.kind !== 'contraction') {
    const sizes = new Map<number, Dim>([...node.shape.entries()]);
    return g.contract({ factors: [node], indices: [[0, 1]], result: [1, 0], sizes });
  }
  return g.contract({ ...node, result: [node.result[1]!, node.result[0]!], sizes: new Map(node.sizes.entries()) });
}
