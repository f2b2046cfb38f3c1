import { addDims, type Dim, multiplyDims, type Shape } from '../graph/dimension.ts';
import { axes } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import { mapGraph, rebuild } from '../graph/map.ts';
import { type CarriedState, stateOf } from '../graph/named-steps.ts';
import { isHolding, type Node, type Recurrence, type ThroughTime, UNIT, type Variable } from '../graph/node.ts';
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
  return mapGraph(g, [step], (n) => (n === previous ? start : isHolding(n) ? n.value : n))[0]!;
}

const given = (node: Node): Node => node;

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
  const states = new Map(g.steps.statesOf(previous).map((state) => [state.before as Node, state]));
  // The recurrence itself goes on from its own variable.
  const bound = (n: Node) => n.kind === 'recurrence' && n.previous === previous;
  const resolved = mapGraph(
    g,
    [node],
    (n, original) => {
      if (original === step && whole.kind !== 'recurrence') return named(whole);
      const name = named === given ? undefined : g.steps.nameOf(previous, original);
      if (name) return name;
      const state = states.get(original);
      if (state) return g.hold(before(state));
      return original === previous ? lag(g, named(whole), init, axis, backward) : n;
    },
    bound,
  );
  return resolved[0]!;

  /** h[t − 1] where h[0] is given, h[t − 2] where h[−1] is too. */
  function before({ name, steps }: CarriedState): Node {
    const own = [...states.values()].filter((other) => other.name === name && other.steps <= steps);
    const [newest] = own as [CarriedState];
    const starts = own.map((other) => (init === g.steps.initOf(previous) ? other.init : stateOf(g, init, other)));
    return earlier(g, g.hold(named(stateOf(g, whole, newest))), starts, axis, backward);
  }
}

/** What step t starts from: Hₜ₋₁, and `init` at the first step. */
export const lag = (g: Graph, h: Node, init: Node | undefined, axis: number, backward: boolean): Node =>
  init ? earlier(g, h, [init], axis, backward) : shifted(g, h, 1, axis, backward);

/** Hₜ₋ₖ, before that what is given for the k entries before the first one, the nearest first. */
function earlier(g: Graph, h: Node, starts: readonly Node[], axis: number, backward: boolean): Node {
  const k = starts.length;
  const given = starts.map((start, before) => onlyAt(g, start, k - 1 - before, h.shape, axis, backward));
  return g.add([shifted(g, h, k, axis, backward), ...given]);
}

/** Hₜ₋ₖ, 0 where there is none. */
function shifted(g: Graph, h: Node, steps: number, axis: number, backward: boolean): Node {
  const size = h.shape[axis]!;
  const { result } = axes(h.shape);
  const from = h.shape.length;
  const test = g.selection([size, size], [1, -1], backward ? steps : -steps);
  const own = result.map((i, k) => (k === axis ? from : i));
  return g.contract({ factors: [h, test], indices: [own, [result[axis]!, from]], result, sizes: [...h.shape, size] });
}

/** The node so many steps behind the first one, 0 at the others. */
function onlyAt(g: Graph, node: Node, steps: number, shape: Shape, axis: number, backward: boolean): Node {
  const { result, sizes } = axes(shape);
  const own = result.filter((_, k) => k !== axis);
  const test = g.selection([shape[axis]!], [1], backward ? addDims(steps, last(shape[axis]!)) : -steps);
  return g.contract({
    factors: [node, test],
    indices: [own.map((i, k) => (node.shape[k] === 1 ? UNIT : i)), [result[axis]!]],
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
