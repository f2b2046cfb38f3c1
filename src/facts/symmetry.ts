import { constantOf, isZeroNode } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import { type Apply, type Node, UNIT } from '../graph/node.ts';
import { HALF, isEven } from '../graph/rational.ts';
import { transposed } from '../graph/views.ts';
import { isDeclaredSymmetric } from '../operators/declared.ts';
import { pow } from '../operators/power.ts';

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
      return isDeclaredSymmetric(node.facts);
    case 'contraction': {
      const other = swapped(g, node);
      return other === node || flipped(g, other) === node;
    }
    case 'sum':
      if (node.terms.length > MOST_TERMS) return false;
      return node.terms.every((t) => isSymmetric(g, t)) || g.add(node.terms.map((t) => swapped(g, t))) === node;
    case 'apply':
      return node.args.every((a) => a.shape.length === 0 || isSymmetric(g, a)) || isEvenOfSkew(g, node);
    case 'array':
      return node.operator.symmetric === true && node.args.every((a) => isSymmetric(g, a));
    case 'definition':
      return isSymmetric(g, node.value);
    default:
      return false;
  }
}

/** (x − xᵀ)∘²: a function that forgets the sign of a matrix that changes it when it is transposed. */
function isEvenOfSkew(g: Graph, { operator, args: [base, exponent] }: Apply): boolean {
  const p = exponent && constantOf(exponent);
  const isEvenFunction = operator === pow ? p !== undefined && isEven(p) : operator.parity === 1 && !exponent;
  return isEvenFunction && isSkew(g, base!);
}

/** Is a matrix the opposite of its transpose by its form: x − xᵀ, and numbers times that? */
export function isSkew(g: Graph, node: Node): boolean {
  if (node.shape.length !== 2) return false;
  if (node.kind === 'sum')
    return node.terms.length <= MOST_TERMS && isZeroNode(g.add([...node.terms, ...node.terms.map((t) => swapped(g, t))]));
  if (node.kind !== 'contraction') return false;
  const arrays = node.factors.filter((f) => f.shape.length > 0);
  return arrays.length === 1 && node.result.length === 2 && isSkew(g, arrays[0]!);
}

/** The indices of a symmetric matrix in one order, so that S·x and Sᵀ·x are the same product. */
export const uprightIndices = (g: Graph, factor: Node, own: readonly number[]): readonly number[] =>
  own.length === 2 && own[0]! > own[1]! && own[1] !== UNIT && isSymmetric(g, factor) ? [own[1]!, own[0]!] : own;

/** With every symmetric factor the other way round: so Xᵀ·S·X is its own transpose. */
function flipped(g: Graph, node: Node): Node {
  if (node.kind !== 'contraction') return node;
  const indices = node.indices.map((own, k) => (own.length === 2 && isSymmetric(g, node.factors[k]!) ? [own[1]!, own[0]!] : own));
  return indices.every((own, k) => own === node.indices[k]) ? node : g.contract({ ...node, indices, sizes: node.sizes });
}

/** (G + Gᵀ)/2 over the last two axes: the gradient by a matrix that stays symmetric. */
export function symmetrised(g: Graph, node: Node): Node {
  // A matrix of one entry may come as a number.
  if (node.shape.length < 2 || isSymmetric(g, node)) return node;
  const other = transposed(g, node);
  return other === node ? node : g.scale(HALF, g.add([node, other]));
}

/** The transpose as one contraction: for comparing only, since a product would be computed once more for it. */
function swapped(g: Graph, node: Node): Node {
  if (node.kind !== 'contraction') return transposed(g, node);
  return g.contract({ ...node, result: [node.result[1]!, node.result[0]!] });
}
