import { boundsOf } from '../facts/bounds.ts';
import { axes } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import { inlineDefinitions } from '../graph/map.ts';
import type { Apply, Node } from '../graph/node.ts';
import { HALF } from '../graph/rational.ts';
import { topological } from '../graph/traverse.ts';
import { where } from '../operators/comparison.ts';
import { abs, sign } from '../operators/kinked.ts';
import { floor } from '../operators/logarithmic.ts';
import { stabilise } from '../stabilise/stabilise.ts';
import type { Model } from './model.ts';

/**
 * Forms that run, with what the source asks for and they have not kept. Graphs forget: √x·√x is x, log x − log x is 0, also
 * where x is negative and the source has no value. So where the source itself is evaluated, what is gone is looked at beside it:
 * the source has no value where a part of it has none. Its derivatives are of the short form, and their conditions are told.
 * @param roots the objective, definitions, or what else is evaluated: that is left as it is
 * @param runs their forms that run
 */
export function asWritten(model: Model, roots: readonly Node[], runs: readonly Node[]): readonly Node[] {
  const { graph: g, objective } = model;
  const inputs = new Set<Node>([...model.inputs.values()].map(({ node }) => node));
  const asked = model.asked.map(({ by, nodes }) => ({ by, nodes: nodes.filter((p) => mayFail(p) && isOfInputs(p, inputs)) }));
  if (asked.every(({ nodes }) => nodes.length === 0)) return runs;
  return roots.map((root, k) => {
    if (root !== objective?.node && root.kind !== 'definition') return runs[k]!;
    const there = topological([root]);
    const left = new Set(topological(inlineDefinitions(g, [runs[k]!])));
    const names = new Set(there.flatMap((part) => (part.kind === 'definition' ? [part.name] : [])));
    // A definition may stand in a branch that is not taken.
    const isChosen = there.some((part) => part.kind === 'apply' && part.operator === where);
    const own = asked.filter(({ by }) => (by === undefined ? root === objective?.node : names.has(by) && !isChosen));
    // What runs in another form by itself is not gone for that.
    const isGone = (part: Node, plain: Node, form: Node): boolean => !left.has(form) && (!there.includes(part) || form === plain);
    const parts = own.flatMap(({ nodes }) => nodes);
    const plain = inlineDefinitions(g, parts);
    const forms = stabilise(g, plain);
    const gone = forms.filter((form, i) => isGone(parts[i]!, plain[i]!, form));
    return gone.reduce((value, part) => g.sum(value, beside(g, value, part)), runs[k]!);
  });
}

/** Whether what a function is applied to may lie where it has no value. */
function mayFail(node: Apply): boolean {
  const bounds = boundsOf(node.args);
  const worth = node.args.map((arg) => bounds.get(arg)!);
  return node.operator.caveats!.some((c) => c.kind === 'needs' && (c.applies?.(node.args) ?? true) && !c.settled?.(...worth));
}

/** Nothing that only a step of a recurrence has. */
const isOfInputs = (node: Node, inputs: ReadonlySet<Node>): boolean =>
  topological([node]).every((part) => part.kind !== 'variable' || part.role === 'size' || inputs.has(part));

/** 0 where a part has a value, NaN where it has none; entry by entry if it has the value's shape, otherwise for all of it. */
function beside(g: Graph, value: Node, part: Node): Node {
  const none = g.apply(floor, g.scale(HALF, g.apply(abs, g.apply(sign, part))));
  const isEntrywise = value.shape.length === part.shape.length && value.shape.every((dim, axis) => dim === part.shape[axis]);
  if (isEntrywise) return none;
  const { result, sizes } = axes(none.shape);
  const all = g.contract({ factors: [none], indices: [result], result: [], sizes });
  return value.shape.length === 0 ? all : g.broadcast(all, value.shape, []);
}
