import { constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import { type Apply, type ArrayApply, type Contraction, children, type Node } from '../graph/node.ts';
import { isZero, toNumber } from '../graph/rational.ts';
import { topological } from '../graph/traverse.ts';
import type { Caveat } from '../operators/caveat.ts';
import { isChoice } from '../operators/comparison.ts';
import { abs, relu } from '../operators/kinked.ts';
import { pow } from '../operators/power.ts';
import { isOfEntries, meetingOf } from './relations.ts';

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
  isAbsorbed(node: Node, power: number): boolean {
    if (power > this.where.order) return true;
    if (this.where.roots.has(node)) return false;
    this.powers.set(node, power);
    return (this.where.users.get(node) ?? []).every((user) => {
      const own = this.powerOf(user);
      return own > 0 && this.isAbsorbed(user, own);
    });
  }

  /** To which power an expression is 0 entry by entry, at least; 0 of what is not known to be. */
  private powerOf(node: Node): number {
    const known = this.powers.get(node);
    if (known !== undefined) return known;
    if (this.isZero(node)) return 1;
    switch (node.kind) {
      case 'definition':
        return this.powerOf(node.value);
      case 'contraction':
        return isOfEntries(node) ? this.ofProduct(node) : 0;
      case 'sum':
        return Math.min(...node.terms.map((term) => this.powerOf(term)));
      case 'apply':
        return this.ofFunction(node);
      default:
        return 0;
    }
  }

  private isZero(node: Node): boolean {
    const { graph } = this.where;
    return node === this.zero || graph.splitCoefficient(node).core === this.zero || graph.neg(node) === this.zero;
  }

  /** Entries that are 0 at the same places. */
  private ofProduct({ factors, indices }: Contraction): number {
    const places = new Map<string, number>();
    factors.forEach((factor, k) => {
      const key = indices[k]!.join();
      places.set(key, (places.get(key) ?? 0) + this.powerOf(factor));
    });
    return Math.max(...places.values(), 0);
  }

  private ofFunction(node: Apply): number {
    // Where the other branch is taken there is no kink.
    if (isChoice(node)) return Math.max(...node.args.slice(1).map((branch) => this.powers.get(branch) ?? 0));
    const [u, exponent] = node.args as [Node, Node?];
    if (node.operator === abs || node.operator === relu) return this.isZero(u) ? 1 : 0;
    const p = node.operator === pow ? numberIn(exponent!) : undefined;
    return p === undefined ? 0 : p * this.powerOf(u);
  }
}
