import { extremes, isTest, type Linear, solveTests } from '../graph/linear.ts';
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
  /** The others, in terms of those. */
  readonly fixed: ReadonlyMap<number, Linear>;
  /** What must lie in [0, extent) for the term to count. */
  readonly bounds: readonly { readonly value: Linear; readonly extent: number }[];
  /** Positions of the factors that are left: all but the tests. */
  readonly factors: readonly number[];
  /** An index of the result is fixed: entries are added where they belong. */
  readonly scatters: boolean;
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
  const size = (i: number) => node.sizes[i] as number;
  // The longest index that may be fixed.
  const { fixed, equations } = solveTests(node, (whole) => whole.filter(may).sort((i, j) => size(j) - size(i) || i - j)[0]);
  const bounds = [
    ...[...fixed].map(([index, value]) => ({ value, extent: size(index) })),
    ...equations.map((value) => ({ value, extent: 1 })),
  ];
  const range = (i: number) => ({ from: 0, size: Math.max(1, size(i)) });
  const within = (value: Linear, extent: number): boolean => {
    const [low, high] = extremes(value, range) as [number, number];
    return low >= 0 && high < extent;
  };
  return {
    loops: node.sizes.map((_, i) => i).filter((i) => !fixed.has(i)),
    fixed,
    bounds: bounds.filter(({ value, extent }) => !within(value, extent)),
    factors,
    scatters: [...fixed.keys()].some((i) => node.result.includes(i)),
  };
}

/** The place that a linear expression is, from those of the running indices. */
export function placeOf({ constant, scales }: Linear, position: ReadonlyMap<number, Place>): Place {
  const indices = [...scales.keys()];
  return combine(
    [place(constant as number), ...indices.map((i) => position.get(i)!)],
    [1, ...(scales.values() as Iterable<number>)],
  );
}
