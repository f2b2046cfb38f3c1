import { isDerivativeNode } from '../differentiate/derivative-node.ts';
import type { Shape } from '../graph/dimension.ts';
import { constantOf } from '../graph/forms.ts';
import { Graph } from '../graph/graph.ts';
import { inlineDefinitions, rebuild } from '../graph/map.ts';
import {
  type Apply,
  type Contraction,
  children,
  distinct,
  isEntrywise,
  isGivenValues,
  isHolding,
  type Node,
} from '../graph/node.ts';
import { isInteger, isNegative } from '../graph/rational.ts';
import { topological } from '../graph/traverse.ts';
import { erfc, erfi } from '../operators/error-functions.ts';
import type { Operator } from '../operators/operator.ts';
import { exp, pow } from '../operators/power.ts';
import { forRunning } from '../simplify/pipelines.ts';

/**
 * What arrays are made into entry by entry, in the form that one entry has as a scalar. Under a sum its factors stand
 * among others, and names that a derivation gave lie between them, so that rules for one node do not see what cancels,
 * or overflows together. Each such part is told as a formula of scalars, its leaves being whatever is no such formula.
 */

/** A form of one entry, given by its factors, as they stand in the array; in a graph of its own. */
interface EntryForms {
  /** Whether names stay where nothing else changes. Across a name that a derivation gave, derivatives do not meet. */
  readonly keepsNames: boolean;
  /** Whether there are rules for such functions: a part without any is left as it is. */
  readonly cares: (node: Apply) => boolean;
  /** What passes over the whole graph make of each factor. */
  readonly apart: (g: Graph, factors: readonly Node[]) => readonly Node[];
  /** The form of the product as a scalar has it, without names. */
  readonly together: (g: Graph, product: Node) => Node;
}

/** Longer formulas are left as they are. */
const MOST_NODES = 120;

/** Where a part has a better form as one scalar formula, it takes that one; everything else stays as it is. */
export function entryByEntry(g: Graph, roots: readonly Node[], forms: EntryForms): readonly Node[] {
  const order = topological(roots);
  if (!order.some((node) => node.shape.length > 0 && mayBreak(node, forms))) return roots;
  const tops = topsOf(order, roots);
  const known = new Map<Node, Node>();
  const image = (node: Node): Node => known.get(node)!;
  for (const node of order) {
    const whole = tops.has(node) ? inForm(g, [node], image, forms) : undefined;
    const sums = node.kind === 'contraction' && !isFormula(node);
    known.set(node, whole ?? (sums ? inGroups(g, node, image, forms) : rebuild(g, node, image)));
  }
  return roots.map(image);
}

/** Squares and the like have no rule of their own: there, only a divisor or a root is a reason to look. */
const mayBreak = (node: Node, { cares }: EntryForms): boolean =>
  node.kind === 'apply' && (cares(node) || FALLING.has(node.operator)) && !isPlainPower(node);

/** What meets its own growth in other factors. */
const FALLING: ReadonlySet<Operator> = new Set([exp, erfc, erfi]);

const isPlainPower = (node: Apply): boolean => {
  const p = node.operator === pow ? constantOf(node.args[1]!) : undefined;
  return p !== undefined && !isNegative(p) && isInteger(p);
};

/** Made of its parts entry by entry, or of scalars. */
function isFormula(node: Node): boolean {
  switch (node.kind) {
    case 'sum':
      return true;
    case 'apply':
      return !isDerivativeNode(node);
    case 'definition':
      return !isHolding(node) && !isGivenValues(node) && isFormula(node.value);
    case 'contraction':
      return isEntrywise(node);
    default:
      return false;
  }
}

/** The formulas of entries that are part of no larger one; of a name that others use, what it stands for. */
function topsOf(order: readonly Node[], roots: readonly Node[]): ReadonlySet<Node> {
  const tops = new Set<Node>();
  const use = (node: Node): void => {
    let at = node;
    while (at.kind === 'definition' && isFormula(at)) at = at.value;
    if (at.shape.length > 0 && isFormula(at)) tops.add(at);
  };
  for (const root of roots) use(root);
  for (const node of order) {
    if (node.shape.length > 0 && isFormula(node)) continue;
    const grouped = node.kind === 'contraction' && !isFormula(node) ? groupsOf(node).flat() : [];
    for (const [k, part] of children(node).entries()) if (!grouped.includes(k)) use(part);
  }
  return tops;
}

/** The factors of a contraction that lie along the same indices, where there are several. */
function groupsOf({ factors, indices }: Contraction): number[][] {
  const groups = new Map<string, number[]>();
  for (const [k, own] of indices.entries()) {
    if (factors[k]!.kind === 'affine' || own.length === 0 || !distinct(own)) continue;
    groups.set(own.join(), [...(groups.get(own.join()) ?? []), k]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

/** A contraction with each of its groups in the form of one entry: Σ f·g·h is the sum of what f·g·h is. */
function inGroups(g: Graph, node: Contraction, image: (node: Node) => Node, forms: EntryForms): Node {
  const made = groupsOf(node).flatMap((group) => {
    const product = inForm(
      g,
      group.map((k) => node.factors[k]!),
      image,
      forms,
    );
    return product ? [{ group, product }] : [];
  });
  if (made.length === 0) return rebuild(g, node, image);
  const rest = node.factors.map((_, k) => k).filter((k) => !made.some(({ group }) => group.includes(k)));
  const products = new Set<Node>(made.map(({ product }) => product));
  return g.contract(
    {
      ...node,
      factors: [...rest.map((k) => image(node.factors[k]!)), ...products],
      indices: [...rest.map((k) => node.indices[k]!), ...made.map(({ group }) => node.indices[group[0]!]!)],
    },
    (inner) => products.has(inner),
  );
}

/** A product of formulas of entries in the form of one entry; undefined if that is the form which it has anyhow. */
function inForm(g: Graph, factors: readonly Node[], image: (node: Node) => Node, forms: EntryForms): Node | undefined {
  const order = topological(factors, (node) => !isFormula(node));
  if (order.length > MOST_NODES || !order.some((node) => mayBreak(node, forms))) return undefined;
  const graph = new Graph();
  const [one, all] = [twinOf(graph, order, true), twinOf(graph, order, false)];
  const standsFor = new Map(order.map((node) => [one.get(node)!, node]));
  const product = (of: ReadonlyMap<Node, Node>) => graph.mul(...factors.map((f) => of.get(f)!));
  const together = forms.together(graph, inlineDefinitions(graph, [product(one)])[0]!);
  const [{ shape }] = factors as [Node];
  const whole = written(graph, together, shape, (leaf) => all.get(standsFor.get(leaf)!)!);
  if (!whole) return undefined;
  // Names stay while the parts are brought into order: what they keep from being taken out together is a difference, too.
  const apart = forRunning(graph, [
    graph.mul(
      ...forms.apart(
        graph,
        factors.map((f) => all.get(f)!),
      ),
    ),
  ]);
  if (forRunning(graph, [whole])[0] === (forms.keepsNames ? inlineDefinitions(graph, apart) : apart)[0]) return undefined;
  return written(g, together, shape, (leaf) => image(standsFor.get(leaf)!));
}

/** Formulas with variables for leaves: of one entry, or of all entries as they stand. */
function twinOf(g: Graph, order: readonly Node[], one: boolean): ReadonlyMap<Node, Node> {
  const twins = new Map<Node, Node>();
  const part = (of: Node): Node => twins.get(of)!;
  for (const [k, node] of order.entries()) twins.set(node, twin(node, k));
  return twins;

  function twin(node: Node, k: number): Node {
    const shape = one ? [] : node.shape;
    const number = constantOf(node);
    if (number) return g.constant(number, shape);
    if (isFormula(node)) {
      if (node.kind === 'sum') return g.add(node.terms.map(part));
      if (node.kind === 'apply') return g.apply(node.operator, ...node.args.map(part));
      if (node.kind === 'definition') return g.define(`d${k}`, part(node.value));
      if (node.kind === 'contraction' && one) return g.mul(node.coefficient, ...node.factors.map(part));
      if (node.kind === 'contraction') return g.contract({ ...node, factors: node.factors.map(part) });
    }
    return g.variable(`${one ? 'x' : 'y'}${k}`, shape, 'free', node.kind === 'variable' ? node.facts : []);
  }
}

/** The formula of one entry over the leaves of all entries. */
function written(g: Graph, formula: Node, shape: Shape, leaf: (variable: Node) => Node): Node | undefined {
  const known = new Map<Node, Node>();
  for (const node of topological([formula])) {
    const made = over(node, (part) => known.get(part)!);
    if (!made) return undefined;
    known.set(node, made);
  }
  const whole = known.get(formula)!;
  return whole.shape.length < shape.length ? g.broadcast(whole, shape) : whole;

  function over(node: Node, part: (of: Node) => Node): Node | undefined {
    if (node.kind === 'variable') return leaf(node);
    if (node.kind === 'sum') return g.sum(...node.terms.map(part));
    if (node.kind === 'apply') return g.apply(node.operator, ...node.args.map(part));
    return node.kind === 'contraction' ? g.mul(node.coefficient, ...node.factors.map(part)) : undefined;
  }
}
