import { addDims, type Dim, multiplyDims, type Shape, sameShape, showShape } from '../graph/dimension.ts';
import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { block, joined, stacked, trimmed } from '../graph/views.ts';
import { GradusError } from '../language/diagnostics.ts';
import type { EntryAssignment, Span } from '../language/tree.ts';
import type { Extended } from '../model/model.ts';
import { columnShape } from '../operators/builder.ts';
import type { IndexRange } from './index-range.ts';

/**
 * The entries of a definition that gives some of them singly, `h[0] = …`, and the others by steps. Its array holds those
 * from number 1 on; one that begins later holds all that there are, and they are read under their own numbers.
 */

/** Single entries of a name, by their numbers. */
export type GivenEntries = ReadonlyMap<Dim, { readonly node: Node; readonly span: Span }>;

/** What the steps run over: from the first to the last, or back. */
export interface Run {
  readonly range: IndexRange;
  readonly backward: boolean;
}

const lastOf = ({ from, size }: IndexRange): Dim => addDims(from, addDims(size, -1));

/** The number of the entry that lies k + 1 places before the first step that is taken. */
export const placeBefore = (k: number, { range, backward }: Run): Dim =>
  backward ? addDims(lastOf(range), k + 1) : addDims(range.from, -1 - k);

/**
 * The given entries that the steps start from, the nearest first.
 * @throws GradusError `name` for one that does not lie next to the others
 */
export function startsOf({ name }: EntryAssignment, given: GivenEntries, run: Run): Node[] {
  const starts: Node[] = [];
  const used = new Set<Dim>();
  for (let place = placeBefore(0, run); given.has(place); place = placeBefore(starts.length, run)) {
    used.add(place);
    starts.push(given.get(place)!.node);
  }
  for (const [place, { span }] of given) {
    if (used.has(place)) continue;
    const steps = `${run.range.from}:${lastOf(run.range)}`;
    throw new GradusError('name', `${name}[${place}] does not lie ${run.backward ? 'after' : 'before'} the steps ${steps}`, {
      span,
      hint: `entries are given side by side; the next to the steps is ${name}[${placeBefore(0, run)}]`,
    });
  }
  return starts;
}

/** The array that steps and given entries make, and all entries by number where the array does not tell them. */
export function placed(
  g: Graph,
  own: Node,
  starts: readonly Node[],
  { range, backward }: Run,
): { node: Node; extended?: Extended } {
  const single = starts.map((n) => stretched(g, n, own.shape.slice(1)));
  const given = single.map((n) => stacked(g, [n], 0));
  const inOrder = (before: readonly Node[]): Node => joined(g, backward ? [own, ...before] : [...before.toReversed(), own], 0);
  const whole = inOrder(given);
  const first = backward ? range.from : addDims(range.from, -given.length);
  const last = lastOf(range);
  const isBelowOne = (dim: Dim): boolean => typeof dim === 'number' && dim < 1;
  const counts = (first === 1 || isBelowOne(first)) && !isBelowOne(last);
  if (!counts) return { node: columns(g, whole), extended: { first, node: whole, arrayFrom: first, outside: new Map() } };
  const dropped = addDims(1, multiplyDims(-1, first)) as number;
  const array = withoutFirst(dropped);
  if (array === whole) return { node: columns(g, whole) };
  const inside = backward ? 0 : Math.max(0, given.length - dropped);
  const outside = new Map(single.slice(inside).map((n, k) => [placeBefore(inside + k, { range, backward }), n]));
  return { node: columns(g, array), extended: { first, node: whole, arrayFrom: 1, outside } };

  /** The entries from number 1 on; what steps that run back start from lies behind the array. */
  function withoutFirst(count: number): Node {
    if (backward) return block(g, own, count);
    return count <= given.length ? inOrder(given.slice(0, given.length - count)) : block(g, own, count - given.length);
  }
}

/** An array of one number is a number. */
const columns = (g: Graph, node: Node): Node => trimmed(g, node, columnShape(node.shape).length);

/** A first entry as the steps give theirs: a number stretches. */
export function stretched(g: Graph, node: Node, shape: Shape): Node {
  if (sameShape(node.shape, shape)) return node;
  if (node.shape.length === 0) return g.broadcast(node, shape);
  throw new GradusError('shape', `a first entry is ${showShape(node.shape)}, the steps give ${showShape(shape)}`);
}
