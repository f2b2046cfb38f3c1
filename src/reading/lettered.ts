import type { Dim } from '../graph/dimension.ts';
import { isTest } from '../graph/linear.ts';
import { type Contraction, UNIT } from '../graph/node.ts';
import type { Expr } from '../language/tree.ts';
import { letterAt, type Places, Unwritable } from './entry.ts';
import { conditionsOf, solvedPlaces } from './index-form.ts';
import type { Letters } from './letters.ts';
import { linearExpr, relationExpr, type Places as Solved } from './places.ts';
import { name } from './syntax.ts';

/** An index that is summed, and its length. */
export interface Summed {
  readonly letter: string;
  readonly size: Dim;
}

/** @throws Unwritable for nothing */
export function required<T>(value: T | undefined): T {
  if (value === undefined) throw new Unwritable();
  return value;
}

/** What stands at each index of a contraction, and those that it sums over, their letters other than those in use. */
interface Lettered {
  readonly placeOf: (index: number) => Expr | undefined;
  readonly summed: readonly Summed[];
  readonly conditions: Expr[];
}

export function lettered(node: Contraction, places: Places, used: Iterable<string>, letters: Letters): Lettered {
  const solved: Solved | undefined = node.factors.some(isTest) ? solvedPlaces(node) : undefined;
  const known = new Map<number, Expr | undefined>();
  for (const [axis, index] of node.result.entries()) if (!known.has(index)) known.set(index, places[axis]);
  const taken = new Set(used);
  const summed: Summed[] = [];
  for (const [k, factor] of node.factors.entries())
    for (const [axis, index] of node.indices[k]!.entries()) {
      if (index === UNIT || known.has(index) || solved?.fixed.has(index)) continue;
      const letter = letters.letter(factor, axis, taken);
      taken.add(letter);
      known.set(index, name(letter));
      summed.push({ letter, size: node.sizes[index]! });
    }
  const letterOf = (index: number): string => required(letterAt(known.get(index)));
  const placeOf = (index: number): Expr | undefined => {
    if (index === UNIT) return undefined;
    const value = solved?.fixed.get(index);
    return value ? linearExpr(value, letterOf, 1) : known.get(index);
  };
  const conditions = solved
    ? conditionsOf(node, solved.equations, solved.bounds).map(({ sign, value }) => relationExpr(sign, value, letterOf))
    : [];
  return { placeOf, summed, conditions };
}
