import { constantOf, isZeroNode } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import { mapGraph } from '../graph/map.ts';
import { type Apply, type Contraction, type Node, UNIT } from '../graph/node.ts';
import { topological } from '../graph/traverse.ts';
import { isChoice, where } from '../operators/comparison.ts';
import { comparedBy, implied } from './implied.ts';
import { type Lengths, lengthOf } from './length.ts';

/**
 * f(c ? a : 0) as c ? f(a) : 0, for an f that keeps zeros and places. A branch that is not taken then counts as 0 even
 * where a factor that f multiplies with is infinite: 0·∞ does not arise.
 */
export function withinChoice(g: Graph, node: Node, f: (inner: Node) => Node): Node {
  if (!isChoice(node)) return f(node);
  const [condition, yes, no] = node.args;
  if (isZeroNode(no)) return g.apply(where, condition, f(yes), no);
  return isZeroNode(yes) ? g.apply(where, condition, yes, f(no)) : f(node);
}

/** The product with a factor c ? a : 0 as c ? product : 0, where that factor runs over the whole result. */
export function choiceOfProduct(g: Graph, node: Contraction): Node {
  const at = wholeChoice(node, isHalfChoice);
  if (at < 0) return node;
  return withinChoice(g, node.factors[at]!, (inner) => withFactor(g, node, at, inner));
}

/** 2x·(c ? 1 : −1) as c ? 2x : −2x, where that is not longer. */
export function choiceOfNumbers(g: Graph, node: Contraction): Node | undefined {
  const at = wholeChoice(node, isChoiceOfNumbers);
  const choice = node.factors[at];
  if (!choice || !isChoice(choice)) return undefined;
  const [condition, yes, no] = choice.args;
  const form = g.apply(where, condition, withFactor(g, node, at, yes), withFactor(g, node, at, no));
  const lengths: Lengths = new Map();
  return lengthOf(form, lengths) <= lengthOf(node, lengths) ? form : undefined;
}

/** The place of a factor that is a choice, if it runs over the whole result and nothing is summed. */
function wholeChoice(node: Contraction, isMeant: (factor: Node) => boolean): number {
  if (node.factors.length < 2 || node.sizes.some((_, i) => !node.result.includes(i))) return -1;
  if (node.result.some((i, axis) => i !== UNIT && node.result.indexOf(i) !== axis)) return -1;
  return node.factors.findIndex((f, k) => isMeant(f) && isInPlace(node, k));
}

const withFactor = (g: Graph, node: Contraction, at: number, factor: Node): Node =>
  g.contract({ ...node, factors: node.factors.map((f, k) => (k === at ? factor : f)), sizes: node.sizes });

const isHalfChoice = (f: Node): boolean => isChoice(f) && (isZeroNode(f.args[1]!) || isZeroNode(f.args[2]!));
const isChoiceOfNumbers = (f: Node): boolean =>
  isChoice(f) && constantOf(f.args[1]!) !== undefined && constantOf(f.args[2]!) !== undefined;

/** p·(c ? a : b) plus q·(c ? d : e) is c ? p·a + q·d : p·b + q·e. */
export function mergeChoices(g: Graph, terms: readonly Node[]): readonly Node[] {
  const choices = terms.map((t) => choiceIn(g, t));
  if (!choices.some(Boolean)) return terms;
  const branches = new Map<Node, { yes: Node[]; no: Node[] }>();
  for (const choice of choices) {
    if (!choice) continue;
    const known = branches.get(choice.condition) ?? { yes: [], no: [] };
    known.yes.push(choice.yes);
    known.no.push(choice.no);
    branches.set(choice.condition, known);
  }
  if (![...branches.values()].some(({ yes }) => yes.length > 1)) return terms;
  return terms.flatMap((t, k) => {
    const choice = choices[k];
    if (!choice) return [t];
    const merged = branches.get(choice.condition);
    if (!merged) return [];
    branches.delete(choice.condition);
    return merged.yes.length > 1 ? [g.apply(where, choice.condition, g.add(merged.yes), g.add(merged.no))] : [t];
  });
}

/** A choice, or a number times one, by its branches. */
function choiceIn(g: Graph, term: Node): { condition: Node; yes: Node; no: Node } | undefined {
  const { coefficient, core } = g.splitCoefficient(term);
  if (!isChoice(core)) return undefined;
  const [condition, yes, no] = core.args;
  return { condition, yes: g.scale(coefficient, yes), no: g.scale(coefficient, no) };
}

/** More choices are not compared with one another. */
const MOST_CHOICES = 50;

/** Within a branch of c ? … : …, what c chooses is known: c ? (c ? a : b) : d is c ? a : d, and i > j ? (i = j ? a : b) : d has no a. */
export function saidOnce(g: Graph, roots: readonly Node[]): Node[] {
  const conditions = topological(roots)
    .filter(isChoice)
    .map(({ args }) => args[0]!);
  if (conditions.length > MOST_CHOICES || new Set(conditions.map(comparedBy)).size === conditions.length) return [...roots];
  return mapGraph(g, roots, (node) => {
    if (!isChoice(node)) return node;
    const [condition, ...branches] = node.args;
    return g.apply(where, condition, ...branches.map((branch, k) => chosen(g, branch, condition, k + 1)));
  });
}

/** c ? a·(d ? 0 : 1) : b·(d ? 0 : 1) as d ? 0 : c ? a : b: what makes both branches 0 stands outside. */
export function takenOut(g: Graph, roots: readonly Node[]): Node[] {
  if (topological(roots).filter(isChoice).length > MOST_CHOICES) return [...roots];
  return mapGraph(g, roots, (node) => (isChoice(node) ? outermost(g, node) : node));
}

function outermost(g: Graph, choice: Apply): Node {
  const [condition, ...branches] = choice.args as [Node, Node, Node];
  const [first, second] = branches.map(
    (branch) => new Set(topological([branch], isElsewhere).flatMap((n) => (isChoice(n) ? [n.args[0]!] : []))),
  ) as [Set<Node>, Set<Node>];
  for (const outer of first) {
    if (!second.has(outer)) continue;
    for (const gone of [1, 2]) {
      if (!branches.every((branch) => isZeroNode(chosen(g, branch, outer, gone)))) continue;
      const inner = g.apply(where, condition, ...branches.map((branch) => chosen(g, branch, outer, 3 - gone)));
      const zero = g.constant(0, choice.shape);
      return gone === 1 ? g.apply(where, outer, zero, inner) : g.apply(where, outer, inner, zero);
    }
  }
  return choice;
}

/** An expression where it is known which branch a condition chooses. */
function chosen(g: Graph, within: Node, condition: Node, branch: number): Node {
  const choose = (node: Node): Node => {
    const known = isChoice(node) ? implied(condition, branch, node.args[0]!) : undefined;
    return known === undefined || node.kind !== 'apply' ? node : node.args[known]!;
  };
  return mapGraph(g, [within], choose, isElsewhere)[0]!;
}

/** Its parts are not looked at entry by entry, or it has a name and so one value. */
function isElsewhere(node: Node): boolean {
  if (node.kind === 'contraction') return !node.factors.every((f, k) => f.shape.length === 0 || isInPlace(node, k));
  return node.kind !== 'sum' && node.kind !== 'apply';
}

const isInPlace = ({ indices, result }: Contraction, k: number): boolean =>
  indices[k]!.length === result.length && indices[k]!.every((i, axis) => i === result[axis]);
