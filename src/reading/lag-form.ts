import { constantOf, isZeroNode } from '../graph/forms.ts';
import { isTest } from '../graph/linear.ts';
import { type Affine, isHolding, isNamed, isView, type Node, type Recurrence, UNIT } from '../graph/node.ts';
import { isOne } from '../graph/rational.ts';

/** What the steps of a recurrence start from, as an array: its values some steps before, its first entries in front. */
export interface Lagged {
  readonly source: Node;
  readonly axis: number;
  readonly backward: boolean;
  /** How many steps before. */
  readonly steps: number;
}

/** The recurrence whose values a node is. */
export function recurrenceOf(node: Node): Recurrence | undefined {
  const value = node.kind === 'definition' ? node.value : node;
  return value.kind === 'recurrence' ? value : undefined;
}

/** The recurrence whose values a name has, or of whose states it is one. */
export function recurrenceNamed(node: Node): Recurrence | undefined {
  if (!isNamed(node)) return undefined;
  const { value } = node;
  const isState = value.kind === 'contraction' && value.factors.length === 2 && isTest(value.factors[1]!);
  return recurrenceOf(isState && value.result[0] === value.indices[0]![0] ? value.factors[0]! : value);
}

/** A node that is the values of a recurrence moved by some steps, if it is one. */
export function laggedOf(node: Node): Lagged | undefined {
  // What is held together was made as what steps start from: its first entries are those that are given.
  if (isHolding(node)) return [node.value, ...(node.value.kind === 'sum' ? node.value.terms : [])].map(shift).find((s) => s);
  if (node.kind === 'contraction') {
    const moved = shift(node);
    return moved?.steps === 1 && isZeroNode(moved.recurrence.init) ? moved : undefined;
  }
  if (node.kind !== 'sum' || node.terms.length !== 2) return undefined;
  return laggedAmong(node.terms)?.lagged;
}

/** What steps start from among the terms of a sum, of which it takes two: its values, and its first entry. */
export function laggedAmong(terms: readonly Node[]): { readonly lagged: Lagged; readonly others: readonly Node[] } | undefined {
  for (const term of terms) {
    const lagged = shift(term);
    const first = lagged?.steps === 1 && terms.find((other) => isFirst(other, lagged));
    if (first) return { lagged, others: terms.filter((other) => other !== term && other !== first) };
  }
  return undefined;
}

/** Σⱼ H[j]·[i − j ∓ k = 0]: the values, k steps further on. */
function shift(node: Node): (Lagged & { readonly recurrence: Recurrence }) | undefined {
  if (node.kind !== 'contraction' || node.factors.length !== 2 || !isOne(node.coefficient)) return undefined;
  const at = node.factors.findIndex((f) => f.kind === 'affine');
  const [test, source] = [node.factors[at], node.factors[1 - at]];
  if (test?.kind !== 'affine' || !test.test || test.shape.length !== 2 || !source) return undefined;
  const recurrence = recurrenceOf(source) ?? recurrenceNamed(source);
  if (!recurrence) return undefined;
  const { axis, backward } = recurrence;
  const own = node.indices[1 - at]!;
  const [i, j] = node.indices[at] as [number, number];
  const [here, there] = own[axis] === j ? [0, 1] : [1, 0];
  const index = here === 0 ? i : j;
  if (own[axis] !== (here === 0 ? j : i) || test.steps[here] !== -(test.steps[there] as number)) return undefined;
  const steps = typeof test.offset === 'number' ? (backward ? test.offset : -test.offset) / (test.steps[here] as number) : 0;
  if (steps < 1) return undefined;
  const kept = own.every((k, place) => node.result[place] === (place === axis ? index : k));
  return kept && node.result.length === own.length ? { source, axis, backward, steps, recurrence } : undefined;
}

/** The first entry at the first step, 0 elsewhere. */
function isFirst(node: Node, { recurrence, axis }: Lagged & { readonly recurrence: Recurrence }): boolean {
  const { init, backward } = recurrence;
  // A first entry of 1 is the test itself.
  if (node.kind === 'affine')
    return node.test && node.shape.length === 1 && (backward || node.offset === 0) && constantOf(init)?.equals(1) === true;
  if (node.kind !== 'contraction') return false;
  const tests = node.factors.filter((f): f is Affine => f.kind === 'affine');
  const rest = node.factors.filter((f) => f.kind !== 'affine');
  const [test] = tests;
  if (tests.length !== 1 || !test!.test || test!.shape.length !== 1) return false;
  const time = node.indices[node.factors.indexOf(test!)]![0]!;
  if (node.result[axis] !== time || time === UNIT || (!backward && test!.offset !== 0)) return false;
  const plain = init.kind === 'contraction' && init.factors.length === 0 ? init : undefined;
  if (plain) return rest.length === 0 && node.coefficient.equals(plain.coefficient);
  const [value] = rest;
  const own = node.indices[node.factors.indexOf(value!)];
  const lined = node.result.filter((_, k) => k !== axis);
  // One for all examples is stretched over them.
  if (rest.length === 1 && init.kind === 'contraction' && isView(init) && value === init.factors[0])
    return (
      node.coefficient.equals(init.coefficient) &&
      init.indices[0]!.every((i, k) => (i === UNIT ? own![k] === UNIT : own![k] === lined[init.result.indexOf(i)]))
    );
  return (
    value === init && rest.length === 1 && isOne(node.coefficient) && own!.every((k, place) => k === UNIT || k === lined[place])
  );
}
