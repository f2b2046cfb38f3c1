import { extremes, isTest, type Linear, type Solution, solveTests } from '../graph/linear.ts';
import type { Contraction } from '../graph/node.ts';
import { combine, type Place, place } from './expression.ts';

/**
 * Which indices of a contraction run in loops. A test [i + p − k = 0] among the factors fixes one index by the others:
 * a summed one is then read where they say (a gather), one of the result is written there (a scatter). Without this
 * a convolution would run over the image twice.
 */
interface Running {
  /** The indices that run. */
  readonly loops: readonly number[];
  /** Where each of them begins, and how many values it takes: those at which a term counts, if that is all that is asked of it. */
  readonly ranges: ReadonlyMap<number, Range>;
  /** The others, in terms of those. */
  readonly fixed: ReadonlyMap<number, Linear>;
  /** What must lie in [0, extent) for the term to count. */
  readonly bounds: readonly { readonly value: Linear; readonly extent: number }[];
  /** Positions of the factors that are left: all but the tests. */
  readonly factors: readonly number[];
  /** An index of the result is fixed: entries are added where they belong, at places that lie in it. */
  readonly scatters: boolean;
}

/** The numbers from `from` on. */
export interface Range {
  readonly from: number;
  readonly size: number;
}

const plans = new WeakMap<Contraction, Running>();

/** Sizes must be numbers. */
export function running(node: Contraction): Running {
  let plan = plans.get(node);
  if (!plan) {
    plan = planned(node);
    plans.set(node, plan);
  }
  return plan;
}

function planned(node: Contraction): Running {
  const factors = node.factors.map((_, k) => k).filter((k) => !isTest(node.factors[k]!));
  if (factors.length === node.factors.length) {
    const loops = node.sizes.map((_, i) => i);
    const ranges = new Map(loops.map((i) => [i, { from: 0, size: node.sizes[i] as number }]));
    return { loops, ranges, fixed: new Map(), bounds: [], factors, scatters: false };
  }
  const gather = best(solutions(node, factors, (i) => !node.result.includes(i)))!;
  if (repeats(node.result)) return gather;
  // A store has no guard.
  const scatter = best(solutions(node, factors, () => true).filter((s) => s.scatters && s.bounds.length === 0));
  return scatter && pays(node, scatter, gather) ? scatter : gather;
}

/** What a gather may run over, as a multiple of what a scatter does: it needs no memory, and no second pass. */
const WORTH_GATHERING = 2;

/** Whether to write where the indices say rather than read there. */
function pays(node: Contraction, scatter: Running, gather: Running): boolean {
  const [written, read] = [pointsOf(scatter), pointsOf(gather)];
  if (read > WORTH_GATHERING * written) return true;
  const sums = gather.loops.some((i) => !node.result.includes(i));
  return sums && gather.bounds.length > 0 && written <= read;
}

const repeats = (result: readonly number[]): boolean => result.some((i, axis) => i >= 0 && result.indexOf(i) !== axis);

/** How many values each index that runs takes. */
export const extentsOf = ({ loops, ranges }: Running): readonly number[] => loops.map((i) => ranges.get(i)!.size);

/** How often it looks at its factors. */
export const pointsOf = (plan: Running): number => extentsOf(plan).reduce((n, size) => n * size, 1);

/** The one that runs over the least; of these, the one that asks least. */
const best = (list: readonly Running[]): Running | undefined =>
  list.reduce<Running | undefined>((least, s) => {
    const less = !least || pointsOf(s) - pointsOf(least) || s.bounds.length - least.bounds.length;
    return less === true || (less as number) < 0 ? s : least;
  }, undefined);

/** More ways to solve the tests of a contraction are not compared. */
const MOST_SOLUTIONS = 64;

/** The ways to solve the tests for indices that may be fixed, those first that fix the longest ones. */
function solutions(node: Contraction, factors: readonly number[], may: (index: number) => boolean): Running[] {
  const size = (i: number) => node.sizes[i] as number;
  const found: Running[] = [];
  let choices: readonly number[] | undefined = [];
  while (choices && found.length < MOST_SOLUTIONS) {
    const taken: number[] = [];
    const open: number[] = [];
    const wanted: readonly number[] = choices;
    const solution = solveTests(node, (whole) => {
      const possible = whole.filter(may).sort((i, j) => size(j) - size(i) || i - j);
      const choice = wanted[taken.length] ?? 0;
      taken.push(choice);
      open.push(possible.length);
      return possible[choice];
    });
    found.push(runningWith(node, factors, solution));
    let last = taken.length - 1;
    while (last >= 0 && taken[last]! + 1 >= open[last]!) last--;
    choices = last < 0 ? undefined : [...taken.slice(0, last), taken[last]! + 1];
  }
  return found;
}

function runningWith(node: Contraction, factors: readonly number[], { fixed, equations }: Solution): Running {
  const size = (i: number) => node.sizes[i] as number;
  const loops = node.sizes.map((_, i) => i).filter((i) => !fixed.has(i));
  const scatters = [...fixed.keys()].some((i) => node.result.includes(i));
  const ranges = new Map(loops.map((i): [number, Range] => [i, { from: 0, size: size(i) }]));
  const asked = [
    ...[...fixed].map(([index, value]) => ({ value, extent: size(index) })),
    ...equations.map((value) => ({ value, extent: 1 })),
  ];
  // What is read has an entry at each place of the result; beside that, an index runs only where terms count.
  const bounds = asked.filter(({ value, extent }) => {
    const [[index, step] = [], ...more] = value.scales as ReadonlyMap<number, number>;
    if (index === undefined || more.length > 0 || (node.result.includes(index) && !scatters)) return true;
    ranges.set(index, narrowed(ranges.get(index)!, value.constant as number, step!, extent));
    return false;
  });
  const within = ({ value, extent }: (typeof bounds)[number]): boolean => {
    const [low, high] = extremes(value, (i) => ({ ...ranges.get(i)!, size: Math.max(1, ranges.get(i)!.size) })) as [
      number,
      number,
    ];
    return low >= 0 && high < extent;
  };
  return { loops, ranges, fixed, bounds: bounds.filter((bound) => !within(bound)), factors, scatters };
}

/** Of a range, the i at which 0 ≤ constant + step·i < extent. */
export function narrowed({ from, size }: Range, constant: number, step: number, extent: number): Range {
  const ends = [-constant / step, (extent - 1 - constant) / step].sort((a, b) => a - b) as [number, number];
  const first = Math.max(from, Math.ceil(ends[0]));
  return { from: first, size: Math.max(0, Math.min(from + size - 1, Math.floor(ends[1])) - first + 1) };
}

/** The place that a linear expression is, from those of the running indices. */
export function placeOf({ constant, scales }: Linear, position: ReadonlyMap<number, Place>): Place {
  const indices = [...scales.keys()];
  return combine(
    [place(constant as number), ...indices.map((i) => position.get(i)!)],
    [1, ...(scales.values() as Iterable<number>)],
  );
}
