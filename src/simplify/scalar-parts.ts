import type { Dim } from '../graph/dimension.ts';
import type { Graph } from '../graph/graph.ts';
import { type Contraction, type Node, UNIT } from '../graph/node.ts';
import { ONE } from '../graph/rational.ts';

/**
 * The scalars in a product as factors of their own: what shares no index with the result nor with other factors.
 * Σₖ Aₖₖ·Bᵢⱼ is tr(A)·B. So a trace, a dot product or a sum is the number that it is, and meets its own powers:
 * tr(A)²·tr(A) is tr(A)³. Undefined if there are none, or nothing else.
 * @param normal gives each scalar its normal form
 */
export function withScalarParts(g: Graph, node: Contraction, normal: (scalar: Node) => Node): Node | undefined {
  if (node.sizes.length === 0 || node.factors.length === 0) return undefined;
  const groups = connected(node);
  const scalars = groups.filter(({ indices }) => indices.size > 0 && !node.result.some((i) => indices.has(i)));
  const isAll = groups.length === 1 && node.result.every((i) => i === UNIT);
  if (scalars.length === 0 || isAll) return undefined;
  const taken = new Set(scalars.flatMap(({ factors }) => factors));
  const gone = new Set(scalars.flatMap(({ indices }) => [...indices]));
  const left = node.factors.map((_, k) => k).filter((k) => !taken.has(k));
  const parts = scalars.map(({ factors, indices }) =>
    normal(
      g.contract({
        coefficient: ONE,
        factors: factors.map((k) => node.factors[k]!),
        indices: factors.map((k) => node.indices[k]!),
        result: [],
        sizes: sizesOf(node, (i) => indices.has(i)),
      }),
    ),
  );
  return g.contract({
    coefficient: node.coefficient,
    factors: [...parts, ...left.map((k) => node.factors[k]!)],
    indices: [...parts.map(() => []), ...left.map((k) => node.indices[k]!)],
    result: node.result,
    sizes: sizesOf(node, (i) => !gone.has(i)),
  });
}

const sizesOf = ({ sizes }: Contraction, has: (index: number) => boolean): ReadonlyMap<number, Dim> =>
  new Map([...sizes.entries()].filter(([i]) => has(i)));

interface Group {
  readonly factors: readonly number[];
  readonly indices: ReadonlySet<number>;
}

/** The factors in groups that share no index. */
function connected({ factors, indices }: Contraction): Group[] {
  let groups: Group[] = [];
  factors.forEach((_, k) => {
    const own = new Set(indices[k]!.filter((i) => i !== UNIT));
    const meets = groups.filter((group) => [...own].some((i) => group.indices.has(i)));
    const joined = {
      factors: [...meets.flatMap((group) => group.factors), k].sort((a, b) => a - b),
      indices: new Set([...meets.flatMap((group) => [...group.indices]), ...own]),
    };
    groups = [...groups.filter((group) => !meets.includes(group)), joined];
  });
  return groups;
}
