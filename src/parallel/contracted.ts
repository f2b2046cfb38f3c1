import { type Contraction, type Node, UNIT } from '../graph/node.ts';
import { type Conflict, counts, type Kind, merged, type Part } from './classes.ts';
import type { Fold } from './fold.ts';
import { holds, joinedLayouts, type Layout } from './layout.ts';

/** More products of parts than this are not told apart: formulas are then given the number of examples. */
const MOST_PRODUCTS = 32;

/**
 * A product of arrays, some indices summed: entries that belong to examples meet by one index, or become a sum by it. A sum
 * over examples takes no other sum beside it, and nothing that belongs to one example.
 */
export function contracted(fold: Fold, node: Contraction, kinds: readonly Kind[]): Kind {
  const fixed = kinds.every((k) => k.fixed);
  const conflict = (reason: Conflict['reason'], more?: Partial<Conflict>): Kind => ({
    parts: [],
    conflicts: [{ reason, node, ...more }],
    fixed,
  });
  const { m } = fold.setting;
  const meeting = meet(node, kinds);
  if (!meeting) return conflict('places');
  const { indexOf, flatOf, layouts } = meeting;
  const shared = node.sizes.findIndex((dim, i) => dim !== m && counts(dim, m) && !node.result.includes(i) && !layouts.has(i));
  if (shared >= 0) return conflict('shared', { dim: node.sizes[shared]! });
  const places = (index: number): number => node.result.filter((i) => i === index || i === flatOf.get(index)).length;
  // The same index twice in the result: a test of places.
  if (node.sizes.some((dim, index) => dim === m && places(index) > 1)) return conflict('places');

  const found: Part[] = [];
  for (const parts of choices(fold, kinds)) {
    const made = product(fold, node, { parts, indexOf, fixed, isKept: (index) => places(index) > 0 });
    if (typeof made === 'string') return conflict(made);
    found.push(made);
  }
  const all = merged(fold.setting.graph, found);
  const parts = all.length === 1 ? [{ ...all[0]!, node }] : all;
  const index = indexOf.find((i) => i !== UNIT && places(i) === 1);
  if (index === undefined || !parts.some((p) => p.class === 'each')) return { parts, conflicts: [], fixed };
  const standing = node.result.includes(index) ? index : flatOf.get(index)!;
  const layout = layouts.get(standing);
  return { parts, axis: node.result.indexOf(standing), ...(layout && { layout }), conflicts: [], fixed };
}

interface Meeting {
  /** The index of each factor's entries that belong to examples; UNIT where it has none. */
  readonly indexOf: readonly number[];
  /** For an index of examples, the one of the axis that a test moves it to. */
  readonly flatOf: ReadonlyMap<number, number>;
  /** What lies on axes that have more on them than examples. */
  readonly layouts: ReadonlyMap<number, Layout>;
}

/** By which indices entries of examples meet, tests that move them to another axis seen through; undefined if places differ. */
function meet(node: Contraction, kinds: readonly Kind[]): Meeting | undefined {
  const flatOf = new Map<number, number>();
  const digitOf = new Map<number, number>();
  const layouts = new Map<number, Layout>();
  for (const [k, { pairing }] of kinds.entries()) {
    if (!pairing) continue;
    const [flat, digit] = [node.indices[k]![pairing.flat]!, node.indices[k]![pairing.digit]!];
    if (digitOf.has(flat) || flatOf.has(digit)) return undefined;
    digitOf.set(flat, digit);
    flatOf.set(digit, flat);
    layouts.set(flat, [pairing.block]);
  }
  const indexOf: number[] = [];
  for (const [k, { axis, layout }] of kinds.entries()) {
    const index = axis === undefined ? UNIT : node.indices[k]![axis]!;
    indexOf.push(digitOf.get(index) ?? index);
    if (!layout) continue;
    const known = layouts.get(index);
    if (digitOf.has(index) && !holds(layout, known![0]!)) return undefined;
    const joined = digitOf.has(index) ? known : joinedLayouts(known ? [known, layout] : [layout]);
    if (!joined) return undefined;
    layouts.set(index, joined);
  }
  return { indexOf, flatOf, layouts };
}

/** A part of each factor, in every way; few have more than one. */
function choices(fold: Fold, kinds: readonly Kind[]): (readonly Part[])[] {
  let all: (readonly Part[])[] = [[]];
  for (const { parts } of kinds) {
    if (all.length * parts.length > MOST_PRODUCTS) {
      fold.needsCount = true;
      all = all.map((before) => [...before, { ...strongest(parts), power: 0 }]);
    } else all = all.flatMap((before) => parts.map((part) => [...before, part]));
  }
  return all;
}

/** The part that decides where parts are not told apart. */
const strongest = (parts: readonly Part[]): Part =>
  parts.find((p) => p.class === 'sum') ?? parts.find((p) => p.class === 'each') ?? parts[0]!;

interface Chosen {
  readonly parts: readonly Part[];
  /** The index of each factor's entries that belong to examples; UNIT where it has none. */
  readonly indexOf: readonly number[];
  readonly fixed: boolean;
  /** Whether the result has an index of examples. */
  readonly isKept: (index: number) => boolean;
}

/** The product of one part of each factor, or why it has no class. */
function product(fold: Fold, node: Contraction, { parts, indexOf, fixed, isKept }: Chosen): Part | Conflict['reason'] {
  const { m, counted } = fold.setting;
  const examples = new Set(indexOf.filter((_, k) => parts[k]!.class === 'each'));
  const kept = [...examples].filter(isKept);
  const summed = [...examples].filter((i) => !isKept(i));
  let sums = parts.filter((p) => p.class === 'sum');
  let power = parts.reduce((total, p) => total + p.power, 0);
  // Summed over examples without depending on them: as many times as there are examples.
  const repeated = node.sizes.filter((dim, i) => dim === m && !node.result.includes(i) && !examples.has(i)).length;
  if (kept.length > 1) return 'pairs';
  let total = summed.length + sums.length;
  if (total > 1 || (total > 0 && (kept.length > 0 || (counted && repeated > 0)))) {
    const others = fold.withoutSums(sums.filter((p) => p.handable))!;
    sums = sums.filter((p) => !p.handable);
    power = others.length > 0 ? parts.reduce((t, p) => t + (p.class === 'sum' && p.handable ? 0 : p.power), 0) : power;
    total = summed.length + sums.length;
  }
  if (counted && repeated > 0) total += repeated;
  else power += repeated;
  if (kept.length > 0 && total > 0) return 'multiplies';
  if (total > 1) return summed.length > 1 ? 'pairs' : 'squares';
  const worth = worthOf(fold, node, parts);
  if (kept.length > 0) return { class: 'each', power, node: worth };
  if (total === 0) return { class: 'same', power, node: worth };
  // What is only repeated is given as it was before.
  const repeats = node.result.some((i) => i !== UNIT && !node.indices.some((own) => own.includes(i)));
  const handable = fixed && !(repeats && sums.length > 0) ? [node] : sums[0]?.handable;
  return { class: 'sum', power, node: worth, ...(handable && { handable }) };
}

/** The contraction with parts in place of factors. */
function worthOf(fold: Fold, node: Contraction, parts: readonly Part[]): Node {
  if (parts.every((p, k) => p.node === node.factors[k])) return node;
  return fold.setting.graph.contract({ ...node, factors: parts.map((p) => p.node) });
}
