import type { Application } from '../differentiate/sweep.ts';
import type { Dim } from '../graph/dimension.ts';
import { constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import { isTest } from '../graph/linear.ts';
import type { Node } from '../graph/node.ts';
import { type Fraction, isOne } from '../graph/rational.ts';
import type { Expr } from '../language/tree.ts';
import {
  binder,
  type EntryForm,
  entryOf,
  letterAt,
  lettered,
  lettersOf,
  type Places,
  partialBy,
  summedOver,
  Unwritable,
} from '../reading/entries.ts';
import { numberExpr } from '../reading/numbers.ts';
import { renamed } from '../reading/renamed.ts';
import { isNegativeExpr, name, negative, times } from '../reading/syntax.ts';

/** What one way contributes to a derivative, entry by entry: what arrives, times the local slopes on the way down. */

/** The page that steps stand on. */
export interface Page {
  readonly graph: Graph;
  readonly objective: string;
  readonly forms: EntryForm;
}

/** A way from a quantity up to the nearest one that has a name: what is applied, from that down. */
export interface Way {
  /** The named quantity, or the objective. */
  readonly from: Node;
  /** Its name; none if it is an objective without one. */
  readonly name: string | undefined;
  /** What the name stands for. */
  readonly value: Node;
  /** What arrives there. */
  readonly adjoint: Node;
  /** A node under its name, if it has one: a rule that uses the result says A, not σ(Z). */
  readonly known: (node: Node) => Node;
  readonly applications: readonly Application[];
}

export interface Path {
  readonly from: Way;
  readonly fromPlaces: Places;
  /** What arrives times the slope as a derivative: Σ_k dZ_ik·∂Z_ik/∂W_ij. None where nothing but 1 arrives. */
  readonly arrives: Expr | undefined;
  /** The same with the slope worked out. */
  readonly product: Expr;
  /** The slope alone: ∂Z_ik/∂W_ij is X_jk. */
  readonly slope: Expr;
  /** Letters over which the paths add up. */
  readonly summed: readonly string[];
  /** The letters that the quantity has in the value. */
  readonly found: readonly (string | undefined)[];
  /** Letters that are summed within the value. */
  readonly bound: readonly string[];
  readonly isLinear: boolean;
  /** Two numbers whose product is 1. */
  readonly cancels: readonly [Expr, Expr] | undefined;
}

/** Down one way: each application a factor, with the letters that its indices have. */
export function pathOf({ graph, forms }: Page, part: Expr, way: Way, wanted: Places): Path {
  const { adjoint, applications } = way;
  const fromPlaces = forms.places(way.from);
  const used = new Map(lettersOf(fromPlaces).map((letter) => [letter, undefined as Dim | undefined]));
  // A sum within a slope may not take the letters that the quantity is to have.
  const beside = (): string[] => [...used.keys(), ...lettersOf(wanted)];
  const factors: Expr[] = [];
  const numbers: Fraction[] = [];
  let here: Places = fromPlaces;
  let isLinear = true;
  for (const { node: whole, position } of applications) {
    if (whole.kind === 'contraction') {
      const { placeOf, summed, conditions } = lettered(whole, here, used.keys(), forms.letters);
      if (conditions.length > 0) throw new Unwritable();
      for (const { letter, size } of summed) used.set(letter, size);
      const others = whole.factors.flatMap((f, k) =>
        k === position || isTest(f) ? [] : [{ node: f, places: whole.indices[k]!.map(placeOf) }],
      );
      numbers.push(whole.coefficient);
      if (others.length > 0 || !isOne(whole.coefficient)) factors.push(forms.product(whole.coefficient, others, beside()));
      here = whole.indices[position]!.map(placeOf);
    } else if (whole.kind === 'apply') {
      if (whole.operator.route) throw new Unwritable();
      const slope = whole.operator.partials[position]!(graph, whole.args, way.known(whole));
      if (slope.kind === 'contraction') numbers.push(slope.coefficient);
      if (!constantOf(slope)?.equals(1)) factors.push(forms.read(slope, here, beside()));
      isLinear = false;
    } else if (whole.kind !== 'sum') throw new Unwritable();
  }
  const found = here.map((place) => {
    // h[T] alone is none of the entries h[t].
    const letter = letterAt(place);
    if (place !== undefined && (letter === undefined || !used.has(letter))) throw new Unwritable();
    return letter;
  });
  const own = found.filter((letter) => letter !== undefined);
  if (new Set(own).size < own.length) throw new Unwritable();
  const change = exchange(found, wanted.map(letterAt));
  const rename = (expr: Expr): Expr => renamed(expr, change);
  const moved = (letter: string): string => change.get(letter) ?? letter;
  const summed = [...used.keys()].filter((letter) => !own.includes(letter)).map(moved);
  const arriving = constantOf(adjoint)?.equals(1) ? [] : [forms.read(adjoint, fromPlaces, used.keys())];
  const value = way.name === undefined ? undefined : entryOf(name(way.name), fromPlaces);
  const slope = value && partialBy(rename(value), part);
  const over = summed.map((letter) => binder(letter));
  return {
    from: way,
    fromPlaces: fromPlaces.map((place) => place && rename(place)),
    arrives: arriving.length > 0 && slope ? summedOver(over, times([...arriving.map(rename), slope])) : undefined,
    product: signed(times([...arriving, ...factors].map(rename)), (plain) => summedOver(over, plain)),
    slope: times(factors.map(rename)),
    summed,
    found,
    bound: [...used.keys()].filter((letter) => !lettersOf(fromPlaces).includes(letter)),
    isLinear,
    cancels: cancelling(
      numbers.filter((q) => !isOne(q.abs())),
      graph,
    ),
  };
}

/** The sign in front of what is made of the rest. */
const signed = (expr: Expr, make: (plain: Expr) => Expr): Expr =>
  isNegativeExpr(expr) ? negative(make(negative(expr))) : make(expr);

function cancelling(numbers: readonly Fraction[], graph: Graph): readonly [Expr, Expr] | undefined {
  const [a, b] = numbers;
  if (numbers.length !== 2 || !isOne(a!.mul(b!).abs())) return undefined;
  return [b!, a!].map((q) => numberExpr(q.abs() as Fraction, graph.decimals)) as [Expr, Expr];
}

/** Letters as they are wanted; what had one of those gets the other. */
function exchange(have: readonly (string | undefined)[], wanted: readonly (string | undefined)[]): Map<string, string> {
  const change = new Map<string, string>();
  have.forEach((letter, axis) => {
    const other = wanted[axis];
    if (letter === undefined || other === undefined || letter === other) return;
    change.set(letter, other);
    if (!have.includes(other)) change.set(other, letter);
  });
  return change;
}
