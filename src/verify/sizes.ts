import { dimensionNames, measureOf, type Sizes } from '../graph/dimension.ts';
import type { Node } from '../graph/node.ts';
import { topological } from '../graph/traverse.ts';
import { brokenConstraint, checkConstraints } from '../model/constraints.ts';
import type { Model } from '../model/model.ts';
import type { Draw } from '../numeric/random.ts';
import { work } from './cost.ts';
import { tooShort } from './full-rank.ts';

/** Lengths that are tried: a 2 or a 1 would be mistaken for the numbers in formulas. */
const DISTINCT = [
  [3, 4, 5],
  [6, 7, 8, 9],
  [10, 11, 12, 13],
];

/** Short ones, where a function is compared with itself and no length can be mistaken for a number. */
export const SHORT = [[2, 3], [4, 5], ...DISTINCT.slice(1)];

/** How far sizes may grow so that every subscript lies within its axis, and what is inverted has an inverse. */
const MOST_GROWTH = 100;

/**
 * Lengths for the names of dimensions that nothing binds: different from one another, from the lengths that are numbers,
 * and from the numbers in the expressions, so that nothing is right by coincidence.
 * @param bound lengths that are settled
 * @param pools lengths to choose from, the first ones first
 * @param others lengths that are to be others than in earlier draws, if there are enough
 * @throws GradusError `shape` if a subscript of the source lies outside of its axis whatever the lengths
 */
export function drawSizes(
  model: Model,
  expressions: readonly Node[],
  bound: Sizes,
  draw: Draw,
  pools: readonly (readonly number[])[] = DISTINCT,
  others: readonly Sizes[] = [],
): Map<string, number> {
  const dims = [...model.inputs.values()].flatMap((i) => i.shape);
  const axes = new Set(dims.flatMap(dimensionNames));
  // What only ranges have is as long as its number says.
  const sizes = new Map([...[...model.sizes].filter(([name]) => !axes.has(name)), ...bound]);
  const taken = new Set<number>([...bound.values(), ...numbersIn(expressions)]);
  for (const dim of dims) if (typeof dim === 'number') taken.add(dim);
  for (const name of axes) {
    if (sizes.has(name)) continue;
    const earlier = new Set(others.map((sizes) => sizes.get(name)));
    const free = pools.map((pool) => pool.filter((n) => !taken.has(n) && !earlier.has(n))).find((pool) => pool.length > 0);
    const size = free ? free[Math.floor(draw.uniform(0, free.length))]! : Math.max(...taken) + 1;
    taken.add(size);
    sizes.set(name, size);
  }
  return withinConstraints(model, bound, sizes);
}

/**
 * So many steps a recurrence has at least: what goes back by two of them, and begins at the second, shows after four. With three
 * −M[t + 1] in place of M[t + 1] was equal.
 */
const STEPS = 5;

/**
 * The same, but short ones where evaluating the expressions takes too much, some of them alike.
 * @param most products that it may take
 * @param least the shortest of them
 */
export function affordableSizes(
  model: Model,
  expressions: readonly Node[],
  bound: Sizes,
  draw: Draw,
  { most, least }: { readonly most: number; readonly least: number },
  others: readonly Sizes[],
): Map<string, number> {
  const sizes = drawSizes(model, expressions, bound, draw, undefined, others);
  const isTime = (name: string): boolean => model.graph.steps.isTime(name) && !bound.has(name);
  for (const name of sizes.keys()) if (isTime(name)) sizes.set(name, Math.max(sizes.get(name)!, STEPS + (sizes.get(name)! % 3)));
  if (work(expressions, sizes) <= most) return withinConstraints(model, bound, sizes);
  const names = [...sizes.keys()].filter((name) => !bound.has(name));
  const shuffled = names.map((name) => ({ name, by: draw.uniform() })).sort((a, b) => a.by - b.by);
  const small = new Map(sizes);
  shuffled.forEach(({ name }, k) => {
    small.set(name, Math.min(sizes.get(name)!, (isTime(name) ? STEPS : least) + (k % 3)));
  });
  return withinConstraints(model, bound, small);
}

/**
 * Lengths at which what holds for those that are drawn may not hold: all alike, the shortest there are, and longer than any
 * number in the expressions.
 */
export function* unusualSizes(model: Model, expressions: readonly Node[], bound: Sizes): Generator<Sizes> {
  const dims = [...model.inputs.values()].flatMap((i) => i.shape);
  const names = [...new Set(dims.flatMap(dimensionNames))].filter((name) => !bound.has(name));
  const largest = Math.max(0, ...[...numbersIn(expressions)].filter((n) => n <= LONGEST));
  if (names.length > 1) yield withinConstraints(model, bound, new Map([...bound, ...names.map((name) => [name, 3] as const)]));
  if (names.length === 0) return;
  yield withinConstraints(model, bound, new Map([...bound, ...names.map((name, k) => [name, largest + 1 + k] as const)]));
  yield withinConstraints(model, bound, new Map([...bound, ...names.map((name) => [name, 1] as const)]), true);
}

/** Longer axes are not tried. */
const LONGEST = 128;

/** Whole numbers that stand in the expressions, and lengths of arrays that are written out in them. */
function numbersIn(expressions: readonly Node[]): Set<number> {
  const found = new Set<number>();
  for (const node of topological(expressions)) {
    if (node.kind === 'affine')
      for (const dim of [node.offset, ...node.steps]) if (typeof dim === 'number') found.add(Math.abs(dim));
    for (const dim of node.shape) if (typeof dim === 'number') found.add(dim);
    if (node.kind !== 'contraction') continue;
    found.add(Number(node.coefficient.n));
    found.add(Number(node.coefficient.d));
  }
  return found;
}

/**
 * Sizes grown until every subscript lies within its axis and no product that is inverted lacks rank.
 * @param alike they need not stay different from one another
 */
function withinConstraints(model: Model, bound: Sizes, sizes: Map<string, number>, alike = false): Map<string, number> {
  for (let k = 0; k < MOST_GROWTH; k++) {
    const broken = brokenConstraint(model.constraints, sizes);
    if (!broken) {
      const short = tooShort(model, sizes, bound);
      if (short === undefined) return sizes;
      sizes.set(short, sizes.get(short)! + 1);
      continue;
    }
    const { least } = broken;
    const more = (name: string): number => {
      // Sizes stay different from one another.
      const others = new Set([...sizes].filter(([n]) => n !== name).map(([, size]) => size));
      let size = sizes.get(name)! + 1;
      while (!alike && others.has(size)) size++;
      return size;
    };
    const uneven = !Number.isInteger(measureOf(least, sizes));
    const grows = (name: string) => uneven || measureOf(least, new Map(sizes).set(name, more(name))) > measureOf(least, sizes);
    const name = dimensionNames(least).find((n) => !bound.has(n) && grows(n));
    if (name === undefined) break;
    sizes.set(name, more(name));
  }
  checkConstraints(model.constraints, sizes);
  return sizes;
}
