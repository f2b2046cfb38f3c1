import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import type { Bounds, Caveat } from './caveat.ts';
import type { Notation } from './notation.ts';

export type { Notation } from './notation.ts';

/** What has a name: what a source can call, and what is printed under its name. */
export interface Named {
  /** The ASCII spelling, which is what prints as plain text: `sigmoid`. */
  readonly name: string;
  /** Other names that mean the same in the language: `σ`, `logistic`. */
  readonly spellings?: readonly string[];
  readonly notation?: Notation;
}

/** What every operator says that a node holds: one of single entries, or one of whole arrays. */
export interface OperatorBase extends Named {
  /** Made by rules and the compiler only; not a name in the language. */
  readonly internal?: true;
  /** The rule's stable id, the name people know it by, and one sentence on why it holds. */
  readonly rule: Rule;
  /** Where the operator and its derivative do not hold, in words. */
  readonly caveats?: readonly Caveat[];
  /** What its values, or the entries of its result, lie between, whatever the arguments; anything if left out. */
  readonly range?: Bounds;
  /** A value known exactly, or the form that this operator always takes in the graph. */
  readonly normal?: (g: Graph, ...args: Node[]) => Node | undefined;
  /** The form of equal value in which it runs and is differentiated there: with care for the border of its domain. */
  readonly runs?: (g: Graph, ...args: Node[]) => Node | undefined;
  /** What people write for it: of equal value where that has one. */
  readonly said?: (g: Graph, ...args: Node[]) => Node;
  /** A cheaper form that only the compiler uses: x² as x·x. */
  readonly lower?: (g: Graph, ...args: Node[]) => Node | undefined;
}

/**
 * Everything that varies from one entrywise function to another. Adding a function to the engine is adding one of
 * these to the list in `index.ts`: the language, the sweep, the compiler, the printers, the checks and the reference
 * page read it.
 */
export interface Operator extends OperatorBase {
  readonly arity: number;
  /** What the last arguments are when they are left out: `leaky_relu(x)` is `leaky_relu(x, 0.01)`. */
  readonly defaults?: readonly number[];
  /** Places of arguments that tell which function is meant: integers, by which there is no derivative. */
  readonly orders?: readonly number[];
  /** Places of other arguments by which no derivative is known; any number may stand there. */
  readonly underived?: readonly number[];
  /** f(−x) = ±f(x), of a function of one argument. */
  readonly parity?: 1 | -1;
  /** Its derivative is 0 by design, though its value moves: what it is made of is held where differences are taken. */
  readonly stopped?: true;
  /** Of a function without values: another that stands for it where values are compared. */
  readonly standIn?: (g: Graph, ...args: Node[]) => Node;
  /** The value in doubles. */
  readonly kernel: (...args: number[]) => number;
  /**
   * The derivative by each argument, entry by entry, from the arguments and the result `y`: tanh says `1 − y²`.
   * All have the node's shape; numbers stretch.
   */
  readonly partials: readonly Partial[];
  /**
   * What goes on to the argument at `position` instead of the adjoint times the partial: for an operator that passes
   * the adjoint along or holds it back. The arguments are stretched to the adjoint's shape.
   */
  readonly route?: (g: Graph, args: readonly Node[], adjoint: Node, position: number) => Node;
  /** The rule by the arguments that move, where people have several: aˣ is derived otherwise than xᵃ. */
  readonly ruleBy?: (moving: readonly number[]) => Rule;
  /** Where the function and its derivative are defined, entry by entry; everywhere if left out. */
  readonly domain?: (...args: number[]) => boolean;
  /** What is no error but seldom meant of a call with these arguments, and what to do about it. */
  readonly caution?: (...args: Node[]) => readonly [message: string, hint: string] | undefined;
  /**
   * What the kernel computes, for targets that know basic functions only: names, a colon and an expression of the language
   * that is taken as it stands.
   */
  readonly program?: string;
  /** What family of functions it is one of, for languages that have all of these as one function. */
  readonly family?: Family;
  /** In terms of simpler operators. The stated derivative is tested against that of this. */
  readonly definition?: (g: Graph, ...args: Node[]) => Node;
}

/** A family of functions by its name, and the numbers that tell one of them from the others. */
export interface Family {
  readonly name: string;
  readonly told: readonly Told[];
}

export type Told = number | readonly Told[];

export type Partial = (g: Graph, args: readonly Node[], y: Node) => Node;

export interface Rule {
  readonly id: string;
  readonly name: string;
  readonly why: string;
  /** The derivative in mathematical notation, shown beside the step: `σ′ = σ(1 − σ)`. */
  readonly formula?: string;
  /** The same of an entry of the result by one of the argument, where the rule is of whole arrays. */
  readonly byEntries?: string;
}

/** Whether there is a derivative by the argument at a place. */
export const isDerivable = ({ orders = [], underived = [] }: Operator, at: number): boolean =>
  !orders.includes(at) && !underived.includes(at);

/** Constant on each side of its jumps: sign, step, floor, comparisons. */
export const isJump = ({ rule }: Operator): boolean => rule.id === 'constant' || rule.id === 'comparison';
