import { addDims, type Dim, multiplyDims } from '../graph/dimension.ts';
import { isZeroNode } from '../graph/forms.ts';
import { type Affine, type Contraction, isNamed, type Node } from '../graph/node.ts';
import { recurrenceNamed } from './lag-form.ts';

/** What tests among the factors of a contraction say of an index that counts steps: j = i + 1, k = i − 2. */
export interface Shift {
  /** The places of the tests among the factors. */
  readonly tests: ReadonlySet<number>;
  /** Indices, and how far each lies behind the one that counts the steps, which is among them. */
  readonly offsets: ReadonlyMap<number, number>;
  /** The neighbour without which nothing is there; left out where something is at all steps. */
  readonly guard?: number;
}

/** The shifts along an index that counts the steps; undefined if there are none, or tests say more than that. */
export function shiftFrom(node: Contraction, steps: number, time: Dim): Shift | undefined {
  const shift = movedWith(node, steps);
  return shift && shift.tests.size > 0 ? guarded(node, shift, time) : undefined;
}

/**
 * What moves with an index; undefined if tests say more of it.
 * @param apart a test that is known of
 */
function movedWith(node: Contraction, start: number, apart?: number): Shift | undefined {
  const tests = new Set<number>();
  const offsets = new Map([[start, 0]]);
  for (let isOpen = true; isOpen; ) {
    isOpen = false;
    for (const [at, test] of node.factors.entries()) {
      const between = test.kind === 'affine' && !tests.has(at) ? stepsBetween(test) : undefined;
      if (between === undefined) continue;
      const [first, second] = node.indices[at] as [number, number];
      const [a, b] = [offsets.get(first), offsets.get(second)];
      if ((a === undefined) === (b === undefined)) continue;
      if (a === undefined) offsets.set(first, b! - between);
      else offsets.set(second, a + between);
      tests.add(at);
      isOpen = true;
    }
  }
  const isTestedElsewhere = node.factors.some(
    (f, k) => k !== apart && f.kind === 'affine' && !tests.has(k) && node.indices[k]!.some((i) => offsets.has(i)),
  );
  return isTestedElsewhere ? undefined : { tests, offsets };
}

/** With the neighbour that must be there, if one is enough. */
function guarded(node: Contraction, shift: Shift, time: Dim): Shift | undefined {
  const beside = [...shift.offsets].filter(([index]) => node.sizes[index] === time);
  const guards = new Set(
    beside.flatMap(([index, offset]) => (offset === 0 || startsFromZero(node, shift, index, offset) ? [] : [offset])),
  );
  const [guard] = guards;
  const others = [...shift.offsets].filter(([index]) => node.sizes[index] !== time);
  const isThere = others.every(([index, offset]) => isWithin(node.sizes[index]!, time, offset, guard ?? 0));
  if (guards.size > 1 || !isThere) return undefined;
  return guard === undefined ? shift : { ...shift, guard };
}

/** Whether the steps that have a neighbour read entries that a longer array has: x[t + 1]. */
function isWithin(length: Dim, time: Dim, offset: number, guard: number): boolean {
  const left = addDims(length, multiplyDims(-1, addDims(time, offset - Math.max(guard, 0))));
  return offset - Math.min(guard, 0) >= 0 && typeof left === 'number' && left >= 0;
}

/** What is read before the first step, or behind the last one, is the first entry of a recurrence, which is 0 and has a name. */
function startsFromZero(node: Contraction, { tests }: Shift, index: number, offset: number): boolean {
  if (Math.abs(offset) > 1) return false;
  return node.factors.every((f, k) => {
    const axis = node.indices[k]!.indexOf(index);
    if (tests.has(k) || axis < 0) return true;
    const whole = recurrenceNamed(f);
    if (!whole || !isNamed(f) || f.first !== undefined) return false;
    return whole.axis === 0 && axis === 0 && (whole.backward ? 1 : -1) === offset && isZeroNode(whole.init);
  });
}

/** By how many steps the second index of a test lies behind the first: a·i − a·j + offset is 0 for j = i + offset/a. */
function stepsBetween({ test, shape, steps: [a, b], offset }: Affine): number | undefined {
  if (!test || shape.length !== 2 || (a !== 1 && a !== -1) || b !== -a) return undefined;
  return typeof offset === 'number' ? offset / a : undefined;
}

/** A test that takes one entry out of all, with what is read beside it. */
export interface Fixed extends Pick<Shift, 'tests' | 'offsets'> {
  /** The length of the axis that it is an entry of. */
  readonly length: Dim;
  /** Counted from 1. */
  readonly place: Dim;
}

export function fixedPlace(node: Node, fits: (index: number) => boolean): Fixed | undefined {
  if (node.kind !== 'contraction') return undefined;
  for (const [at, test] of node.factors.entries()) {
    if (test.kind !== 'affine' || !test.test || test.shape.length !== 1 || test.steps[0] !== 1) continue;
    const index = node.indices[at]![0]!;
    const length = node.sizes[index];
    const moved = length === undefined ? undefined : movedWith(node, index, at);
    if (length === undefined || !moved || ![...moved.offsets.keys()].every(fits)) continue;
    const isThere = [...moved.offsets].every(([i, offset]) => i === index || isWithin(node.sizes[i]!, length, offset, 0));
    if (!isThere) continue;
    const { tests, offsets } = moved;
    return { tests: new Set([...tests, at]), offsets, length, place: addDims(1, multiplyDims(-1, test.offset)) };
  }
  return undefined;
}
