import { UNIT } from '../graph/node.ts';

/** A contraction by its indices alone. */
export interface Indexed {
  readonly indices: readonly (readonly number[])[];
  readonly result: readonly number[];
}

/** Two factors to be multiplied first, and the indices of their product. */
export interface Pair {
  readonly places: readonly [number, number];
  readonly kept: readonly number[];
}

/** Below this many products one loop over all indices is as good as any plan. */
const WORTH_PLANNING = 200;

/**
 * The pair of factors whose product costs least and is smallest, where a contraction of three or more is cheaper two at a
 * time. The product goes to the end of the list of factors.
 */
export function cheapestPair({ indices, result }: Indexed, extents: readonly number[]): Pair | undefined {
  if (indices.length <= 2 || product(extents) < WORTH_PLANNING) return undefined;
  let best: Pair | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < indices.length; i++) {
    for (let j = i + 1; j < indices.length; j++) {
      const own = distinct([indices[i]!, indices[j]!]);
      const elsewhere = new Set([...result, ...indices.flatMap((list, k) => (k === i || k === j ? [] : list))]);
      const kept = own.filter((index) => elsewhere.has(index));
      const cost = product(own.map((index) => extents[index]!)) + 2 * product(kept.map((index) => extents[index]!));
      if (cost >= least) continue;
      least = cost;
      best = { places: [i, j], kept };
    }
  }
  return best;
}

const plans = new WeakMap<Indexed, Map<string, readonly Pair[]>>();

/**
 * The pairs in the order in which they are multiplied, until what is left is as cheap in one go. The same contraction is
 * evaluated at many points: it is found once for its lengths.
 */
export function cheapestPairs(whole: Indexed, extents: readonly number[]): readonly Pair[] {
  if (whole.indices.length <= 2) return [];
  const known = plans.get(whole) ?? new Map<string, readonly Pair[]>();
  plans.set(whole, known);
  const key = extents.join();
  const pairs = known.get(key) ?? inOrder(whole, extents);
  known.set(key, pairs);
  return pairs;
}

function inOrder({ indices, result }: Indexed, extents: readonly number[]): Pair[] {
  const pairs: Pair[] = [];
  let left = indices;
  for (;;) {
    const pair = cheapestPair({ indices: left, result }, extents);
    if (!pair) return pairs;
    pairs.push(pair);
    left = [...left.filter((_, k) => !pair.places.includes(k)), pair.kept];
  }
}

/** About how many products it takes to evaluate a contraction so. */
export function contractionCost({ indices, result }: Indexed, extents: readonly number[]): number {
  const pair = cheapestPair({ indices, result }, extents);
  if (!pair) return indices.length * product(distinct([...indices, result]).map((index) => extents[index]!));
  const { places, kept } = pair;
  const two = places.map((k) => indices[k]!);
  const rest = indices.filter((_, k) => !places.includes(k));
  return (
    contractionCost({ indices: two, result: kept }, extents) + contractionCost({ indices: [...rest, kept], result }, extents)
  );
}

export const distinct = (lists: readonly (readonly number[])[]): number[] =>
  [...new Set(lists.flat())].filter((index) => index !== UNIT);

const product = (sizes: readonly number[]): number => sizes.reduce((n, size) => n * size, 1);
