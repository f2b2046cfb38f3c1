import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import type { Builder, Value } from './builder.ts';
import type { Named } from './operator.ts';

/** A call as it is checked: the arguments, and how to speak of them. */
export interface CallSite {
  readonly name: string;
  readonly args: readonly Value[];
  /** The arguments as the user wrote them, shortened. */
  readonly texts: readonly string[];
  /** What is given where an axis is expected: `rows`, `cols`, or the name of its length. */
  readonly axis?: string | undefined;
  /** Takes what is no error, but seldom meant. */
  readonly warn: (message: string, hint: string) => void;
}

/** A function of the last axes of an array, at each place of the others. */
export interface Reduction {
  /** @param axes those that it runs over, at least one */
  readonly over: (g: Graph, x: Node, axes: readonly number[]) => Node;
  /** The result keeps the axes, as a softmax does. */
  readonly keeps?: true;
  /** What `rows` and `cols` do, where a matrix needs one of them. */
  readonly along?: readonly [rows: string, cols: string];
}

/**
 * A function or an operator of the language that is built from others: everything linear is a contraction, a root is a
 * power. It has no derivative of its own.
 */
export interface LanguageFunction extends Named {
  /** Least and greatest number of arguments. */
  readonly arity: readonly [number, number];
  /** Takes `rows`, `cols` or the name of a length as its last argument. */
  readonly axis?: true;
  /** For a function over axes: what makes `f(X)`, `f(X, rows)` and `f[k](…)` alike. */
  readonly reduce?: Reduction;
  /** One line for the reference page. */
  readonly help: string;
  readonly build: (b: Builder, call: CallSite) => Value;
}
