import type { Dim } from '../graph/dimension.ts';
import { isZeroNode } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import { mapGraph } from '../graph/map.ts';
import { type Contraction, distinct, isConstant, type Node, UNIT } from '../graph/node.ts';
import { topological } from '../graph/traverse.ts';
import { and, greater, isChoice, isTruth, not, or, unequal, where } from '../operators/comparison.ts';
import type { Operator } from '../operators/operator.ts';
import { pow } from '../operators/power.ts';

/**
 * A branch that is not taken counts as 0, whatever else it is multiplied with: c ? a : 0 times 1/x is c ? a/x : 0, so
 * that 0·∞ does not arise. The choice is found through names, sums, products and sums over indices, where it may have
 * come from another part of the source; each part knows by which condition it is 0. One pass from the leaves up.
 */
export function withoutUntaken(g: Graph, roots: readonly Node[]): Node[] {
  if (!topological(roots).some(isChoice)) return [...roots];
  const pass = new Untaken(g);
  return mapGraph(g, roots, (node) => pass.visit(node));
}

/** More terms are not looked into. */
const MOST_TERMS = 16;

class Untaken {
  private readonly g: Graph;
  /** Where a node is not 0 by a choice: a condition of its shape. */
  private readonly supports = new Map<Node, Node>();
  /** Nodes that may be infinite, or no number, at finite inputs. */
  private readonly wild = new Set<Node>();
  private readonly seen = new Set<Node>();

  constructor(g: Graph) {
    this.g = g;
  }

  /** The node as it should be; its parts have been visited. */
  visit(node: Node): Node {
    const made = node.kind === 'contraction' ? this.product(node) : node;
    if (made !== node) for (const part of topological([made], (n) => this.seen.has(n))) this.look(part);
    this.look(made);
    return made;
  }

  private look(node: Node): void {
    if (this.seen.has(node)) return;
    this.seen.add(node);
    const support = this.supportOf(node);
    if (support) this.supports.set(node, support);
    if (this.mayBeInfinite(node)) this.wild.add(node);
  }

  private mayBeInfinite(node: Node): boolean {
    switch (node.kind) {
      case 'variable':
      case 'affine':
        return false;
      case 'definition':
        return this.wild.has(node.value);
      case 'sum':
        return node.terms.some((t) => this.wild.has(t));
      case 'contraction':
        return node.factors.some((f) => this.wild.has(f));
      case 'apply':
        return !isTotal(node.operator) || node.args.some((a) => this.wild.has(a));
      case 'array':
        return !Number.isFinite(node.operator.range?.most ?? Number.NaN) || node.args.some((a) => this.wild.has(a));
      default:
        return true;
    }
  }

  private supportOf(node: Node): Node | undefined {
    switch (node.kind) {
      case 'definition':
        return this.supports.get(node.value);
      case 'sum':
        return this.either(node.terms);
      case 'contraction':
        return isConstant(node) || !distinct(node.result) ? undefined : this.ofProduct(node);
      case 'apply':
        return isChoice(node) ? this.ofChoice(node.args) : undefined;
      default:
        return undefined;
    }
  }

  private ofChoice([condition, yes, no]: readonly [Node, Node, Node]): Node | undefined {
    const { g } = this;
    const [taken, other] = [this.supports.get(yes), this.supports.get(no)];
    const c = truth(g, condition);
    if (isZeroNode(no)) return taken ? g.apply(and, c, taken) : c;
    if (isZeroNode(yes)) return other ? g.apply(and, g.apply(not, c), other) : g.apply(not, c);
    return taken && other ? g.apply(where, c, taken, other) : undefined;
  }

  /** A sum is 0 where all terms are. */
  private either(terms: readonly Node[]): Node | undefined {
    if (terms.length > MOST_TERMS) return undefined;
    const found = new Set<Node>();
    for (const term of terms) {
      const support = this.supports.get(term);
      if (!support) return undefined;
      found.add(support);
    }
    return [...found].reduce((a, b) => this.g.apply(or, a, b));
  }

  /** A product is 0 where a factor is. */
  private ofProduct(node: Contraction): Node | undefined {
    let whole: Node | undefined;
    for (const [k, factor] of node.factors.entries()) {
      const support = this.supports.get(factor);
      if (!support || !distinct(node.indices[k]!)) continue;
      const own = conditionOver(this.g, support, node.indices[k]!, node.result, node.sizes);
      whole = whole ? this.g.apply(and, whole, own) : own;
    }
    return whole;
  }

  /** The factors that a choice keeps at 0, with those that may be infinite, under that choice. */
  private product(node: Contraction): Node {
    const wild = node.factors
      .map((_, k) => k)
      .filter((k) => this.wild.has(node.factors[k]!) && !this.supports.has(node.factors[k]!));
    if (wild.length === 0) return node;
    const chosen = node.factors.findIndex((f, k) => this.supports.has(f) && distinct(node.indices[k]!));
    if (chosen < 0) return node;
    const own = indicesOf([node.indices[chosen]!]);
    const others = indicesOf(wild.map((k) => node.indices[k]!));
    const joint = indicesOf([own, others]);
    if (joint.length === own.length || joint.length === others.length) return this.together(node, chosen, wild, joint);
    return this.apart(node, chosen, wild, indicesOf([node.result, others]));
  }

  /** What is chosen and what may be infinite as one choice over the indices of both, times the rest. */
  private together(node: Contraction, chosen: number, wild: readonly number[], over: readonly number[]): Node {
    const { g } = this;
    const inner = this.part(node, [chosen, ...wild], over, (f, k) => (k === chosen ? takenOf(f) : f));
    const choice = g.apply(where, this.condition(node, chosen, over), inner, 0);
    const outside = node.factors.map((_, k) => k).filter((k) => k !== chosen && !wild.includes(k));
    const indices = [over, ...outside.map((k) => node.indices[k]!)];
    return g.contract({
      coefficient: node.coefficient,
      factors: [choice, ...outside.map((k) => node.factors[k]!)],
      indices,
      result: node.result,
      sizes: sizesOf(node.sizes, [...indices, node.result]),
    });
  }

  /** Everything but what may be infinite is multiplied and summed first: 0 where nothing in the sum is chosen. */
  private apart(node: Contraction, chosen: number, wild: readonly number[], over: readonly number[]): Node {
    const { g } = this;
    const tame = node.factors.map((_, k) => k).filter((k) => !wild.includes(k));
    const kept = indicesOf(tame.map((k) => node.indices[k]!)).filter((i) => over.includes(i));
    const indices = [kept, ...wild.map((k) => node.indices[k]!)];
    const inner = g.contract({
      factors: [this.part(node, tame, kept), ...wild.map((k) => node.factors[k]!)],
      indices,
      result: over,
      sizes: sizesOf(node.sizes, [...indices, over]),
    });
    return g.contract({
      coefficient: node.coefficient,
      factors: [g.apply(where, this.condition(node, chosen, over), inner, 0)],
      indices: [over],
      result: node.result,
      sizes: sizesOf(node.sizes, [over, node.result]),
    });
  }

  /** The product of some factors over some indices. */
  private part(
    { factors, indices, sizes }: Contraction,
    inside: readonly number[],
    over: readonly number[],
    as: (factor: Node, k: number) => Node = (f) => f,
  ): Node {
    const own = inside.map((k) => indices[k]!);
    const parts = inside.map((k) => as(factors[k]!, k));
    return this.g.contract({ factors: parts, indices: own, result: over, sizes: sizesOf(sizes, [...own, over]) });
  }

  private condition({ factors, indices, sizes }: Contraction, chosen: number, over: readonly number[]): Node {
    return conditionOver(this.g, this.supports.get(factors[chosen]!)!, indices[chosen]!, over, sizes);
  }
}

/** a of c ? a : 0, under whatever names. */
function takenOf(node: Node): Node {
  let at = node;
  while (at.kind === 'definition') at = at.value;
  if (at.kind !== 'apply' || at.operator !== where) return node;
  const [, yes, no] = at.args as [Node, Node, Node];
  return isZeroNode(no) ? yes : isZeroNode(yes) ? no : node;
}

/** A condition over other indices: repeated along new ones; along those that go, whether it holds anywhere. */
function conditionOver(g: Graph, condition: Node, own: readonly number[], over: readonly number[], sizes: readonly Dim[]): Node {
  const moved = g.contract({ factors: [condition], indices: [own], result: over, sizes: sizesOf(sizes, [own, over]) });
  return own.every((i) => i === UNIT || over.includes(i)) ? moved : g.apply(greater, moved, 0);
}

const indicesOf = (lists: readonly (readonly number[])[]): number[] => [...new Set(lists.flat())].filter((i) => i !== UNIT);

const sizesOf = (sizes: readonly Dim[], lists: readonly (readonly number[])[]): Map<number, Dim> =>
  new Map(indicesOf(lists).map((i) => [i, sizes[i]!]));

/** The condition as 0 or 1. */
const truth = (g: Graph, condition: Node): Node => (isTruth(condition) ? condition : g.apply(unequal, condition, 0));

const EXTREMES = [0, 1, -1, 1e300, -1e300];
const total = new Map<Operator, boolean>();

/** Whether a function has a finite value at all finite arguments, the largest and 0 among them. */
function isTotal(operator: Operator): boolean {
  let known = total.get(operator);
  if (known === undefined) {
    const tuples = Array.from({ length: operator.arity }).reduce<number[][]>(
      (list) => list.flatMap((args) => EXTREMES.map((x) => [...args, x])),
      [[]],
    );
    known = operator !== pow && operator.arity <= 3 && tuples.every((args) => Number.isFinite(operator.kernel(...args)));
    total.set(operator, known);
  }
  return known;
}
