import type { ArrayOperator } from '../operators/array.ts';
import type { Fact } from '../operators/facts.ts';
import type { Operator } from '../operators/operator.ts';
import type { Dim, Shape } from './dimension.ts';
import type { Fraction } from './rational.ts';

/**
 * The expression graph. Nodes are immutable and made only by `Graph`, which returns the same object for the same
 * content: an expression is a DAG, equality is `===`.
 */
export type Node = Variable | Contraction | Sum | Apply | ArrayApply | Affine | Recurrence | Definition;

interface Base {
  /** Order of creation within the graph: a node's parts have smaller ids than the node. */
  readonly id: number;
  readonly shape: Shape;
}

/** `size` is the number that a dimension's name stands for (`m` in `1/m`); `state` what a recurrence carries along. */
export type VariableRole = 'data' | 'param' | 'const' | 'free' | 'size' | 'state';

export interface Variable extends Base {
  readonly kind: 'variable';
  readonly name: string;
  readonly role: VariableRole;
  /** What is known of its value. */
  readonly facts?: readonly Fact[];
}

/** The index of an axis of length 1: it is always at its first place, so it is never shared or summed. */
export const UNIT = -1;

/**
 * coefficient · Σ over the indices that `result` lacks · Π factorₖ[indicesₖ].
 * An index of `result` that no factor has is a broadcast; one that stands twice in `result` is a diagonal.
 * Every summed index stands in some factor.
 */
export interface Contraction extends Base {
  readonly kind: 'contraction';
  readonly coefficient: Fraction;
  readonly factors: readonly Node[];
  /** For each factor, the index of each of its axes. */
  readonly indices: readonly (readonly number[])[];
  readonly result: readonly number[];
  /** The length of each index, by its number. */
  readonly sizes: Shape;
}

/** Terms of one shape, at least two; no term is a sum of a small number of terms or a multiple of another. */
export interface Sum extends Base {
  readonly kind: 'sum';
  readonly terms: readonly Node[];
}

/** An entrywise function of arguments, all of the node's own shape. */
export interface Apply extends Base {
  readonly kind: 'apply';
  readonly operator: Operator;
  readonly args: readonly Node[];
}

/**
 * An operator that takes arrays as wholes (`inv`, `max` over axes): it acts on the last axes of each argument, its
 * cells, and for each place of the axes in front, which all arguments share.
 */
export interface ArrayApply extends Base {
  readonly kind: 'array';
  readonly operator: ArrayOperator;
  readonly args: readonly Node[];
}

/**
 * The number offset + Σ stepsₖ·iₖ at the place i, counted from 0; as a test, 1 where that number is 0 and 0 elsewhere.
 * Tests make index arithmetic linear: x[i + p] is Σₖ [i + p − k = 0]·x[k], a contraction like any other.
 */
export interface Affine extends Base {
  readonly kind: 'affine';
  readonly offset: Dim;
  readonly steps: readonly Dim[];
  readonly test: boolean;
}

/**
 * The array H with Hₜ = step(Hₜ₋₁) along one axis, from `init` on (`backward`: from the end, Hₜ = step(Hₜ₊₁)). `step` is
 * written for all t at once, over the variable `previous`, whose entry t is what step t starts from.
 */
export interface Recurrence extends Base {
  readonly kind: 'recurrence';
  readonly previous: Variable;
  readonly init: Node;
  readonly step: Node;
  readonly axis: number;
  readonly backward: boolean;
  /** One step as an expression of its own. */
  readonly body: () => StepBody;
  /**
   * How the value depends on everything else: the step with the recurrence's own values, which count as given there, put in for what
   * each step starts from. Derivatives go through that.
   */
  readonly resolved: () => Node;
}

/** One step of a recurrence as an expression of its own: the axis of time taken out. */
export interface StepBody {
  readonly value: Node;
  /** Stands for the previous entry. */
  readonly previous: Variable;
  /** Stand for entry t of arrays that do not depend on the recurrence. */
  readonly slices: readonly Slice[];
  /** The same as people write it: entries are taken of what has a name, or of what `whole` says. */
  written(whole: (node: Node) => boolean): StepBody;
}

export interface Slice {
  readonly variable: Variable;
  readonly source: Node;
  readonly axis: number;
}

/**
 * A name that the user (or the sweep, for an adjoint) gave to an expression. Transparent to values. Without a name, '', it holds
 * together what is read as one: h[t − 1], what steps start from, whose first step is not told apart from the others.
 */
export interface Definition extends Base {
  readonly kind: 'definition';
  readonly name: string;
  /** The number under which the name has its first entry, where that is not 1: h[2] = …, h[t=3:5] = … */
  readonly first?: Dim;
  /** These are not all entries of what has the name, but those that steps make: h[2:T], where h[1] is given. */
  readonly part?: true;
  /** The values of a recurrence as its own steps read them: what they are made of is found elsewhere. */
  readonly given?: true;
  readonly value: Node;
}

/** A recurrence as its own steps read it. */
export type Given = Definition & { readonly name: ''; readonly given: true; readonly value: Recurrence };

export function children(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'variable':
    case 'affine':
      return NONE;
    case 'contraction':
      return node.factors;
    case 'sum':
      return node.terms;
    case 'apply':
    case 'array':
      return node.args;
    case 'recurrence':
      return [node.init, node.step];
    case 'definition':
      return [node.value];
  }
}

const NONE: readonly Node[] = [];

/** A contraction that only moves, repeats or scales one array, or a constant: it costs nothing and hides nothing. */
export function isView(node: Node): boolean {
  if (node.kind !== 'contraction' || node.factors.length > 1) return false;
  const own = node.indices[0];
  return own === undefined || own.every((i) => i === UNIT || node.result.includes(i));
}

/** A number repeated over the node's shape (not the identity, whose result repeats an index). */
export function isConstant(node: Node): boolean {
  return node.kind === 'contraction' && node.factors.length === 0 && distinct(node.result);
}

/** Whether a node is read by a name, be it the user's or one that an adjoint got. */
export const isNamed = (node: Node): node is Definition => node.kind === 'definition' && node.name !== '';

/** Whether a node holds together what is read as one. */
export const isHolding = (node: Node): node is Definition & { readonly name: '' } =>
  node.kind === 'definition' && node.name === '' && !node.given;

export const isGivenValues = (node: Node): node is Given => node.kind === 'definition' && node.given === true;

export const distinct = (indices: readonly number[]): boolean =>
  indices.every((i, at) => i === UNIT || indices.indexOf(i) === at);

/** Each entry is a product of the factors' entries at its own place, and of scalars. */
export const isEntrywise = ({ indices, result }: Contraction): boolean =>
  distinct(result) && indices.every((own) => own.length === 0 || own.join() === result.join());

/** Nothing is summed: every entry is a product of entries, and each entry of a factor is in one. */
export const isOfEntries = ({ indices, result }: Contraction): boolean =>
  distinct(result) && indices.every((own) => distinct(own) && own.every((i) => i === UNIT || result.includes(i)));
