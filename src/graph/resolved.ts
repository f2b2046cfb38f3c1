import { lazily } from '../language/lazily.ts';
import { addDims, type Dim, multiplyDims, type Shape } from './dimension.ts';
import { axes } from './forms.ts';
import type { Graph } from './graph.ts';
import { mapGraph } from './map.ts';
import { type CarriedState, stateOf } from './named-steps.ts';
import { isGivenValues, isHolding, type Node, type Recurrence, UNIT, type Variable } from './node.ts';
import { stepBody } from './step.ts';
import { topological } from './traverse.ts';

/** The steps of a recurrence for all times at once, with the values that it has gone through put in for what they start from. */

/** The step of a recurrence as an expression of its own, and over the values that it has gone through: each made when it is asked for. */
export const stepsOf = (g: Graph, self: () => Recurrence): Pick<Recurrence, 'body' | 'resolved'> => ({
  body: lazily(() => stepBody(g, self().step, self().previous, self().axis)),
  resolved: lazily(() => resolve(g, self(), g.given(self()), self().step)),
});

/** A recurrence of one step. */
export function onlyStep(g: Graph, previous: Variable, init: Node, step: Node, axis: number): Node {
  const places = init.shape.map((_, k) => (k < axis ? k : k + 1));
  const start = g.broadcast(init, previous.shape, places);
  return mapGraph(g, [step], (n) => (n === previous ? start : isHolding(n) ? n.value : n))[0]!;
}

const given = (node: Node): Node => node;

/**
 * An expression of `previous`, with the values that the recurrence has gone through put in.
 * @param whole the recurrence, or its values as given
 * @param named the user's name for a node, if there is one
 */
export function resolve(g: Graph, recurrence: Recurrence, whole: Node, node: Node, named: (node: Node) => Node = given): Node {
  const { previous, step, init, axis, backward } = recurrence;
  const states = new Map(statesRead(g, recurrence).map((state) => [state.before as Node, state]));
  // The recurrence itself goes on from its own variable.
  const bound = (n: Node) => n.kind === 'recurrence' && n.previous === previous;
  const resolved = mapGraph(
    g,
    [node],
    (n, original) => {
      if (original === step && !isGivenValues(whole)) return named(whole);
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

/**
 * The states of a recurrence, if all that its steps start from is read as the one or the other: then an entry several steps before is
 * read of the values themselves, h[t − 2], and not of what was carried along. None where that is not known: of steps that were
 * rewritten.
 */
export function statesRead(g: Graph, { previous, step }: Recurrence): readonly CarriedState[] {
  const states = g.steps.statesOf(previous);
  const befores = new Set<Node>(states.map((state) => state.before));
  return topological([step], (n) => befores.has(n)).includes(previous) ? [] : states;
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
