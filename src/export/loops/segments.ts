import { addDims, type Dim, entryCount, multiplyDims, rowMajorStrides, type Shape } from '../../graph/dimension.ts';
import { isTest } from '../../graph/linear.ts';
import { type Affine, type Recurrence, UNIT } from '../../graph/node.ts';
import { dependents, topological } from '../../graph/traverse.ts';

/** A part of an axis, which holds an array of a shape of its own, row after row. */
export interface Segment {
  /** [place − offset − Σ stride·i = 0], between the axis and those of the part. */
  readonly test: Affine;
  readonly shape: Shape;
}

/** An axis of what a recurrence carries, along which several arrays lie one after the other. */
export interface Packing {
  readonly axis: number;
  readonly segments: readonly Segment[];
}

const sameDims = (a: Shape, b: Shape): boolean => a.length === b.length && a.every((d, k) => d === b[k]);

/** Whether a test of places says where the entries of an array lie along its first axis. */
function segmentOf(test: Affine): Segment | undefined {
  const [step, ...others] = test.steps;
  const shape = test.shape.slice(1);
  if (step !== 1) return undefined;
  const strides = others.map((d) => multiplyDims(-1, d));
  return sameDims(strides, rowMajorStrides(shape)) ? { test, shape } : undefined;
}

const offsetOf = ({ test }: Segment): Dim => multiplyDims(-1, test.offset);

/** In their order, if they cover the axis without a gap. */
function tiled(segments: readonly Segment[], length: Dim): Segment[] | undefined {
  const at = new Map<Dim, Segment>();
  for (const segment of segments) {
    if (at.has(offsetOf(segment))) return undefined;
    at.set(offsetOf(segment), segment);
  }
  const found: Segment[] = [];
  let end: Dim = 0;
  while (end !== length) {
    const next = at.get(end);
    if (!next) return undefined;
    at.delete(end);
    found.push(next);
    end = addDims(end, entryCount(next.shape));
  }
  return at.size === 0 && found.length > 1 ? found : undefined;
}

/**
 * How several states are packed into what a recurrence carries, as the tests say by which its steps take them out and put
 * them back; undefined if it carries one array.
 */
export function packingOf({ previous, step, axis: time }: Recurrence): Packing | undefined {
  const tests = new Map<Dim, Map<Affine, Segment>>();
  const order = topological([step]);
  const moving = dependents(order, [previous]);
  for (const node of order) {
    if (node.kind !== 'contraction' || !moving.has(node)) continue;
    node.factors.forEach((factor, k) => {
      if (!isTest(factor) || node.indices[k]![0] === UNIT) return;
      const segment = segmentOf(factor);
      const [length] = factor.shape as [Dim];
      if (segment) tests.set(length, (tests.get(length) ?? new Map()).set(factor, segment));
    });
  }
  for (const [axis, length] of previous.shape.entries()) {
    if (axis <= time) continue;
    const segments = tiled([...(tests.get(length)?.values() ?? [])], length);
    if (segments) return { axis, segments };
  }
  return undefined;
}
