import type { Dim } from '../graph/dimension.ts';
import type { NameSet } from '../graph/names.ts';
import { isNamed, type Node } from '../graph/node.ts';
import { topological } from '../graph/traverse.ts';
import { subexpressions } from '../language/parts.ts';
import type { Expr, IndexBinder } from '../language/tree.ts';
import { dimExpr } from './shapes.ts';
import { call, indexed, NOWHERE, nameIn, numeralOf, PARTIAL, subscripted } from './syntax.ts';

/** What stands at each axis of an array, a letter as a rule; nothing on an axis of length 1, which is always at its first place. */
export type Places = readonly (Expr | undefined)[];

/** An array at places. */
export interface Placed {
  readonly node: Node;
  readonly places: Places;
}

/** What no entry can be written of in a line: recurrences without a name, stacks of matrices. */
export class Unwritable extends Error {}

/** An entry of an array, written as one: Z_ik. */
export function entryOf(array: Expr, places: Places): Expr {
  const kept = places.filter((place) => place !== undefined);
  return kept.length === 0 ? array : subscripted(array, kept);
}

/** ∂Z_ik/∂W_ij. */
export const partialBy = (of: Expr, by: Expr): Expr => call('/', call(PARTIAL, of), call(PARTIAL, by));

/**
 * The entry of a target: dZ_ik, or ∂Cost/∂W_ij.
 * @param front the places of the objective, if it is an array
 * @param names what is taken, by which a Greek letter is its name or not
 */
export function targetEntry(target: string, places: Places, front: Places, names: NameSet): Expr {
  const [, of, by] = /^∂([^/]+)\/∂(.+)$/u.exec(target) ?? [];
  if (of === undefined || by === undefined) return entryOf(nameIn(target, names), [...front, ...places]);
  return partialBy(entryOf(nameIn(of, names), front), entryOf(nameIn(by, names), places));
}

/** The letters that places are made of. */
export const lettersOf = (places: Places): string[] =>
  [...subexpressions(places.filter((p) => p !== undefined))].flatMap((part) => (part.kind === 'name' ? [part.name] : []));

/** The letter that alone stands at a place. */
export const letterAt = (place: Expr | undefined): string | undefined => (place?.kind === 'name' ? place.name : undefined);

export const binder = (letter: string, size?: Dim): IndexBinder => ({
  name: letter,
  ...(size !== undefined && { from: numeralOf(1), to: dimExpr(size) }),
  span: NOWHERE,
});

/** Σ_k of a body. */
export function summedOver(indices: readonly IndexBinder[], body: Expr): Expr {
  if (indices.length === 0) return body;
  return indexed(
    'sum',
    indices.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    body,
  );
}

/** The lengths that formulas have as numbers: the n of a mean. */
export const lengthsIn = (nodes: readonly Node[]): string[] =>
  topological(nodes, (node) => isNamed(node)).flatMap((node) =>
    node.kind === 'variable' && node.role === 'size' ? [node.name] : [],
  );
