import type { Dim, Shape } from '../graph/dimension.ts';
import type { Graph } from '../graph/graph.ts';
import type { Apply, Definition as DefinitionNode, Node } from '../graph/node.ts';
import type { Warning } from '../language/diagnostics.ts';
import type { Lang } from '../language/speech.ts';
import type { EntryAssignment, FunctionDefinition, Role, Span } from '../language/tree.ts';
import type { Fact } from '../operators/facts.ts';
import type { Constraint } from './constraints.ts';

/** A name with a shape that values come in by: declared, or free in an expression. */
export interface Input {
  readonly name: string;
  readonly role: Role | 'free';
  /** As declared: [n, 1] stays [n, 1], though the graph knows it as the vector [n]. */
  readonly shape: Shape;
  readonly node: Node;
  readonly initial?: Initial;
  readonly facts: readonly Fact[];
  /** The columns of a table that fill it, as its declaration names them. */
  readonly columns?: readonly string[];
  readonly span?: Span;
}

/** What an input holds at first: numbers in the source, an expression of earlier names, or an initializer. */
export type Initial =
  | { readonly kind: 'array'; readonly array: NumericArray }
  | { readonly kind: 'expression'; readonly node: Node; readonly span: Span }
  | { readonly kind: 'initializer'; readonly name: string; readonly args: readonly Node[]; readonly span: Span };

export interface Definition {
  readonly name: string;
  readonly node: DefinitionNode;
  /** The definition as it prints: `[n]` for a column. */
  readonly shape: Shape;
  /** What the user wrote, where a definition is more than a value: the first entries and the steps of a recurrence. */
  readonly written?: readonly EntryAssignment[];
  /** How a derivation tells its steps: with names for what functions are applied to in them. */
  readonly paused?: Paused;
}

/** A recurrence with places to pause: s[t] = U·h[t−1] + v·x[t], and h[t] = tanh(s[t]). */
export interface Paused {
  readonly before: readonly Definition[];
  readonly written: readonly EntryAssignment[];
}

/** A number that training shows beside the cost. */
export interface Metric {
  readonly name: string;
  readonly node: Node;
}

/** Functions in a definition, or in the objective, whose arguments must be something. */
export interface Asked {
  readonly by?: string;
  readonly nodes: readonly Apply[];
}

/** The letter that a source writes at an axis of an array: `X[b,i,c]` has b at the first of X. */
export interface WrittenLetter {
  readonly array: string;
  readonly axis: number;
  readonly letter: string;
  /** The axis is one of those that the array's operator runs along: p of `M[i] = max[p](X[2*i + p])`, counted from the first of them. */
  readonly along?: true;
}

/** A checked source. */
export interface Model {
  readonly graph: Graph;
  readonly text: string;
  /** What the places of its inputs point into, where that is another text: the source that a derivative was found from. */
  readonly origin?: string;
  readonly inputs: ReadonlyMap<string, Input>;
  /** Named intermediates, in order; the objective too if it has a name. */
  readonly definitions: readonly Definition[];
  readonly objective:
    | { readonly node: Node; readonly name?: string; readonly sense: 'minimize' | 'maximize' | 'none'; readonly span: Span }
    | undefined;
  /** In order; they are among the definitions too. */
  readonly metrics: readonly Metric[];
  readonly asked: readonly Asked[];
  /** What its expressions were before the derivatives within them were found; only those that had any. */
  readonly unexpanded: ReadonlyMap<Node, Node>;
  /** Dimensions that the source's own data bind. */
  readonly sizes: ReadonlyMap<string, number>;
  /** What dimensions that only data tell must satisfy. */
  readonly constraints: readonly Constraint[];
  /** Arrays of numbers written within expressions. */
  readonly literals: ReadonlyMap<Node, NumericArray>;
  /** Entries of recurrences that lie before or after their arrays. */
  readonly extended: ReadonlyMap<string, Extended>;
  /** The letters of the source's own index notation, in the order in which it has them. */
  readonly letters: readonly WrittenLetter[];
  /** Functions that are declared and not defined. */
  readonly unknowns: ReadonlyMap<string, FunctionDefinition>;
  /** Numbers that an array may hold. */
  readonly maxEntries: number;
  /** What is read, but may not be what was meant, each with its place. */
  readonly warnings: readonly Warning[];
  /** The language that its errors and warnings are told in; English if there is none. */
  readonly lang?: Lang | undefined;
}

export type ShapeOption = readonly (number | string)[];

export interface CheckOptions {
  /** Shapes of names that the source does not declare. */
  readonly shapes?: Readonly<Record<string, ShapeOption>>;
  /** Numbers that an array, and all arrays of a program, may hold; 2²⁷, a GiB of them, unless told. */
  readonly maxEntries?: number;
  /** The language of errors, warnings and words; `en` unless told. */
  readonly lang?: Lang;
}

/** Numbers that are written within an expression. */
export interface NumericArray {
  readonly shape: readonly number[];
  readonly data: readonly number[];
  readonly span?: Span;
}

/** All entries of a name under their own numbers, where these are not their places in its array: `h[0]`. */
export interface Extended {
  /** The number of the first of them. */
  readonly first: Dim;
  readonly node: Node;
  /** The number of the array's first entry: 1, unless the entries begin later. */
  readonly arrayFrom: Dim;
  /** What was given singly and lies outside of the array. */
  readonly outside: ReadonlyMap<Dim, Node>;
}
