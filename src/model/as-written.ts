import { boundsOf } from '../facts/bounds.ts';
import { axes } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import { inlineDefinitions } from '../graph/map.ts';
import { type Apply, isNamed, type Node } from '../graph/node.ts';
import { HALF } from '../graph/rational.ts';
import { topological, valueParts } from '../graph/traverse.ts';
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
  const asked = open(model);
  if (asked.length === 0) return runs;
  return roots.map((root, k) => {
    if (root !== objective?.node && !isNamed(root)) return runs[k]!;
    const there = new Set(topological([root]));
    const left = new Set(topological(inlineDefinitions(g, [runs[k]!])));
    const names = new Set([...there].flatMap((part) => (isNamed(part) ? [part.name] : [])));
    // A definition may stand in a branch that is not taken.
    const isChosen = [...there].some((part) => part.kind === 'apply' && part.operator === where);
    const own = asked.filter(({ by }) => (by === undefined ? root === objective?.node : names.has(by) && !isChosen));
    const parts = own.map(({ node }) => node);
    const plain = inlineDefinitions(g, parts);
    const forms = stabilise(g, plain);
    // What runs in another form by itself is not gone for that.
    const gone = forms.filter((form, i) => !left.has(form) && (!there.has(parts[i]!) || form === plain[i]));
    return gone.length === 0 ? runs[k]! : g.add([runs[k]!, ...gone.map((part) => beside(g, runs[k]!, part))]);
  });
}

/** What the source asks for, by the statement, that may have no value and is made of the model's inputs alone. */
function open({ asked, inputs }: Model): { readonly by?: string | undefined; readonly node: Node }[] {
  const parts = asked.flatMap(({ by, nodes }) => nodes.map((node) => ({ by, node })));
  if (parts.length === 0) return [];
  const all = topological(parts.map(({ node }) => node));
  const own = new Set<Node>([...inputs.values()].map(({ node }) => node));
  // Not what only a step of a recurrence has.
  const foreign = new Set<Node>();
  for (const node of all) {
    const isOther = node.kind === 'variable' && node.role !== 'size' && !own.has(node);
    if (isOther || valueParts(node).some((part) => foreign.has(part))) foreign.add(node);
  }
  const bounds = boundsOf(all);
  const mayFail = ({ operator, args }: Apply): boolean => {
    const worth = args.map((arg) => bounds.get(arg)!);
    return operator.caveats!.some((c) => c.kind === 'needs' && (c.applies?.(args) ?? true) && !c.settled?.(...worth));
  };
  return parts.filter(({ node }) => !foreign.has(node) && mayFail(node));
}

/** 0 where a part has a value, NaN where it has none; entry by entry if it has the value's shape, otherwise for all of it. */
function beside(g: Graph, value: Node, part: Node): Node {
  const none = g.apply(floor, g.scale(HALF, g.apply(abs, g.apply(sign, part))));
  const isEntrywise = value.shape.length === part.shape.length && value.shape.every((dim, axis) => dim === part.shape[axis]);
  if (isEntrywise) return none;
  const { result, sizes } = axes(none.shape);
  const all = g.contract({ factors: [none], indices: [result], result: [], sizes });
  return value.shape.length === 0 ? all : g.broadcast(all, value.shape, []);
}
