import type { Shape } from '../graph/dimension.ts';
import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { type Bounds, isNonnegative } from './caveat.ts';

/**
 * What a declaration says of values that it does not give: `param S : [n, n] symmetric`. Everything that varies from one
 * fact to another stands in its record; the declaration, the values that come in, the points of a check and the rules of
 * simplification read it.
 */
export interface FactRecord {
  readonly name: string;
  /** What it says, for the help. */
  readonly help: string;
  /** It holds along an axis: `distribution rows`. */
  readonly along?: true;
  /** Of what is given only: descent would lead away from it. The way to a parameter that has it, as a hint. */
  readonly instead?: (name: string) => string;
  /** What a parameter becomes that has it and is moved, so that it keeps it; left out, what it is moved to has it too. */
  readonly kept?: (g: Graph, moved: Node, from: Node) => Node;
  /** Where it keeps a parameter that a step would take elsewhere. */
  readonly keeps?: string;
  /** Why values of the shape cannot have it; undefined if they can. */
  readonly misfit?: (shape: Shape) => string | undefined;
  /** Where values do not have it. They may be rounded: see ROUNDING. */
  readonly broken: (data: ArrayLike<number>, shape: readonly number[], axis: number | undefined) => Broken | undefined;
  /** Values nearby that have it: those themselves that do. */
  readonly fitted: (data: readonly number[], shape: readonly number[], axis: number | undefined) => number[];
  /** Numbers that are drawn to be fitted are taken so many times as large, or few of them would differ. */
  readonly spread?: number;
  /** What its entries lie between. */
  readonly bounds?: Bounds;
  /** The entries along the axis add up to 1. */
  readonly sums?: true;
  /** Every entry is its own power, for positive exponents, and entries along the axis have the product 0. */
  readonly idempotent?: true;
  readonly symmetric?: true;
  /** Its entries are integers, any integers. */
  readonly whole?: true;
}

/** A fact of one name. */
export interface Fact {
  readonly record: FactRecord;
  /** The axis that it runs along; left out, it is about each entry, or about all of them together. */
  readonly axis?: number;
  /** As it is declared: `distribution rows`. */
  readonly text: string;
}

/** The entry, or the line of entries, where values contradict a fact. */
export interface Broken {
  /** The row-major place of the entry, or of the first one. */
  readonly at: number;
  readonly whole: boolean;
  /** What is so there: `sums to 0.9`. */
  readonly says: string;
}

/** Whether a fact with a property is among them. */
export const someFact = (facts: readonly Fact[] | undefined, has: (record: FactRecord) => boolean | undefined): boolean =>
  facts?.some((fact) => has(fact.record)) === true;

export const isDeclaredNonnegative = (facts: readonly Fact[] | undefined): boolean =>
  someFact(facts, ({ bounds }) => bounds && isNonnegative(bounds));
export const isDeclaredSymmetric = (facts: readonly Fact[] | undefined): boolean => someFact(facts, (f) => f.symmetric);
