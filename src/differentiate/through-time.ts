import { addDims, type Dim, multiplyDims, type Shape } from '../graph/dimension.ts';
import { axes } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import { mapGraph, rebuild } from '../graph/map.ts';
import { type Node, type Recurrence, type ThroughTime, UNIT, type Variable } from '../graph/node.ts';
import { topological } from '../graph/traverse.ts';

/**
 * Backpropagation through time (Werbos 1990). The adjoint of step t is what arrives at Hₜ from outside and what comes
 * back from step t + 1, δₜ = H̄ₜ + Mₜ₊₁ with Mₜ = Jₜᵀ·δₜ: a recurrence again, run the other way. From δ, everything that
 * the steps use gets its share for all t at once, as matrix products. Linear in time and memory.
 */

/** The node of a recurrence, ready to be differentiated. */
export function recur(g: Graph, previous: Variable, init: Node, step: Node, axis: number, backward: boolean): Node {
  if (step.shape[axis] === 1) return onlyStep(g, previous, init, step, axis);
  const recurrence = g.recurrence(previous, init, step, axis, backward);
  return g.throughTime(recurrence, resolve(g, recurrence, recurrence, step));
}

/** A recurrence of one step. */
export function onlyStep(g: Graph, previous: Variable, init: Node, step: Node, axis: number): Node {
  const places = init.shape.map((_, k) => (k < axis ? k : k + 1));
  const start = g.broadcast(init, previous.shape, places);
  return mapGraph(g, [step], (n) => (n === previous ? start : n))[0]!;
}

const given = (node: Node): Node => node;

/** An array that is read out of what a recurrence carries: the same out of its values and out of its first entry. */
interface Piece {
  readonly values: Node;
  readonly init: Node;
  readonly axis: number;
}

/**
 * An expression of `previous`, with the values that the recurrence has gone through put in.
 * @param whole the recurrence, or its value with what it depends on where that is to be derived by
 * @param named the user's name for a node, if there is one
 */
export function resolve(
  g: Graph,
  { previous, step, init, axis, backward }: Recurrence,
  whole: Node,
  node: Node,
  named: (node: Node) => Node = given,
): Node {
  const pieces = new Map<Node, Piece>([[previous, { values: whole, init, axis }]]);
  // The recurrence itself goes on from its own variable.
  const bound = (n: Node) => n.kind === 'recurrence' && n.previous === previous;
  const resolved = mapGraph(
    g,
    [node],
    (n, original) => {
      if (original === step && whole.kind !== 'recurrence') return named(whole);
      const name = named === given ? undefined : g.steps.nameOf(previous, original);
      if (name) return name;
      const known = original === previous ? pieces.get(previous) : piece(original);
      if (!known) return n;
      pieces.set(original, known);
      return lag(g, named(known.values), known.init, known.axis, backward);
    },
    bound,
  );
  return resolved[0]!;

  /** One state out of several, one lag out of several. */
  function piece(n: Node): Piece | undefined {
    if (n.kind !== 'contraction') return undefined;
    const at = n.factors.findIndex((f) => pieces.has(f));
    if (at < 0 || n.factors.some((f, k) => k !== at && f.kind !== 'affine')) return undefined;
    const own = pieces.get(n.factors[at]!)!;
    const time = n.indices[at]![own.axis]!;
    const places = [...n.result, ...n.indices.flat()].filter((i) => i === time);
    if (time === UNIT || places.length !== 2 || !n.result.includes(time)) return undefined;
    const factors = (f: Node) => n.factors.map((old, k) => (k === at ? f : old));
    const sizes = new Map(n.sizes.entries());
    const values = g.contract({ ...n, factors: factors(own.values), sizes });
    const without = (list: readonly number[]) => list.filter((i) => i !== time);
    sizes.delete(time);
    const first = g.contract({
      ...n,
      factors: factors(own.init),
      indices: n.indices.map(without),
      result: without(n.result),
      sizes,
    });
    return { values, init: first, axis: n.result.indexOf(time) };
  }
}

/** What step t starts from: Hₜ₋₁, and `init` at the first step. */
export function lag(g: Graph, h: Node, init: Node | undefined, axis: number, backward: boolean): Node {
  const size = h.shape[axis]!;
  const { result } = axes(h.shape);
  const from = h.shape.length;
  const test = g.selection([size, size], [1, -1], backward ? 1 : -1);
  const own = result.map((i, k) => (k === axis ? from : i));
  const shifted = g.contract({ factors: [h, test], indices: [own, [result[axis]!, from]], result, sizes: [...h.shape, size] });
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

/** What arrives at a variable when something arrives at a node: one sweep. */
type Pull = (g: Graph, node: Node, variable: Variable, adjoint: Node) => Node;

/**
 * The adjoint of the resolved step: δ.
 * @param named the user's name for a node, if there is one
 */
export function throughTime(
  g: Graph,
  whole: ThroughTime,
  adjoint: Node,
  front: Shape,
  named: (node: Node) => Node,
  pull: Pull,
): Node {
  const { previous, step, axis, backward } = whole.recurrence;
  const at = front.length + axis;
  const carried = g.state('M', adjoint.shape);
  const pulled = pull(g, step, previous, g.add([adjoint, carried]));
  const zeros = g.constant(
    0,
    adjoint.shape.filter((_, k) => k !== at),
  );
  const back = resolve(g, whole.recurrence, whole, pulled, named);
  // Where nothing is carried on, as behind what gradients stop at, all times are computed at once.
  const m = topological([back]).includes(carried) ? recur(g, carried, zeros, back, at, !backward) : back;
  return g.add([adjoint, lag(g, m, undefined, at, !backward)]);
}

/**
 * Within its resolved step a recurrence counts as given. What leaves the step (a slope that depends on the values) must
 * depend on everything that they do: the recurrence becomes its value, which can be derived again.
 * @param order the nodes of what is derived
 * @param named the user's name for a node, if there is one
 */
export function leavingSteps(g: Graph, order: readonly Node[], named: (node: Node) => Node): (node: Node) => Node {
  const wholes = new Map<Node, ThroughTime>();
  for (const n of order) if (n.kind === 'through-time') wholes.set(n.recurrence, n);
  if (wholes.size === 0) return (node) => node;
  const done = new Map<Node, Node>();
  const image = (n: Node): Node => {
    const whole = wholes.get(n);
    if (whole) return named(whole);
    if (n.kind === 'recurrence' || n.kind === 'through-time') return n;
    const name = g.steps.nameOfResolved(n);
    if (name) return name;
    const made = rebuild(g, n, (part) => done.get(part)!);
    return made === n ? n : named(made);
  };
  return (root) => {
    const seen = (n: Node) => done.has(n) || n.kind === 'through-time' || n.kind === 'recurrence';
    for (const n of topological([root], seen)) if (!done.has(n)) done.set(n, image(n));
    return done.get(root)!;
  };
}
