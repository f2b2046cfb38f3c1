import { type Contraction, type Node, UNIT } from '../graph/node.ts';
import { toNumber } from '../graph/rational.ts';
import { combine, type Expression, type Expressions, type Local, type Place, place, type Slot } from './expression.ts';
import { ORIGIN, rowMajor } from './row-major.ts';
import { placeOf, running } from './running.ts';
import { divisorOf, plain, summedIndices } from './schedule.ts';

/** Where the value of a node is kept. */
export type Home = Slot | Local | Part;

/** A part of a buffer: entry t of an array along an axis. */
export interface Part {
  readonly slot: Slot;
  readonly from: Place;
  /** How far apart the entries along each axis are. */
  readonly strides: readonly number[];
}

const isLocal = (home: Home): home is Local => 'kind' in home;
export const isSlot = (home: Home): home is Slot => 'role' in home;

/** One entry of a node as an expression: through formulas down to what is kept. */
export class Formulas {
  private readonly x: Expressions;
  private readonly homes: ReadonlyMap<Node, Home>;
  /** Terms that lie in other terms of their sums. */
  private readonly added: ReadonlySet<Node>;

  constructor(x: Expressions, homes: ReadonlyMap<Node, Home>, added: ReadonlySet<Node>) {
    this.x = x;
    this.homes = homes;
    this.added = added;
  }

  /** The entry at a position along each axis. The depth of recursion is bounded by the schedule. */
  entry(whole: Node, axes: readonly Place[]): Expression {
    const node = plain(whole);
    const home = this.homes.get(node);
    return home ? this.kept(home, node, axes) : this.formula(node, axes);
  }

  /** The entry by the node's own formula, whether or not it is kept. */
  formula(node: Node, axes: readonly Place[]): Expression {
    switch (node.kind) {
      case 'apply':
        return this.x.call(
          node.operator,
          node.args.map((arg) => this.entry(arg, axes)),
        );
      case 'sum':
        return node.terms
          .filter((term) => !this.added.has(plain(term)))
          .map((term) => this.entry(term, axes))
          .reduce((total, term) => this.x.add(total, term));
      case 'contraction': {
        const position = new Map<number, Place>();
        node.result.forEach((i, axis) => {
          position.set(i, axes[axis]!);
        });
        return this.x.multiply(this.x.constant(toNumber(node.coefficient)), this.total(node, position));
      }
      case 'affine': {
        const at = combine([place(node.offset as number), ...axes], [1, ...(node.steps as number[])]);
        return node.test ? this.x.guarded([{ at, extent: 1 }], this.x.constant(1)) : this.x.place(at);
      }
      case 'definition':
        return this.entry(node.value, axes);
      case 'variable':
        throw new Error(`${node.name} has no buffer`);
      case 'array':
        throw new Error(`${node.operator.name} has no buffer`);
      case 'recurrence':
        throw new Error('a recurrence has become a loop before');
    }
  }

  /** Σ over the indices without a position of the products, written out. */
  private total(node: Contraction, position: ReadonlyMap<number, Place>): Expression {
    const open = summedIndices(node);
    let points: Map<number, Place>[] = [new Map(position)];
    for (const i of open) {
      const { from, size } = running(node).ranges.get(i)!;
      points = points.flatMap((p) => Array.from({ length: size }, (_, at) => new Map(p).set(i, place(from + at))));
    }
    return points.map((p) => this.product(node, p)).reduce((total, term) => this.x.add(total, term));
  }

  /**
   * The product of the factors with every running index in its position; what changes seldom is multiplied first, but
   * something is divided, not 1. 0 where a test among the factors fails.
   */
  product(node: Contraction, running: ReadonlyMap<number, Place>, coefficient?: number): Expression {
    const { position, bounds, kept } = this.positions(node, running);
    const factors = kept.map((k) => {
      const own = node.indices[k]!.map((i) => (i === UNIT ? ORIGIN : position.get(i)!));
      const divisor = divisorOf(node, node.factors[k]!);
      const entry = this.entry(divisor ?? node.factors[k]!, own);
      return {
        value: divisor ? this.x.divide(this.x.constant(1), entry) : entry,
        depth: Math.max(-1, ...own.flatMap(({ terms }) => terms.map((t) => t.counter.depth))),
        divides: divisor !== undefined,
      };
    });
    factors.sort((a, b) => a.depth - b.depth);
    const divided = factors.findIndex((f) => !f.divides);
    if (divided > 0) factors.unshift(...factors.splice(divided, 1));
    const first = this.x.constant(coefficient ?? 1);
    const value = factors.reduce<Expression>((product, f) => this.x.multiply(product, f.value), first);
    return this.x.guarded(bounds, value);
  }

  /** The positions of all indices, from those that run. */
  positions(node: Contraction, at: ReadonlyMap<number, Place>) {
    const { fixed, bounds, factors } = running(node);
    if (factors.length === node.factors.length) return { position: at, bounds: [], kept: factors };
    const position = new Map(at);
    for (const [index, value] of fixed) position.set(index, placeOf(value, at));
    return { position, bounds: bounds.map(({ value, extent }) => ({ at: placeOf(value, at), extent })), kept: factors };
  }

  private kept(home: Home, node: Node, axes: readonly Place[]): Expression {
    if (isLocal(home)) return home;
    if (isSlot(home)) return this.x.load(home, rowMajor(node.shape as readonly number[], axes));
    return this.x.load(home.slot, combine([home.from, ...axes], [1, ...home.strides]));
  }
}
