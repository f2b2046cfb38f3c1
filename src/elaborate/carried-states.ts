import { addDims, type Dim, entryCount, multiplyDims, rowMajorStrides, type Shape } from '../graph/dimension.ts';
import { axes } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import { type CarriedState, stateOf } from '../graph/named-steps.ts';
import type { Node, Variable } from '../graph/node.ts';

/** The states of a recurrence as the one array that its steps carry along. */

/** What is carried of a name that is read at other times: its entry so many steps before. */
export interface State {
  readonly name: string;
  readonly steps: number;
  readonly start: Node;
  readonly shape: Shape;
}

/** Where a state lies in what is carried. */
type Slot = Pick<CarriedState, 'test' | 'before'>;

/** What is carried from step to step. */
export interface Carrying {
  readonly previous: Variable;
  /** Where each state lies. */
  readonly slots: readonly Slot[];
}

/** One state, or several one after the other in one vector. */
export function carryingOf(g: Graph, states: readonly State[], time: Dim): Carrying {
  const [only] = states as [State];
  const name = states.map((s) => s.name).join('+');
  if (states.length === 1) {
    const previous = g.state(name, [time, ...only.shape]);
    return { previous, slots: [{ before: g.hold(previous) }] };
  }
  const length = states.reduce<Dim>((sum, { shape }) => addDims(sum, entryCount(shape)), 0);
  const previous = g.state(name, [time, length]);
  let offset: Dim = 0;
  const slots = states.map(({ shape }): Slot => {
    const strides = rowMajorStrides(shape).map((stride) => multiplyDims(-1, stride));
    // [k − offset − Σ stride·i = 0], between the vector of all states and the axes of one.
    const test = g.selection([length, ...shape], [1, ...strides], multiplyDims(-1, offset));
    offset = addDims(offset, entryCount(shape));
    return { test, before: g.hold(stateOf(g, previous, { test, shape })) };
  });
  return { previous, slots };
}

/** The states as one vector on the last axis, after `lead` axes. */
export function stateVector(g: Graph, nodes: readonly Node[], slots: readonly Slot[], lead: number): Node {
  const [{ test: first }] = slots as [Slot];
  if (!first) return nodes[0]!;
  const [length] = first.shape as [Dim];
  return g.add(
    nodes.map((node, k) => {
      const { result, sizes } = axes([...node.shape.slice(0, lead), length, ...node.shape.slice(lead)]);
      return g.contract({
        factors: [node, slots[k]!.test!],
        indices: [[...result.slice(0, lead), ...result.slice(lead + 1)], result.slice(lead)],
        result: result.slice(0, lead + 1),
        sizes,
      });
    }),
  );
}
