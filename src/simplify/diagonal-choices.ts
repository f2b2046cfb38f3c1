import { isZeroNode } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import { type Contraction, type Node, UNIT } from '../graph/node.ts';
import { isOne } from '../graph/rational.ts';
import { equal, isChoice } from '../operators/comparison.ts';
import type { Rule } from './rule.ts';

/** Σⱼ (i = j ? xᵢⱼ : 0) as xᵢᵢ. */
export const DIAGONAL: Rule<'contraction'> = {
  name: 'a sum of what stands on a diagonal',
  when: 'always: only one term is not 0',
  examples: [
    ['Q[i] = sum[j](where(i == j, A[i,j]^2, 0)); Q', 'Q[i] = A[i,i]^2; Q', { A: [3, 3] }],
    ['Q[i] = sum[j](x[i]*where(j == i, A[i,j], 0)); Q', 'Q[i] = x[i]*A[i,i]; Q', { A: [3, 3], x: [3] }],
    ['sum[i, j](where(i == j, A[i,j]^2, 0))', 'sum[i](A[i,i]^2)', { A: [3, 3] }],
  ],
  kind: 'contraction',
  apply: onDiagonal,
};

function onDiagonal(g: Graph, node: Contraction): Node | undefined {
  for (const [at, factor] of node.factors.entries()) {
    const found = isChoice(factor) && isZeroNode(factor.args[2]!) ? diagonalOf(factor.args[0]!) : undefined;
    if (!found || !isChoice(factor)) continue;
    const [i, j] = found.map((axis) => node.indices[at]![axis]!) as [number, number];
    const isSummed = (index: number): boolean => index !== UNIT && !node.result.includes(index);
    const [kept, gone] = isSummed(j) ? [i, j] : [j, i];
    if (i === j || !isSummed(gone) || kept === UNIT || node.sizes[kept] !== node.sizes[gone]) continue;
    const factors = node.factors.map((f, k) => (k === at ? factor.args[1]! : f));
    const indices = node.indices.map((own) => own.map((index) => (index === gone ? kept : index)));
    const sizes = new Map(node.sizes.flatMap((size, index) => (index === gone ? [] : [[index, size] as const])));
    return g.contract({ ...node, factors, indices, sizes });
  }
  return undefined;
}

/** The two axes at whose equal places a condition holds. */
function diagonalOf(condition: Node): readonly [number, number] | undefined {
  const axes = isView(condition) ? axesOf(condition) : condition.shape.map((_, axis) => axis);
  const of = isView(condition) ? condition.factors[0]! : condition;
  if (of.kind !== 'apply' || of.operator !== equal) return undefined;
  const [a, b] = of.args.map(countedAxis);
  if (a === undefined || b === undefined || a.from !== b.from || a.axis === b.axis) return undefined;
  const [i, j] = [axes[a.axis]!, axes[b.axis]!];
  return i < 0 || j < 0 ? undefined : [i, j];
}

const isView = (node: Node): node is Contraction =>
  node.kind === 'contraction' && node.factors.length === 1 && isOne(node.coefficient);

/** For each axis of what a view is of the axis at which it stands; −1 where that is summed. */
const axesOf = ({ indices, result }: Contraction): number[] => indices[0]!.map((index) => result.indexOf(index));

/** The axis along which an array is 1, 2, 3, … and what it begins with. */
function countedAxis(node: Node): { readonly axis: number; readonly from: unknown } | undefined {
  if (!isView(node)) return undefined;
  const [count] = node.factors;
  if (count?.kind !== 'affine' || count.test || count.steps.length !== 1 || count.steps[0] !== 1) return undefined;
  const axis = node.result.indexOf(node.indices[0]![0]!);
  return axis < 0 ? undefined : { axis, from: count.offset };
}
