import { type Contraction, type Node, UNIT } from '../graph/node.ts';
import { isOne } from '../graph/rational.ts';
import { topological } from '../graph/traverse.ts';
import { atLeast, atMost, equal, greater, less, unequal } from '../operators/comparison.ts';
import type { Operator } from '../operators/operator.ts';

/** What one comparison says of another of the same two quantities. */

/** How a can stand to b, as bits: below it, at it, above it, or not comparable, where one of them is no number. */
const [BELOW, AT, ABOVE, APART] = [1, 2, 4, 8] as const;
const ANY = BELOW | AT | ABOVE | APART;

const CASES: ReadonlyMap<Operator, number> = new Map([
  [less, BELOW],
  [atMost, BELOW | AT],
  [greater, ABOVE],
  [atLeast, ABOVE | AT],
  [equal, AT],
  [unequal, BELOW | ABOVE | APART],
]);

const swappedCases = (cases: number): number =>
  (cases & (AT | APART)) | (cases & BELOW ? ABOVE : 0) | (cases & ABOVE ? BELOW : 0);

interface Compared {
  readonly key: string;
  readonly cases: number;
  /** Both are numbers of places, which can always be compared. */
  readonly counts: boolean;
}

const known = new WeakMap<Node, Compared | null>();

/** A comparison, perhaps stretched along axes that it lacks, by what it compares. */
function compared(node: Node): Compared | undefined {
  let found = known.get(node);
  if (found === undefined) {
    found = comparedIn(node) ?? null;
    known.set(node, found);
  }
  return found ?? undefined;
}

function comparedIn(node: Node): Compared | undefined {
  const stretched = isStretched(node) ? node : undefined;
  const of = stretched ? stretched.factors[0]! : node;
  if (of.kind !== 'apply' || of.args.length !== 2) return undefined;
  const cases = CASES.get(of.operator);
  if (cases === undefined) return undefined;
  const [a, b] = of.args as [Node, Node];
  const frame = stretched ? `${stretched.indices.join()} ${stretched.result.join()} ${stretched.shape.join()}` : '';
  const isTurned = a.id > b.id;
  return {
    key: `${isTurned ? b.id : a.id} ${isTurned ? a.id : b.id} ${frame}`,
    cases: isTurned ? swappedCases(cases) : cases,
    counts: topological([a, b]).every((n) => n.kind === 'affine' || n.kind === 'contraction'),
  };
}

const isStretched = (node: Node): node is Contraction =>
  node.kind === 'contraction' && node.factors.length === 1 && isOne(node.coefficient) && isOnce(node);

const isOnce = ({ result, indices: [own = []] }: Contraction): boolean =>
  own.every((i) => i === UNIT || result.includes(i)) && new Set(own).size === own.length;

/** What a condition and another are compared by: only those of one key say anything of each other. */
export const comparedBy = (condition: Node): string => compared(condition)?.key ?? `${condition.id}`;

/**
 * Which branch another condition chooses where one chooses that: where i > j holds, i = j does not.
 * @param branch 1 where the condition holds, 2 where it does not
 */
export function implied(condition: Node, branch: number, other: Node): 1 | 2 | undefined {
  if (condition === other) return branch === 1 ? 1 : 2;
  const [a, b] = [compared(condition), compared(other)];
  if (!a || !b || a.key !== b.key) return undefined;
  const all = a.counts ? ANY & ~APART : ANY;
  const cases = (branch === 1 ? a.cases : ANY & ~a.cases) & all;
  if ((cases & ~b.cases) === 0) return 1;
  return (cases & b.cases) === 0 ? 2 : undefined;
}
