import { expander, isDerivativeNode } from '../differentiate/derivative-node.ts';
import { boundsOf } from '../facts/bounds.ts';
import { axes, constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import { inlineDefinitions } from '../graph/map.ts';
import { type Apply, isNamed, type Node } from '../graph/node.ts';
import { HALF, isNegative } from '../graph/rational.ts';
import { dependents, topological, valueParts } from '../graph/traverse.ts';
import { isNonzero } from '../operators/caveat.ts';
import { where } from '../operators/comparison.ts';
import { abs, sign } from '../operators/kinked.ts';
import { floor } from '../operators/logarithmic.ts';
import { pow } from '../operators/power.ts';
import { stabilise } from '../stabilise/stabilise.ts';
import { unexpandedOf } from './expanded.ts';
import type { Model } from './model.ts';

/**
 * Forms that run, with what the source asks for and they have not kept. Graphs forget: √x·√x is x, log x − log x is 0, also
 * where x is negative and the source has no value. So where the source itself is evaluated, what is gone is looked at beside it:
 * the source has no value where a part of it has none. x/x is 1, also at 0: of a quotient that has divided itself away, 0/0 is none.
 * Its derivatives are of the short form, and their conditions are told.
 * @param roots the objective, definitions, or what else is evaluated: that is left as it is
 * @param runs their forms that run
 */
export function asWritten(model: Model, roots: readonly Node[], runs: readonly Node[]): readonly Node[] {
  const { graph: g, objective } = model;
  const asked = open(model);
  return roots.map((root, k) => {
    if (root !== objective?.node && !isNamed(root)) return runs[k]!;
    const there = new Set(topological([root]));
    const divided = quotients(model, written(model, root, there));
    if (asked.length === 0 && divided.length === 0) return runs[k]!;
    const left = new Set(topological(inlineDefinitions(g, [runs[k]!])));
    const names = new Set([...there].flatMap((part) => (isNamed(part) ? [part.name] : [])));
    // A definition may stand in a branch that is not taken.
    const isChosen = [...there].some((part) => part.kind === 'apply' && part.operator === where);
    const own = asked.filter(({ by }) => (by === undefined ? root === objective?.node : names.has(by) && !isChosen));
    const parts = own.map(({ node }) => node);
    const plain = inlineDefinitions(
      g,
      parts.map((part) => unexpandedOf(model, part)),
    );
    const forms = stabilise(g, plain);
    // What runs in another form by itself is not gone for that.
    const gone = forms.filter((form, i) => !left.has(form) && (!there.has(parts[i]!) || form === plain[i]));
    if (!isChosen) gone.push(...cancelled(g, divided, left));
    return gone.length === 0 ? runs[k]! : g.add([runs[k]!, ...gone.map((part) => beside(g, runs[k]!, part))]);
  });
}

/** What the source asks for, by the statement, that may have no value and is made of the model's inputs alone. */
function open({ asked, inputs }: Model): { readonly by?: string | undefined; readonly node: Node }[] {
  const parts = asked.flatMap(({ by, nodes }) => nodes.map((node) => ({ by, node })));
  if (parts.length === 0) return [];
  const all = topological(parts.map(({ node }) => node));
  const foreign = foreignTo(inputs, all);
  const bounds = boundsOf(all);
  const mayFail = ({ operator, args }: Apply): boolean => {
    const worth = args.map((arg) => bounds.get(arg)!);
    return operator.caveats!.some((c) => c.kind === 'needs' && (c.applies?.(args) ?? true) && !c.settled?.(...worth));
  };
  return parts.filter(({ node }) => !foreign.has(node) && mayFail(node));
}

/** What the source itself has of these parts of an expression: the quotients of a derivative within it nobody has written. */
function written(model: Model, root: Node, there: ReadonlySet<Node>): ReadonlySet<Node> {
  const own = unexpandedOf(model, root);
  if (own === root) return there;
  const image = expander(model.graph);
  const parts = topological([own]).flatMap((node) => (isDerivativeNode(node) ? [] : [image(node)]));
  return new Set(parts.filter((node) => there.has(node)));
}

/** Products with a negative power: where that is of 0 they have no value if another factor is 0, too. */
function quotients({ inputs }: Model, there: ReadonlySet<Node>): Node[] {
  const divided = [...there].filter(
    (node) => node.kind === 'contraction' && node.factors.some((factor) => divisorOf(factor) !== undefined),
  );
  if (divided.length === 0) return divided;
  const foreign = foreignTo(inputs, there);
  return divided.filter((node) => !foreign.has(node));
}

/**
 * Those quotients, as they run by themselves, that divide by what may be 0 and is no divisor any more. A divisor of the same
 * names is taken for it: 2x + 2 may have become x + 1.
 */
function cancelled(g: Graph, divided: readonly Node[], left: ReadonlySet<Node>): Node[] {
  const forms = stabilise(g, inlineDefinitions(g, divided)).filter((form) => !left.has(form));
  if (forms.length === 0) return forms;
  const order = topological(forms);
  const divisors = new Set([...left].map(divisorOf));
  const names = namesIn([...left, ...order]);
  const known = new Set([...divisors].map((divisor) => divisor && names.get(divisor)));
  const bounds = boundsOf(forms);
  const gone = order.filter((node) => {
    const divisor = divisorOf(node);
    return divisor && !divisors.has(divisor) && !isNonzero(bounds.get(divisor)!) && !known.has(names.get(divisor));
  });
  const carrying = dependents(order, gone);
  return forms.filter((form) => carrying.has(form));
}

/** The variables in each node, a bit each. */
function namesIn(order: readonly Node[]): ReadonlyMap<Node, bigint> {
  const found = new Map<Node, bigint>();
  let next = 1n;
  for (const node of order) {
    if (found.has(node)) continue;
    const own = node.kind === 'variable' ? next : 0n;
    if (own > 0n) next <<= 1n;
    found.set(
      node,
      valueParts(node).reduce((all, part) => all | (found.get(part) ?? 0n), own),
    );
  }
  return found;
}

/** What a negative power is of. */
function divisorOf(node: Node): Node | undefined {
  if (node.kind !== 'apply' || node.operator !== pow) return undefined;
  const exponent = constantOf(node.args[1]!);
  return exponent && isNegative(exponent) ? node.args[0] : undefined;
}

/** What only a step of a recurrence has. */
function foreignTo(inputs: Model['inputs'], order: Iterable<Node>): ReadonlySet<Node> {
  const own = new Set<Node>([...inputs.values()].map(({ node }) => node));
  const foreign = new Set<Node>();
  for (const node of order) {
    const isOther = node.kind === 'variable' && node.role !== 'size' && !own.has(node);
    if (isOther || valueParts(node).some((part) => foreign.has(part))) foreign.add(node);
  }
  return foreign;
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
