import { constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import { type Apply, type ArrayApply, type Contraction, children, isOfEntries, type Node } from '../graph/node.ts';
import { isZero, toNumber } from '../graph/rational.ts';
import { topological } from '../graph/traverse.ts';
import type { Caveat } from '../operators/caveat.ts';
import { isChoice } from '../operators/comparison.ts';
import { abs, relu } from '../operators/kinked.ts';
import { pow } from '../operators/power.ts';
import { meetingOf } from './relations.ts';

/** Where a kink is, and what uses the nodes of an expression. */
interface Around {
  readonly graph: Graph;
  readonly roots: ReadonlySet<Node>;
  readonly users: ReadonlyMap<Node, readonly Node[]>;
  /** Of the derivative. */
  readonly order: number;
}

export function around(graph: Graph, roots: readonly Node[], order: number): Around {
  const users = new Map<Node, Node[]>();
  for (const node of topological(roots))
    for (const part of isChoice(node) ? node.args.slice(1) : children(node)) users.set(part, [...(users.get(part) ?? []), node]);
  return { graph, roots: new Set(roots), users, order };
}

/**
 * Whether all that is made of a function with a kink has none: max(0, u)² and u·|u| are 0 to a higher power where u is. That is told
 * by their form: what they are 0 to the power of is more than the order of the derivative.
 */
export function isSmoothed(node: Apply | ArrayApply, caveat: Caveat, where: Around): boolean {
  if (node.kind !== 'apply') return false;
  const { graph } = where;
  const meeting = meetingOf(node.args, caveat.condition);
  if (!meeting) return false;
  const { part, bound } = meeting;
  const worth = node.args.map((arg) => (arg === part ? toNumber(bound) : numberIn(arg)));
  if (worth.some((value) => value === undefined) || node.operator.kernel(...(worth as number[])) !== 0) return false;
  const zero = isZero(bound) ? part : graph.sub(part, bound);
  return new Smoothing(where, zero).isAbsorbed(node, 1);
}

const numberIn = (node: Node): number | undefined => {
  const c = constantOf(node);
  return c && toNumber(c);
};

/** What is deeper within an expression is not looked at. */
const DEEPEST = 8;

/** What becomes of what is 0 to some power where `zero` is. */
class Smoothing {
  private readonly powers = new Map<Node, number>();
  private readonly where: Around;
  private readonly zero: Node;

  constructor(where: Around, zero: Node) {
    this.where = where;
    this.zero = where.graph.splitCoefficient(zero).core;
  }

  /** Whether nothing that is left of the kink reaches the whole. */
  isAbsorbed(kinked: Node, first: number): boolean {
    const { order, roots, users } = this.where;
    const open: (readonly [Node, number])[] = [[kinked, first]];
    for (let next = open.pop(); next; next = open.pop()) {
      const [node, power] = next;
      if (power > order || this.powers.get(node) === power) continue;
      if (roots.has(node)) return false;
      this.powers.set(node, power);
      for (const user of users.get(node) ?? []) {
        const own = this.powerOf(user, new Map());
        if (own === 0) return false;
        open.push([user, own]);
      }
    }
    return true;
  }

  /**
   * To which power an expression is 0 entry by entry, at least; 0 of what is not known to be.
   * @param found what is known by now of what it is made of, which may be there again and again
   */
  private powerOf(node: Node, found: Map<Node, number>, depth = DEEPEST): number {
    const known = this.powers.get(node) ?? found.get(node);
    if (known !== undefined) return known;
    const power = this.isZero(node)
      ? 1
      : depth === 0
        ? 0
        : this.powerWithin(node, (part) => this.powerOf(part, found, depth - 1));
    found.set(node, power);
    return power;
  }

  private powerWithin(node: Node, powerOf: (part: Node) => number): number {
    switch (node.kind) {
      case 'definition':
        return powerOf(node.value);
      case 'contraction':
        return isOfEntries(node) ? ofProduct(node, powerOf) : 0;
      case 'sum':
        return Math.min(...node.terms.map(powerOf));
      case 'apply':
        return this.ofFunction(node, powerOf);
      default:
        return 0;
    }
  }

  private isZero(node: Node): boolean {
    const { graph } = this.where;
    return node === this.zero || graph.splitCoefficient(node).core === this.zero || graph.neg(node) === this.zero;
  }

  private ofFunction(node: Apply, powerOf: (part: Node) => number): number {
    // Where the other branch is taken there is no kink.
    if (isChoice(node)) return Math.max(...node.args.slice(1).map((branch) => this.powers.get(branch) ?? 0));
    const [u, exponent] = node.args as [Node, Node?];
    if (node.operator === abs || node.operator === relu) return this.isZero(u) ? 1 : 0;
    const p = node.operator === pow ? numberIn(exponent!) : undefined;
    return p === undefined ? 0 : p * powerOf(u);
  }
}

/** Entries that are 0 at the same places. */
function ofProduct({ factors, indices }: Contraction, powerOf: (part: Node) => number): number {
  const places = new Map<string, number>();
  factors.forEach((factor, k) => {
    const key = indices[k]!.join();
    places.set(key, (places.get(key) ?? 0) + powerOf(factor));
  });
  return Math.max(...places.values(), 0);
}
