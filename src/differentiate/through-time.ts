import type { Dim, Shape } from '../graph/dimension.ts';
import { axes } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import { rebuild } from '../graph/map.ts';
import { children, isGivenValues, type Node, type Recurrence, type Variable } from '../graph/node.ts';
import { lag, onlyStep, resolve, statesRead } from '../graph/resolved.ts';
import { topological } from '../graph/traverse.ts';

/**
 * Backpropagation through time (Werbos 1990). The adjoint of step t is what arrives at Hₜ from outside and what comes
 * back from step t + 1, δₜ = H̄ₜ + Mₜ₊₁ with Mₜ = Jₜᵀ·δₜ: a recurrence again, run the other way. From δ, everything that
 * the steps use gets its share for all t at once, as matrix products. Linear in time and memory.
 */

/** What a node passes its adjoint on to: a recurrence to its step over the values that it has gone through, which are given there. */
export function reachedFrom(node: Node): readonly Node[] {
  if (node.kind === 'recurrence') return [node.resolved()];
  return isGivenValues(node) ? children(node.value) : children(node);
}

/** A recurrence, or what it is if it has one step. */
export function recur(g: Graph, previous: Variable, init: Node, step: Node, axis: number, backward: boolean): Node {
  if (step.shape[axis] === 1) return onlyStep(g, previous, init, step, axis);
  return g.recurrence(previous, init, step, axis, backward);
}

/** What arrives at a variable when something arrives at a node: one sweep. */
type Pull = (g: Graph, node: Node, variable: Variable, adjoint: Node) => Node;

/**
 * The adjoint of the resolved step: δ.
 * @param named the user's name for a node, if there is one
 */
export function throughTime(
  g: Graph,
  whole: Recurrence,
  adjoint: Node,
  front: Shape,
  named: (node: Node) => Node,
  pull: Pull,
): Node {
  const { previous, step, axis, backward } = whole;
  const at = front.length + axis;
  const carried = g.state('M', adjoint.shape);
  const pulled = pull(g, step, previous, g.add([adjoint, carried]));
  const zeros = g.constant(
    0,
    adjoint.shape.filter((_, k) => k !== at),
  );
  const back = resolve(g, whole, whole, pulled, named);
  // Where nothing is carried on, as behind what gradients stop at, all times are computed at once.
  const m = topological([back]).includes(carried) ? recur(g, carried, zeros, back, at, !backward) : back;
  return g.add([adjoint, lag(g, m, undefined, at, !backward)]);
}

/**
 * What goes on to the steps of a recurrence where it is not told by states: of what is carried from several steps before nothing does,
 * for an entry h[t − 2] is read of the values themselves.
 * @param axis that of what is carried
 */
export function ofNewest(g: Graph, node: Recurrence, passed: Node, axis: number): Node {
  const states = statesRead(g, node);
  if (states.every(({ steps }) => steps === 1)) return passed;
  const { result, sizes } = axes(passed.shape);
  const place = result[axis]!;
  return g.add(
    states
      .filter(({ steps }) => steps === 1)
      .map(({ test }) => {
        const own = test!.shape.slice(1).map((size, k): [number, Dim] => [result.length + k, size]);
        return g.contract({
          factors: [passed, test!],
          indices: [result, [place, ...own.map(([index]) => index)]],
          result,
          sizes: new Map([...sizes, ...own]),
        });
      }),
  );
}

/**
 * Within its resolved step a recurrence counts as given. What leaves the step (a slope that depends on the values) must
 * depend on everything that they do: the recurrence becomes its value, which can be derived again.
 * @param order the nodes of what is derived
 * @param named the user's name for a node, if there is one
 */
export function leavingSteps(g: Graph, order: readonly Node[], named: (node: Node) => Node): (node: Node) => Node {
  const wholes = new Map<Node, Recurrence>();
  for (const n of order) if (n.kind === 'recurrence') wholes.set(g.given(n), n);
  if (wholes.size === 0) return (node) => node;
  const done = new Map<Node, Node>();
  const image = (n: Node): Node => {
    const whole = wholes.get(n);
    if (whole) return named(whole);
    if (n.kind === 'recurrence') return n;
    const name = g.steps.nameOfResolved(n);
    if (name) return name;
    const made = rebuild(g, n, (part) => done.get(part)!);
    return made === n ? n : named(made);
  };
  return (root) => {
    const seen = (n: Node) => done.has(n) || n.kind === 'recurrence' || wholes.has(n);
    for (const n of topological([root], seen)) if (!done.has(n)) done.set(n, image(n));
    return done.get(root)!;
  };
}
