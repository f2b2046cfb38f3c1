import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { topological } from '../graph/traverse.ts';
import type { Conflict, Kind, Part } from './classes.ts';
import { Fold } from './fold.ts';

/**
 * How the objective and its gradients of all examples follow from those of shards, which each device finds by the same
 * formulas from its own examples:
 * - `average`: their mean, weighted by the share that a shard has in the examples;
 * - `add`: their sum;
 * - `same`: every device finds them whole;
 * - `forbidden`: they do not.
 */
export type Way = 'average' | 'add' | 'same' | 'forbidden';

export interface Verdict {
  readonly way: Way;
  /** Terms that do not depend on examples, to be left out on the devices and added once. */
  readonly once: readonly Node[];
  /** The rest: what is averaged or added. */
  readonly shared: Node;
  /** What is made of data alone and must be given to each device as it is for all examples. */
  readonly given: readonly Node[];
  /** Whether formulas with m in them must have the number of all examples, not of those on the device. */
  readonly counted: boolean;
  /** What forbids it, first what comes first. */
  readonly conflicts: readonly Conflict[];
}

interface Split {
  readonly graph: Graph;
  readonly objective: Node;
  readonly m: string;
  readonly moving: ReadonlySet<Node>;
}

/** May a scalar objective's gradients be put together of those of shards along m? */
export function verdictOn(split: Split): Verdict {
  const { objective } = split;
  const local = classified(split, false);
  const plain = local.needsCount ? undefined : combined(split, local, false);
  if (plain) return plain;
  const counted = classified(split, true);
  const told = combined(split, counted, true);
  if (told) return told;
  const { kind } = local.kind.conflicts.length > 0 && !local.needsCount ? local : counted;
  const conflicts = kind.conflicts.toSorted((a, b) => a.node.id - b.node.id);
  return { way: 'forbidden', once: [], shared: objective, given: [], counted: false, conflicts };
}

interface Classified {
  readonly kind: Kind;
  readonly given: ReadonlySet<Node>;
  readonly needsCount: boolean;
}

/** The objective's class, made again with what is to be given until nothing more is. */
function classified({ graph, objective, m, moving }: Split, counted: boolean): Classified {
  const given = new Set<Node>();
  for (;;) {
    const fold = new Fold({ graph, m, moving, given, counted });
    const kind = fold.of(objective);
    if (fold.wanted.size === 0) return { kind, given, needsCount: fold.needsCount };
    for (const node of fold.wanted) given.add(node);
  }
}

/** By which power of the shard's share in the examples its part counts. */
const WAYS: ReadonlyMap<number, Way> = new Map([
  [0, 'add'],
  [-1, 'average'],
]);

function combined({ graph, objective, m }: Split, { kind, given }: Classified, counted: boolean): Verdict | undefined {
  if (kind.conflicts.length > 0) return undefined;
  const { parts } = kind;
  const sums = parts.filter((p) => p.class === 'sum');
  const powers = new Set(sums.map((p) => p.power));
  const [power = 0] = powers;
  const way = WAYS.get(power);
  if (powers.size > 1 || way === undefined) return undefined;
  // What is the same everywhere comes out right in a weighted mean, and as often as there are examples in a sum of m of it.
  const goes = (p: Part): boolean => p.class === 'sum' || (sums.length > 0 && !counted && p.power === power + 1);
  const once = parts.filter((p) => !goes(p));
  if (sums.length === 0 && once.some((p) => p.power !== 0)) return undefined;
  const shared = parts.filter(goes).map((p) => p.node);
  const whole = once.length === 0 || sums.length === 0;
  const below = topological([objective], (node) => given.has(node));
  return {
    way: sums.length === 0 ? 'same' : way,
    once: whole ? [] : once.flatMap((p) => termsWithin(p.node)),
    shared: whole ? objective : graph.add(shared),
    given: below.filter((node) => given.has(node)),
    counted: counted && below.some((node) => node.kind === 'variable' && node.role === 'size' && node.name === m),
    conflicts: [],
  };
}

const termsWithin = (node: Node): readonly Node[] => (node.kind === 'sum' ? node.terms : [node]);
