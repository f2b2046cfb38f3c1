import type { Dim, Shape } from '../graph/dimension.ts';
import type { Graph } from '../graph/graph.ts';
import type { NameSet } from '../graph/names.ts';
import type { Node } from '../graph/node.ts';
import type { Expr, Subscript } from '../language/tree.ts';

/** A syntax tree for a node, and the shape of what it says: smaller than the node's where it is left to stretch. */
export interface Written {
  readonly expr: Expr;
  readonly shape: Shape;
}

export type Notation = 'matrix' | 'index';

/** Takes what an expression cannot say in place, and gives the name that it then has. */
export interface Hoist {
  /** Index notation for everything that matrix notation would say by products, sums and transposes. */
  readonly notation?: Notation;
  /** Numbers are written as decimals where they may be some: the source speaks so. */
  readonly decimals: boolean;
  /** What the nodes are from, if facts about them are to be known. */
  readonly graph?: Graph;
  /** The number of the first entry of what is written, where it runs along steps. */
  readonly first?: Dim;
  /** Names that mean something else in the source. */
  readonly taken: NameSet;
  /** Names of lengths, by which their axes can be called. */
  readonly lengths: NameSet;
  define(subscripts: readonly Subscript[], value: Expr): Expr | undefined;
  /**
   * Takes an array that a recurrence defines: what to say of it, once its name and the index of time are known.
   * @param stem what the name should be like
   */
  recur(stem: string, say: (name: string, time: string) => RecurrenceText): string;
  /** A name that the source does not have yet. */
  fresh(stem: string): string;
  /** Parts of an expression that would be written again and again. */
  repeated(root: Node): ReadonlySet<Node>;
  /** Takes entries along time, `h[t-1]`, and gives the name of their array; where there is no place for it, the entry. */
  along(steps: Steps, say: (time: string) => Expr): Expr;
  /** The index that steps are counted by: the letter, or one like it that is free. */
  time(letter: string): string;
}

/** The numbers of the first step and of the last. */
export interface Steps {
  readonly from: Expr;
  readonly to: Expr;
  /** The letter that they are counted by. */
  readonly letter: string;
}

export interface RecurrenceText {
  readonly firstPlace: Expr;
  readonly first: Expr;
  readonly length: Expr;
  /** What the step uses, each at time t, in order. */
  readonly parts: readonly StepPart[];
  readonly step: Expr;
}

export interface StepPart {
  readonly name: string;
  /** Those after time. */
  readonly subscripts: readonly Subscript[];
  readonly value: Expr;
}

/** Without a place for definitions the entries stand for the array: good for reading, not for parsing back. */
export const inPlace: Hoist = {
  decimals: false,
  taken: new Set(),
  lengths: new Set(),
  define: () => undefined,
  recur: () => 'recurrence',
  fresh: (stem) => stem,
  repeated: () => new Set(),
  along: ({ letter }, say) => say(letter),
  time: (letter) => letter,
};

/** What a reader lends to those who write a part for it. */
export interface Lent {
  readonly names: ReadonlyMap<Node, string>;
  readonly hoist: Hoist;
  get(node: Node): Written;
  written(node: Node): Written;
  full(written: Written, wanted: Shape): Expr;
}
