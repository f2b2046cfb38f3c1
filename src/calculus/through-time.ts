import { addDims, type Dim, multiplyDims, type Shape } from '../graph/dimension.ts';
import { axes, type Graph } from '../graph/graph.ts';
import { type Node, type Recurrence, type ThroughTime, UNIT, type Variable } from '../graph/node.ts';
import { sweep } from './differentiate.ts';
import { mapGraph } from './inline.ts';

/**
 * Backpropagation through time (Werbos 1990). The adjoint of step t is what arrives at Hₜ from outside and what comes
 * back from step t + 1, Λₜ = H̄ₜ + Mₜ₊₁ with Mₜ = Jₜᵀ·Λₜ: a recurrence again, run the other way. From Λ, everything that
 * the steps use gets its share for all t at once, as matrix products. Linear in time and memory.
 */

/** The node of a recurrence, ready to be differentiated. */
export function recur(g: Graph, previous: Variable, init: Node, step: Node, axis: number, backward: boolean): Node {
  if (step.shape[axis] === 1) return onlyStep(g, previous, init, step, axis);
  const recurrence = g.recurrence(previous, init, step, axis, backward);
  return g.throughTime(recurrence, resolve(g, recurrence, step));
}

/** A recurrence of one step. */
export function onlyStep(g: Graph, previous: Variable, init: Node, step: Node, axis: number): Node {
  const places = init.shape.map((_, k) => (k < axis ? k : k + 1));
  const start = g.broadcast(init, previous.shape, places);
  return mapGraph(g, [step], (n) => (n === previous ? start : n))[0]!;
}

/** An expression of `previous`, with the values that the recurrence has gone through put in. */
export function resolve(g: Graph, recurrence: Recurrence, node: Node): Node {
  const lagged = lag(g, recurrence, recurrence.init, recurrence.axis, recurrence.backward);
  // The recurrence itself goes on from its own variable.
  const bound = (n: Node) => n.kind === 'recurrence' && n.previous === recurrence.previous;
  return mapGraph(g, [node], (n) => (n === recurrence.previous ? lagged : n), bound)[0]!;
}

/** What step t starts from: Hₜ₋₁, and `init` at the first step. */
export function lag(g: Graph, h: Node, init: Node | undefined, axis: number, backward: boolean): Node {
  const size = h.shape[axis]!;
  const { result, sizes } = axes(h.shape);
  const from = h.shape.length;
  sizes.set(from, size);
  const test = g.selection([size, size], [1, -1], backward ? 1 : -1);
  const own = result.map((i, k) => (k === axis ? from : i));
  const shifted = g.contract({ factors: [h, test], indices: [own, [result[axis]!, from]], result, sizes });
  if (!init) return shifted;
  return g.add([shifted, atFirst(g, init, h.shape, axis, backward)]);
}

/** The node at the first step, 0 at the others. */
function atFirst(g: Graph, init: Node, shape: Shape, axis: number, backward: boolean): Node {
  const { result, sizes } = axes(shape);
  const own = result.filter((_, k) => k !== axis);
  const test = g.selection([shape[axis]!], [1], backward ? last(shape[axis]!) : 0);
  return g.contract({
    factors: [init, test],
    indices: [own.map((i, k) => (init.shape[k] === 1 ? UNIT : i)), [result[axis]!]],
    result,
    sizes,
  });
}

const last = (size: Dim): Dim => addDims(multiplyDims(-1, size), 1);

/** The adjoint of the resolved step: Λ. */
export function throughTime(g: Graph, { recurrence }: ThroughTime, adjoint: Node, front: Shape): Node {
  const { previous, step, axis, backward } = recurrence;
  const at = front.length + axis;
  const carried = g.state('M', adjoint.shape);
  const [pulled] = sweep(g, step, [previous], g.add([adjoint, carried]), undefined, undefined);
  const zeros = g.constant(
    0,
    adjoint.shape.filter((_, k) => k !== at),
  );
  const m = recur(g, carried, zeros, resolve(g, recurrence, pulled!), at, !backward);
  return g.add([adjoint, lag(g, m, undefined, at, !backward)]);
}
