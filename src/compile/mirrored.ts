import { isTest } from '../graph/linear.ts';
import { type Contraction, type Node, UNIT } from '../graph/node.ts';
import { plain } from './schedule.ts';

/** Whether a product stays the same when two of its indices change places: Σₖ wₖ·xₖᵢ·xₖⱼ is as much for i, j as for j, i. */
export function isMirrored(node: Contraction, i: number, j: number): boolean {
  const factors = factorsOf(node);
  if (factors.some((factor) => isTest(factor.node))) return false;
  const swap = (index: number): number => (index === i ? j : index === j ? i : index);
  const listed = (of: (index: number) => number): string =>
    factors
      .map(({ node: factor, indices }) => `${factor.id}[${indices.map(of)}]`)
      .sort()
      .join(' ');
  return listed((index) => index) === listed(swap);
}

interface Factor {
  readonly node: Node;
  readonly indices: readonly number[];
}

/** The factors, those of products without sums among them in their place. */
function factorsOf({ factors, indices }: Contraction): Factor[] {
  return factors.flatMap((factor, k): Factor[] => {
    const node = plain(factor);
    const own = indices[k]!;
    if (node.kind !== 'contraction' || !isEntrywise(node)) return [{ node, indices: own }];
    const outer = new Map(node.result.map((index, axis) => [index, own[axis]!]));
    return factorsOf(node).map((inner) => ({
      node: inner.node,
      indices: inner.indices.map((index) => outer.get(index) ?? index),
    }));
  });
}

/** Whether every index stands once in the result. */
const isEntrywise = ({ result, sizes }: Contraction): boolean =>
  new Set(result).size === result.length && sizes.every((_, index) => result.includes(index)) && !result.includes(UNIT);
