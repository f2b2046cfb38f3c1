import type { Dim } from '../graph/dimension.ts';
import type { Graph } from '../graph/graph.ts';
import { constantly, isTest, type Linear, plus } from '../graph/linear.ts';
import { type Contraction, UNIT } from '../graph/node.ts';
import type { Expr } from '../language/tree.ts';
import { entryOf, letterAt, type Places, Unwritable } from './entry.ts';
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
  const put = putIn(known);
  const placeOf = (index: number): Expr | undefined => {
    if (index === UNIT) return undefined;
    const value = solved?.fixed.get(index);
    return value ? linearExpr(put.value(value), put.letter, 1) : known.get(index);
  };
  const conditions = solved
    ? conditionsOf(node, solved.equations, solved.bounds).map(({ sign, value }) =>
        relationExpr(sign, put.value(value), put.letter),
      )
    : [];
  return { placeOf, summed, conditions };
}

/**
 * Letters that have to agree, since a result has one index at two axes: its entries are 0 off the diagonal.
 * @throws Unwritable where something else than a letter stands at one of them
 */
export const agreeing = ({ result }: Contraction, places: Places): (readonly [string, string])[] =>
  result.flatMap((index, axis) => {
    const first = result.indexOf(index);
    const [a, b] = [letterAt(places[first]), letterAt(places[axis])];
    return index === UNIT || first === axis || a === b ? [] : [[required(a), required(b)] as const];
  });

/** Kronecker's δ_ij. */
export function kronecker(graph: Graph, a: Expr, b: Expr): Expr {
  if (graph.names.has('δ')) throw new Unwritable();
  return entryOf(name('δ'), [a, b]);
}

/** Puts what stands at indices into what is said of them: 2k + p − 2 at p = i + 2 − 2k is i. */
function putIn(known: ReadonlyMap<number, Expr | undefined>): {
  readonly value: (linear: Linear) => Linear;
  readonly letter: (index: number) => string;
} {
  const isPlain = [...known.values()].every((place) => place === undefined || letterAt(place) !== undefined);
  if (isPlain) return { value: (linear) => linear, letter: (index) => required(letterAt(known.get(index))) };
  const letters: string[] = [];
  const idOf = (letter: string): number => {
    const at = letters.indexOf(letter);
    return at < 0 ? letters.push(letter) - 1 : at;
  };
  const value = ({ constant, scales }: Linear): Linear =>
    [...scales].reduce<Linear>(
      (sum, [index, scale]) => plus(sum, placeValue(required(known.get(index)), idOf), scale),
      constantly(constant),
    );
  return { value, letter: (id) => letters[id]! };
}

/** A place as it is written, counted from 1, as a sum of letters that are counted from 0. */
function placeValue(place: Expr, idOf: (letter: string) => number): Linear {
  const written = writtenValue(place, idOf);
  return plus(written, constantly(1), -1);
}

function writtenValue(expr: Expr, idOf: (letter: string) => number): Linear {
  if (expr.kind === 'name') return { constant: 1, scales: new Map([[idOf(expr.name), 1]]) };
  if (expr.kind === 'number' && /^\d+$/.test(expr.text)) return constantly(Number(expr.text));
  if (expr.kind !== 'call') throw new Unwritable();
  const [first, second] = expr.args;
  const sum = (args: readonly Expr[]): Linear =>
    args.reduce<Linear>((total, arg) => plus(total, writtenValue(arg, idOf), 1), constantly(0));
  if (expr.callee === '+') return sum(expr.args);
  if (expr.callee === '-' && first) {
    const value = writtenValue(first, idOf);
    return second ? plus(value, writtenValue(second, idOf), -1) : plus(constantly(0), value, -1);
  }
  if (expr.callee === '*' && second && first?.kind === 'number' && expr.args.length === 2)
    return plus(constantly(0), writtenValue(second, idOf), Number(first.text));
  throw new Unwritable();
}
