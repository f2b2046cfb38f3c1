import type { Affine, Contraction, Node } from '../graph/node.ts';
import { combine, type Place, place } from './expression.ts';

/**
 * Which indices of a contraction run in loops. A test [i + p − k = 0] among the factors fixes one index by the others:
 * a summed one is then read where they say (a gather), one of the result is written there (a scatter). Without this
 * a convolution would run over the image twice.
 */
export interface Running {
  /** The indices that run. */
  readonly loops: readonly number[];
  /** The others, in terms of those. */
  readonly fixed: ReadonlyMap<number, Linear>;
  /** What must lie in [0, extent) for the term to count. */
  readonly bounds: readonly { readonly value: Linear; readonly extent: number }[];
  /** Positions of the factors that are left: all but the tests. */
  readonly factors: readonly number[];
  /** An index of the result is fixed: entries are added where they belong. */
  readonly scatters: boolean;
}

/** constant + Σ scale·index. */
interface Linear {
  readonly constant: number;
  readonly scales: ReadonlyMap<number, number>;
}

const plans = new WeakMap<Contraction, Running>();

/** A sum of so few terms is written out, so that a gather is better than a scatter. */
const FEW_TERMS = 4;

/** Sizes must be numbers. */
export function running(node: Contraction): Running {
  let plan = plans.get(node);
  if (!plan) {
    plan = planned(node);
    plans.set(node, plan);
  }
  return plan;
}

export const isTest = (node: Node): node is Affine => node.kind === 'affine' && node.test;

function planned(node: Contraction): Running {
  const all = node.sizes.map((_, i) => i);
  const factors = node.factors.map((_, k) => k).filter((k) => !isTest(node.factors[k]!));
  if (factors.length === node.factors.length) return { loops: all, fixed: new Map(), bounds: [], factors, scatters: false };
  const gather = eliminated(node, factors, (i) => !node.result.includes(i));
  const terms = gather.loops.filter((i) => !node.result.includes(i)).reduce((n, i) => n * (node.sizes[i] as number), 1);
  if (terms <= FEW_TERMS || repeats(node.result)) return gather;
  const scatter = eliminated(node, factors, () => true);
  return scatter.bounds.length === 0 && points(node, scatter) <= points(node, gather) ? scatter : gather;
}

const repeats = (result: readonly number[]): boolean => result.some((i, axis) => i >= 0 && result.indexOf(i) !== axis);

const points = (node: Contraction, { loops }: Running): number => loops.reduce((n, i) => n * (node.sizes[i] as number), 1);

function eliminated(node: Contraction, factors: readonly number[], may: (index: number) => boolean): Running {
  const fixed = new Map<number, Linear>();
  const bounds: { value: Linear; extent: number }[] = [];
  const size = (i: number) => node.sizes[i] as number;
  node.factors.forEach((factor, k) => {
    if (!isTest(factor)) return;
    let value: Linear = { constant: factor.offset as number, scales: new Map() };
    node.indices[k]!.forEach((i, axis) => {
      value = plus(value, fixed.get(i) ?? { constant: 0, scales: new Map([[i, 1]]) }, factor.steps[axis] as number);
    });
    // The longest index that the equation gives in whole numbers.
    const candidates = [...value.scales].filter(([i, scale]) => Math.abs(scale) === 1 && may(i));
    const chosen = candidates.sort(([i, a], [j, b]) => size(j) - size(i) || a - b)[0];
    if (!chosen) {
      bounds.push({ value, extent: 1 });
      return;
    }
    const [index, scale] = chosen;
    const rest: Linear = { constant: value.constant, scales: new Map([...value.scales].filter(([i]) => i !== index)) };
    const solution = plus({ constant: 0, scales: new Map() }, rest, -scale);
    for (const [i, other] of fixed) fixed.set(i, substituted(other, index, solution));
    bounds.forEach((b, at) => {
      bounds[at] = { ...b, value: substituted(b.value, index, solution) };
    });
    fixed.set(index, solution);
    bounds.push({ value: solution, extent: size(index) });
  });
  return {
    loops: node.sizes.map((_, i) => i).filter((i) => !fixed.has(i)),
    fixed,
    bounds: bounds.filter(({ value, extent }) => !within(value, extent, size)),
    factors,
    scatters: [...fixed.keys()].some((i) => node.result.includes(i)),
  };
}

function plus(a: Linear, b: Linear, times: number): Linear {
  const scales = new Map(a.scales);
  for (const [i, s] of b.scales) {
    const total = (scales.get(i) ?? 0) + times * s;
    if (total === 0) scales.delete(i);
    else scales.set(i, total);
  }
  return { constant: a.constant + times * b.constant, scales };
}

function substituted(value: Linear, index: number, solution: Linear): Linear {
  const scale = value.scales.get(index);
  if (scale === undefined) return value;
  const rest = { constant: value.constant, scales: new Map([...value.scales].filter(([i]) => i !== index)) };
  return plus(rest, solution, scale);
}

/** Whether the value cannot leave [0, extent). */
function within({ constant, scales }: Linear, extent: number, size: (i: number) => number): boolean {
  let [low, high] = [constant, constant];
  for (const [i, scale] of scales) {
    const reach = scale * Math.max(0, size(i) - 1);
    if (reach < 0) low += reach;
    else high += reach;
  }
  return low >= 0 && high < extent;
}

/** The place that a linear expression is, from those of the running indices. */
export function placeOf({ constant, scales }: Linear, position: ReadonlyMap<number, Place>): Place {
  const indices = [...scales.keys()];
  return combine([place(constant), ...indices.map((i) => position.get(i)!)], [1, ...scales.values()]);
}
