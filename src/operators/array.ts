import type { Dim, Shape } from '../graph/dimension.ts';
import { axes } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { type Fraction, ONE } from '../graph/rational.ts';
import type { Operator, OperatorBase } from './operator.ts';

/**
 * An operator that is neither linear nor entrywise: it takes the last axes of each argument, a cell, as a whole, and
 * whatever axes stand in front as a batch. With its adjoint rule written for cells, batches and Jacobians come free.
 */
export interface ArrayOperator extends OperatorBase {
  /** Tells operators of one name apart: `max` over one axis, over two. */
  readonly key: string;
  /** Numbers that tell which operator of the name is meant, as they are written after the arguments: `triu(A, 1)`. */
  readonly parameters?: readonly Fraction[];
  /** How many axes a cell of each argument has. */
  readonly cells: readonly number[];
  /** The shape of a cell of the result. */
  readonly cellShape: (...cells: Shape[]) => Shape;
  /** What goes on to the argument at `position`, from what arrives at the result. */
  readonly pullback: (p: Pullback, position: number) => Node;
  /** The result in doubles, cell after cell, into `out`. Not needed where `lower` always leads to others. */
  readonly kernel?: ArrayKernel;
  /** Whether a cell of each argument is well inside of where the operator and its derivative have values. */
  readonly domain?: (...cells: Cell<number>[]) => boolean;
  /** The same in any arithmetic, for one cell: slow, plain, and the judge of the kernel. */
  readonly exact?: <T>(x: Field<T>, cells: readonly Cell<T>[]) => T[];
  /** The entries of a cell of the result add up to 1. */
  readonly sumsToOne?: true;
  /** Whether a cell of the result is a symmetric matrix where the arguments' cells are. */
  readonly symmetric?: true;
}

export type Numbers = Float64Array | Float32Array;

/**
 * `count` cells lie one after the other in each array, which may be longer: memory is shared. `shapes` are those of a
 * cell of each argument.
 */
export type ArrayKernel = (args: readonly Numbers[], out: Numbers, count: number, shapes: readonly (readonly number[])[]) => void;

export interface Cell<T> {
  readonly shape: readonly number[];
  readonly data: readonly T[];
}

/** Numbers that can be divided and compared. */
export interface Field<T> {
  readonly zero: T;
  readonly one: T;
  add(a: T, b: T): T;
  sub(a: T, b: T): T;
  mul(a: T, b: T): T;
  div(a: T, b: T): T;
  exp(a: T): T;
  log(a: T): T;
  sqrt(a: T): T;
  max(values: readonly T[]): T;
  min(values: readonly T[]): T;
  /** What is taken out of exponents so that nothing overflows: near the largest of them. */
  top(values: readonly T[]): T;
  /** As a double, for the choice of a pivot. */
  size(a: T): number;
  /** An entrywise function. */
  apply(operator: Operator, args: T[]): T;
  rational(q: Fraction): T;
}

/** The record of an operator that nobody calls, and that is gone before anything is differentiated. */
export const internalOperator = (
  name: string,
  key: string,
  cells: readonly number[],
  cellShape: ArrayOperator['cellShape'],
): ArrayOperator => ({
  name,
  key,
  internal: true,
  cells,
  cellShape,
  pullback: () => {
    throw new Error(`${name} is made after everything is differentiated`);
  },
  rule: { id: 'internal', name: 'internal', why: 'Made by the engine only.' },
});

/**
 * An adjoint rule at work: the adjoint is [front…, lead…, cell of the result…], an argument [lead…, cell…].
 * Letters name the axes of cells; those that the result lacks are summed.
 */
export class Pullback {
  readonly g: Graph;
  readonly args: readonly Node[];
  /** The operator's result, under its name if it has one. */
  readonly y: Node;
  readonly adjoint: Node;
  private readonly front: Shape;
  private readonly lead: Shape;

  constructor(g: Graph, node: { args: readonly Node[]; operator: ArrayOperator }, y: Node, adjoint: Node, front: Shape) {
    this.g = g;
    this.args = node.args;
    this.y = y;
    this.adjoint = adjoint;
    this.front = front;
    this.lead = node.args[0]!.shape.slice(0, node.args[0]!.shape.length - node.operator.cells[0]!);
  }

  /** Whether the objective is an array, so that its axes stand in front of the adjoint. */
  get fronted(): boolean {
    return this.front.length > 0;
  }

  /**
   * The contraction of factors by the letters of their cells. What has the objective's axes in front (the adjoint, and
   * what was made of it) is marked.
   */
  einsum(
    factors: readonly (readonly [Node, string, 'front'?])[],
    result: string,
    coefficient: Fraction = ONE,
    fronted = true,
  ): Node {
    // An index that nothing has would count as a factor.
    const used = fronted || factors.some(([, , mark]) => mark);
    const front = axes(used ? this.front : []);
    const lead = axes(this.lead, this.front.length);
    // An index that nothing has would count as summed: the objective's axes are only among them where they are wanted.
    const sizes = new Map<number, Dim>([...(fronted ? front.sizes : []), ...lead.sizes]);
    const base = this.front.length + this.lead.length;
    const name = (letter: string): number => base + letter.codePointAt(0)!;
    const indices = factors.map(([node, letters, mark]) => {
      const own = [...letters].map(name);
      node.shape.slice(node.shape.length - own.length).forEach((size, k) => {
        if (typeof sizes.get(own[k]!) !== 'number') sizes.set(own[k]!, size);
      });
      return [...(mark ? front.result : []), ...lead.result, ...own];
    });
    const out = [...(fronted ? front.result : []), ...lead.result, ...[...result].map(name)];
    return this.g.contract({ coefficient, factors: factors.map(([f]) => f), indices, result: out, sizes });
  }
}
