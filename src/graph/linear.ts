import { addDims, type Dim, leastOf, multiplyDims, type Shape } from './dimension.ts';
import { type Affine, type Contraction, type Node, UNIT } from './node.ts';

/** constant + Σ scale·index: what a subscript says, and what a test among a contraction's factors compares with 0. */
export interface Linear<Index = number> {
  readonly constant: Dim;
  readonly scales: ReadonlyMap<Index, Dim>;
}

export const constantly = (constant: Dim): Linear<never> => ({ constant, scales: new Map<never, Dim>() });

/** a + times·b. */
export function plus<I>(a: Linear<I>, b: Linear<I>, times: Dim): Linear<I> {
  const scales = new Map(a.scales);
  for (const [index, scale] of b.scales) {
    const total = addDims(scales.get(index) ?? 0, multiplyDims(times, scale));
    if (total === 0) scales.delete(index);
    else scales.set(index, total);
  }
  return { constant: addDims(a.constant, multiplyDims(times, b.constant)), scales };
}

const without = <I>({ constant, scales }: Linear<I>, index: I): Linear<I> => ({
  constant,
  scales: new Map([...scales].filter(([i]) => i !== index)),
});

function substituted(value: Linear, index: number, solution: Linear): Linear {
  const scale = value.scales.get(index);
  return scale === undefined ? value : plus(without(value, index), solution, scale);
}

/**
 * The least and the greatest value, where the sign of every scale is known.
 * @param range the first value of an index and how many it has
 */
export function extremes<I>(
  { constant, scales }: Linear<I>,
  range: (index: I) => { readonly from: Dim; readonly size: Dim },
): [Dim, Dim] | undefined {
  let [low, high] = [constant, constant];
  for (const [index, scale] of scales) {
    const rises = (leastOf(scale) ?? -1) >= 0;
    if (!rises && (leastOf(multiplyDims(-1, scale)) ?? -1) < 0) return undefined;
    const { from, size } = range(index);
    const last = addDims(from, addDims(size, -1));
    low = addDims(low, multiplyDims(scale, rises ? from : last));
    high = addDims(high, multiplyDims(scale, rises ? last : from));
  }
  return [low, high];
}

/** Whether offset + Σ stepₖ·iₖ is 0 at no place of a shape, as far as numbers tell. */
export function neverZero(shape: Shape, { steps, offset }: { readonly steps: readonly Dim[]; readonly offset: Dim }): boolean {
  if (typeof offset !== 'number') return false;
  let [low, high] = [offset, offset];
  for (const [axis, step] of steps.entries()) {
    const size = shape[axis]!;
    if (typeof step !== 'number' || typeof size !== 'number') return false;
    if (step < 0) low += step * (size - 1);
    else high += step * (size - 1);
  }
  return low > 0 || high < 0;
}

/** A condition a = 0 with the sign that makes its first step positive. */
export function positive(steps: readonly Dim[], offset: Dim): { steps: readonly Dim[]; offset: Dim } {
  const first = steps[0] ?? offset;
  if (typeof first === 'number' ? first > 0 : !first.startsWith('-')) return { steps, offset };
  return { steps: steps.map((s) => multiplyDims(-1, s)), offset: multiplyDims(-1, offset) };
}

export const isTest = (node: Node): node is Affine => node.kind === 'affine' && node.test;

/** The number that an affine factor is at its indices, those that are fixed by what they are. */
export function linearOf({ offset, steps }: Affine, indices: readonly number[], fixed: Solution['fixed']): Linear {
  let value: Linear = constantly(offset);
  indices.forEach((i, axis) => {
    if (i !== UNIT) value = plus(value, fixed.get(i) ?? { constant: 0, scales: new Map([[i, 1]]) }, steps[axis]!);
  });
  return value;
}

/** The tests of a contraction solved for indices. Indices count from 0. */
export interface Solution {
  /** Indices that the tests give by others. */
  readonly fixed: ReadonlyMap<number, Linear>;
  /** What must be 0 beside: tests that give no index in whole numbers. */
  readonly equations: readonly Linear[];
}

/**
 * Solves each test for one index, so that Σₖ [i + p − k = 0]·x[k] reads x[i+p].
 * @param choose which of the indices that a test gives in whole numbers it is solved for; undefined for none
 */
export function solveTests(node: Contraction, choose: (indices: readonly number[]) => number | undefined): Solution {
  const fixed = new Map<number, Linear>();
  let equations: Linear[] = [];
  node.factors.forEach((factor, k) => {
    if (!isTest(factor)) return;
    const value = linearOf(factor, node.indices[k]!, fixed);
    const whole = [...value.scales].filter(([, scale]) => scale === 1 || scale === -1).map(([i]) => i);
    const index = choose(whole);
    if (index === undefined) {
      equations.push(value);
      return;
    }
    const solution = plus(constantly(0), without(value, index), multiplyDims(-1, value.scales.get(index)!));
    for (const [i, other] of fixed) fixed.set(i, substituted(other, index, solution));
    equations = equations.map((e) => substituted(e, index, solution));
    fixed.set(index, solution);
  });
  return { fixed, equations };
}
