import { type Dim, dimensionNames } from '../graph/dimension.ts';
import type { Graph } from '../graph/graph.ts';
import type { Node, Recurrence } from '../graph/node.ts';
import type { ArrayOperator } from '../operators/array.ts';
import type { Fact } from '../operators/facts.ts';
import type { Operator } from '../operators/operator.ts';
import type { Layout, Pairing } from './layout.ts';

/**
 * What a value is to a dimension m whose places, the examples, are split over devices:
 * - `same`: it does not depend on examples;
 * - `each`: entry i along one axis depends on example i and on no other;
 * - `sum`: it is a sum of what belongs to single examples.
 * Each comes with the power of m that it is multiplied by: a mean is a sum with the power −1.
 */
export type Class = 'same' | 'each' | 'sum';

/** A part of a value that has a class: the value is the sum of its parts. */
export interface Part {
  readonly class: Class;
  readonly power: number;
  /** What the part is worth. */
  readonly node: Node;
  /** Of a sum: what is made of data alone and makes it one. Known on every device beforehand, it leaves `same`. */
  readonly handable?: readonly Node[];
}

/** What is known of a node. */
export interface Kind {
  readonly parts: readonly Part[];
  /** Which axis counts the examples, where a part is `each`. */
  readonly axis?: number;
  /** Where it lies on that axis, if there is more on it than examples. */
  readonly layout?: Layout;
  /** Of a test: it moves what belongs to examples to such an axis, or back. */
  readonly pairing?: Pairing;
  /** Where it is neither: what made it so. */
  readonly conflicts: readonly Conflict[];
  /** It is made of data alone, so that its value can be found once, before anything is learned. */
  readonly fixed: boolean;
}

/** Why what a node is worth cannot be put together of what devices find apart. */
export interface Conflict {
  readonly reason: Reason;
  readonly node: Node;
  /** What the reason speaks of. */
  readonly operator?: Operator | ArrayOperator;
  readonly recurrence?: Recurrence;
  readonly dim?: Dim;
  readonly fact?: Fact;
}

export type Reason =
  /** A sum over examples is added to, or multiplied by, what belongs to one of them, or enters a function beside it. */
  | 'adds'
  | 'multiplies'
  | 'joins'
  /** A function of a sum over examples, a product of two such sums. */
  | 'nonlinear'
  | 'squares'
  /** Two indices run over examples. */
  | 'pairs'
  /** A function of all examples as a whole: softmax, max, sort. */
  | 'whole'
  /** A recurrence from example to example, or one that carries a sum. */
  | 'recurrence'
  | 'carried'
  /** Data are declared to have a fact that shares do not have: they sum to 1 over all examples. */
  | 'fact'
  /** Examples are picked by their places. */
  | 'places'
  /** Examples share an axis with others. */
  | 'shared';

/** How the parts of a value are told apart: equal ones are one part. */
const signature = ({ class: of, power }: Part): string => `${of} ${power}`;

/**
 * Parts with those of one class and power as one. What does not depend on examples is no part of its own beside entries
 * that belong to examples: it is in each of them.
 */
export function merged(g: Graph, parts: readonly Part[]): Part[] {
  const groups = new Map<string, Part[]>();
  for (const part of parts) {
    const key = signature(part);
    groups.set(key, [...(groups.get(key) ?? []), part]);
  }
  for (const [key, group] of groups) {
    const of = group[0]!;
    const each = of.class === 'same' ? groups.get(signature({ ...of, class: 'each' })) : undefined;
    if (!each) continue;
    each.push(...group);
    groups.delete(key);
  }
  return [...groups.values()].map((group) => {
    const [first] = group as [Part];
    if (group.length === 1) return first;
    const handable = group.every((p) => p.handable) ? [...new Set(group.flatMap((p) => p.handable!))] : undefined;
    const node = g.add(group.map((p) => p.node));
    const of = group.find((p) => p.class === 'each') ?? first;
    return { class: of.class, power: of.power, node, ...(handable && { handable }) };
  });
}

/** Whether an axis of this length has examples on it. */
export const counts = (dim: Dim, m: string): boolean => dim === m || dimensionNames(dim).includes(m);
