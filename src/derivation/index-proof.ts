import type { Application } from '../differentiate/sweep.ts';
import { type Contraction, type Node, UNIT } from '../graph/node.ts';
import { isOne } from '../graph/rational.ts';

const LETTERS = [...'ijklpqrstuvw'];

/**
 * The linear rule entry by entry: `Z_ik = Σ_j W_ij X_jk, so ∂Cost/∂W_ij = Σ_k dZ_ik X_jk`. Axes of length 1 carry no
 * index. Undefined where a factor has no name that could carry indices.
 * @param above the name of the adjoint that arrives at the product, and of the value it belongs to ('' if it has none)
 */
export function indexProof(
  { node, position }: Application,
  target: string,
  above: { readonly name: string; readonly value: string },
  nameOf: (n: Node) => string,
): string | undefined {
  if (node.kind !== 'contraction' || !isOne(node.coefficient) || node.sizes.length > LETTERS.length) return undefined;
  const names = node.factors.map(nameOf);
  if (names.some((name) => name === '')) return undefined;
  const own = node.indices[position]!;
  const forward = term(
    node,
    names.map((name, k) => entry(name, node.indices[k]!)),
    node.result,
  );
  const others = names.flatMap((name, k) => (k === position ? [] : [entry(name, node.indices[k]!)]));
  const backward = term(node, [entry(above.name, node.result), ...others], own);
  const value = above.value === '' ? '' : `${entry(above.value, node.result)} contains ${forward}, so `;
  return `${value}${entry(target, own)} = ${backward}`;
}

const letters = (indices: readonly number[]): string => indices.map((i) => (i === UNIT ? '' : LETTERS[i]!)).join('');

const entry = (name: string, indices: readonly number[]): string => {
  const subscript = letters(indices);
  return subscript === '' ? name : `${name}_${subscript}`;
};

/** Σ over the indices that the left side lacks. */
function term(node: Contraction, entries: readonly string[], left: readonly number[]): string {
  const summed = node.sizes.map((_, i) => i).filter((i) => !left.includes(i));
  return `${summed.length > 0 ? `Σ_${letters(summed)} ` : ''}${entries.join(' ')}`;
}
