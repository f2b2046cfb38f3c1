import type { Graph } from '../graph/graph.ts';
import { isTest } from '../graph/linear.ts';
import { type Affine, type Contraction, type Node, UNIT } from '../graph/node.ts';
import { type Fraction, ONE } from '../graph/rational.ts';
import { pointsOf, running } from './running.ts';

/**
 * A contraction as a nest of cheaper ones. What multiplies the whole sum (numbers, scalars, broadcasting, a diagonal)
 * is brought outside it; three or more factors are multiplied pair by pair in the order that a greedy search finds,
 * if that costs less than one loop over all indices.
 */
export function pairwise(graph: Graph, node: Contraction): Node {
  const extents = node.sizes as readonly number[];
  const given: Operand[] = node.factors.map((factor, k) => ({ node: factor, indices: node.indices[k]! }));
  const all = summedAlone(graph, node, given, extents);
  if (all !== given) {
    const made = contract(graph, node.coefficient, all, node.result, extents);
    return made.kind === 'contraction' ? pairwise(graph, made) : made;
  }
  if (extents.every((_, i) => node.result.includes(i))) {
    return all.length > MOST_PARTS ? contract(graph, node.coefficient, grouped(graph, all, extents), node.result, extents) : node;
  }
  const tests = all.filter((o) => isTest(o.node));
  if (tests.length > 0) return withTests(graph, node, all, tests, extents);
  const scalars = all.filter((o) => distinctIndices([o]).length === 0);
  const outside = new Set(scalars);
  let operands = grouped(
    graph,
    all.filter((o) => !outside.has(o)),
    extents,
  );
  const attached = new Set(distinctIndices(operands));
  const kept = [...new Set(node.result)].filter((i) => attached.has(i));
  for (const pair of operands.length > 2 ? greedyPlan(operands, kept, extents) : []) {
    const rest = operands.filter((_, k) => !pair.includes(k));
    const needed = new Set([...kept, ...rest.flatMap((o) => o.indices)]);
    const two = pair.map((k) => operands[k]!);
    const indices = distinctIndices(two).filter((i) => needed.has(i));
    operands = [...rest, { node: contract(graph, ONE, two, indices, extents), indices }];
  }
  const long = node.result.filter((i) => i !== UNIT);
  if (scalars.length === 0 && sameList(kept, long)) return contract(graph, node.coefficient, operands, node.result, extents);
  const core = { node: contract(graph, ONE, operands, kept, extents), indices: kept };
  return contract(graph, node.coefficient, grouped(graph, [...scalars, core], extents), node.result, extents);
}

/** Σ a[n,i]·b[i,j] over n and i is Σ a'[i]·b[i,j]: what only one factor has is summed before the others are multiplied. */
function summedAlone(
  graph: Graph,
  { result }: Contraction,
  all: readonly Operand[],
  extents: readonly number[],
): readonly Operand[] {
  if (all.length < 2) return all;
  const users = new Map<number, number>();
  for (const i of [{ indices: result }, ...all].flatMap((o) => distinctIndices([o]))) users.set(i, (users.get(i) ?? 0) + 1);
  const whole = volume(distinctIndices(all), extents);
  for (const [k, operand] of all.entries()) {
    const own = distinctIndices([operand]);
    const indices = own.filter((i) => users.get(i)! > 1);
    if (isTest(operand.node) || indices.length === own.length || whole < 2 * volume(own, extents)) continue;
    return all.with(k, { node: contract(graph, ONE, [operand], indices, extents), indices });
  }
  return all;
}

const volume = (indices: readonly number[], extents: readonly number[]): number => indices.reduce((n, i) => n * extents[i]!, 1);

/**
 * With tests among the factors. Two factors stay with their tests, for `running` to solve. Of more, those indices that it reads
 * where others say are read first; then the factors are multiplied in pairs, their tests with the last one. A diagonal is laid
 * out around that.
 */
function withTests(
  graph: Graph,
  node: Contraction,
  all: readonly Operand[],
  tests: readonly Operand[],
  extents: readonly number[],
): Node {
  let open = [...tests];
  let operands = all.filter((o) => !tests.includes(o));
  // With what has been read already: a gather gives its operand new indices.
  const usersOf = (i: number): number =>
    [...operands, ...open].filter((o) => o.indices.includes(i)).length + (node.result.includes(i) ? 1 : 0);
  const apart = readApart(graph, node, all, extents);
  if (apart) return apart;
  const { fixed } = running(node);
  for (let k = 0; operands.length > 2 && k < operands.length; k++) {
    for (const test of tests) {
      const current = operands[k]!;
      const inner = test.indices.find(
        (i) => fixed.has(i) && current.indices.includes(i) && usersOf(i) === 2 && unitStep(test, i),
      );
      if (inner === undefined || !open.includes(test)) continue;
      const indices = distinctIndices([current, test]).filter((i) => i !== inner);
      operands = operands.with(k, { node: contract(graph, ONE, [current, test], indices, extents), indices });
      open = open.filter((t) => t !== test);
    }
  }
  const long = node.result.filter((i) => i !== UNIT);
  const once = [...new Set(long)];
  if (open.length === tests.length && operands.length <= 2 && once.length === long.length) return node;
  const kept = distinctIndices([{ indices: node.result }, ...open]);
  const needed = (rest: readonly Operand[]) => new Set([...kept, ...rest.flatMap((o) => o.indices)]);
  for (const pair of operands.length > 2 ? greedyPlan(operands, kept, extents) : []) {
    const rest = operands.filter((_, k) => !pair.includes(k));
    const two = pair.map((k) => operands[k]!);
    const indices = distinctIndices(two).filter((i) => needed(rest).has(i));
    operands = [...rest, { node: contract(graph, ONE, two, indices, extents), indices }];
  }
  const rest = [...operands, ...open];
  if (once.length === long.length) return contract(graph, node.coefficient, rest, node.result, extents);
  const core = { node: contract(graph, ONE, rest, once, extents), indices: once };
  return contract(graph, node.coefficient, [core], node.result, extents);
}

/**
 * One factor with one test apart, where that is less work than both within the whole: two rows of digits that meet in a number
 * have no common index, so each entry of one would look through the other.
 */
function readApart(graph: Graph, node: Contraction, all: readonly Operand[], extents: readonly number[]): Node | undefined {
  const work = workOf(node);
  for (const factor of all.filter((o) => !isTest(o.node))) {
    for (const test of all) {
      if (!isTest(test.node) || !test.indices.some((i) => factor.indices.includes(i))) continue;
      const rest = all.filter((o) => o !== factor && o !== test);
      const elsewhere = distinctIndices([...rest, { indices: node.result }]);
      const kept = distinctIndices([factor, test]).filter((i) => elsewhere.includes(i));
      const made = contract(graph, ONE, [factor, test], kept, extents);
      const whole = contract(graph, node.coefficient, [{ node: made, indices: kept }, ...rest], node.result, extents);
      if (whole.kind === 'contraction' && whole !== node && WORTH_APART * (workOf(made) + workOf(whole)) < work) {
        return pairwise(graph, whole);
      }
    }
  }
  return undefined;
}

/** How many times less work makes up for a pass of its own. */
const WORTH_APART = 2;

const workOf = (node: Node): number => (node.kind === 'contraction' ? pointsOf(running(node)) : 0);

const unitStep = (test: Operand, index: number): boolean =>
  isTest(test.node) &&
  test.indices.every((i, axis) => i !== index || Math.abs((test.node as Affine).steps[axis] as number) === 1);

interface Operand {
  readonly node: Node;
  readonly indices: readonly number[];
}

function contract(
  graph: Graph,
  coefficient: Fraction,
  operands: readonly Operand[],
  result: readonly number[],
  extents: readonly number[],
): Node {
  const sizes = new Map(distinctIndices([...operands, { indices: result }]).map((i) => [i, extents[i]!]));
  return graph.contract({
    coefficient,
    factors: operands.map((o) => o.node),
    indices: operands.map((o) => o.indices),
    result,
    sizes,
  });
}

/**
 * Which two operands to multiply next, again and again until two are left: the pair with the least work, and of these
 * the one with the smallest result. Empty if a single loop over everything is no more work.
 */
function greedyPlan(operands: readonly Operand[], kept: readonly number[], extents: readonly number[]): [number, number][] {
  const lists = operands.map((o) => distinctIndices([o]));
  const plan: [number, number][] = [];
  let work = 0;
  while (lists.length > 2) {
    let best: { pair: [number, number]; work: number; result: number[] } | undefined;
    const users = new Map<number, number>();
    for (const i of [...kept, ...lists.flat()]) users.set(i, (users.get(i) ?? 0) + 1);
    for (let a = 0; a < lists.length; a++) {
      for (let b = a + 1; b < lists.length; b++) {
        const union = [...new Set([...lists[a]!, ...lists[b]!])];
        const result = union.filter((i) => users.get(i)! > Number(lists[a]!.includes(i)) + Number(lists[b]!.includes(i)));
        const cost = 2 * volume(union, extents);
        if (!best || cost < best.work || (cost === best.work && volume(result, extents) < volume(best.result, extents))) {
          best = { pair: [a, b], work: cost, result };
        }
      }
    }
    const { pair, result } = best!;
    work += best!.work;
    plan.push(pair);
    lists.splice(pair[1], 1);
    lists.splice(pair[0], 1);
    lists.push(result);
  }
  work += 2 * volume([...new Set(lists.flat())], extents);
  const atOnce = operands.length * volume(distinctIndices(operands), extents);
  return work < atOnce ? plan : [];
}

const distinctIndices = (operands: readonly Pick<Operand, 'indices'>[]): number[] =>
  [...new Set(operands.flatMap((o) => o.indices))].filter((i) => i !== UNIT);

const sameList = (a: readonly number[], b: readonly number[]): boolean => a.length === b.length && a.every((x, k) => x === b[k]);

/** Longer sums and products are computed in groups, so that no expression grows without limit. */
const MOST_PARTS = 64;

/** More than the graph merges into an enclosing sum. */
const GROUP = 32;

/** The sum of the terms, in groups if there are many. */
export function split(graph: Graph, terms: readonly Node[]): Node {
  let parts = terms;
  while (parts.length > MOST_PARTS) parts = groups(parts).map((group) => graph.add(group));
  return graph.add(parts);
}

/** Many factors as few: the entrywise products of groups, which keep the indices that they have. */
function grouped(graph: Graph, factors: readonly Operand[], extents: readonly number[]): readonly Operand[] {
  let operands = factors;
  while (operands.length > MOST_PARTS) {
    operands = groups(operands).map((group) => {
      const indices = distinctIndices(group);
      return { node: contract(graph, ONE, group, indices, extents), indices };
    });
  }
  return operands;
}

function groups<T>(items: readonly T[]): T[][] {
  const made: T[][] = [];
  for (let from = 0; from < items.length; from += GROUP) made.push(items.slice(from, from + GROUP));
  return made;
}
