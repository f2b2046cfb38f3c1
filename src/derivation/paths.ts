import type { Application } from '../differentiate/sweep.ts';
import { constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import { isTest } from '../graph/linear.ts';
import { isHolding, type Node } from '../graph/node.ts';
import { type Fraction, isOne } from '../graph/rational.ts';
import { turned } from '../graph/views.ts';
import type { Expr } from '../language/tree.ts';
import { renamed } from '../language/trees.ts';
import { isSoftmax } from '../operators/reductions.ts';
import type { EntryForm } from '../reading/entries.ts';
import {
  binder,
  entryOf,
  lengthsIn,
  letterAt,
  lettersOf,
  type Places,
  partialBy,
  summedOver,
  Unwritable,
} from '../reading/entry.ts';
import { lettered } from '../reading/lettered.ts';
import { numberExpr } from '../reading/numbers.ts';
import { call, isNegativeExpr, name, nameIn, negative, times } from '../reading/syntax.ts';
import { atNamedRamp } from '../simplify/ramps.ts';
import { arraySlope } from './array-slope.ts';

/** What one way contributes to a derivative, entry by entry: what arrives, times the local slopes on the way down. */

/** The page that steps stand on. */
export interface Page {
  readonly graph: Graph;
  readonly objective: string;
  readonly forms: EntryForm;
  /** What stands at the axes of the objective, if it is an array. */
  readonly front: Places;
}

/** Letters for the axes of a quantity, others than those of the objective. */
export const placesOf = ({ forms, front }: Page, node: Node, bound: Iterable<string> = []): Places =>
  forms.places(node, new Set([...lettersOf(front), ...bound]));

/** More ways to a quantity, and longer ones, nobody follows. */
export const MOST_WAYS = 8;
export const LONGEST_WAY = 40;

/** A way from a quantity up to the nearest one that has a name: what is applied, from that down. */
export interface Way {
  /** The named quantity, or the objective. */
  readonly from: Node;
  /** Its name; none if it is an objective without one. */
  readonly name: string | undefined;
  /** What the name stands for. */
  readonly value: Node;
  readonly isObjective: boolean;
  /** What arrives there. */
  readonly adjoint: Node;
  /** A node under its name, if it has one: a rule that uses the result says A, not σ(Z). */
  readonly known: (node: Node) => Node;
  readonly applications: readonly Application[];
}

export interface Path {
  readonly way: Way;
  readonly fromPlaces: Places;
  /** What arrives: dZ_ik. None where it is 1. */
  readonly arriving: Expr | undefined;
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
  /** Letters of the sums that the value is made of, outermost. */
  readonly outer: readonly string[];
  readonly isLinear: boolean;
  /** Two numbers whose product is 1. */
  readonly cancels: readonly [Expr, Expr] | undefined;
}

/** Down one way: each application a factor, with the letters that its indices have. */
export function pathOf(page: Page, part: Expr, way: Way, wanted: Places): Path {
  // Letters that are summed later on, or get another name in the end, may not be summed within a slope as well.
  const { letters } = walked(page, part, way, wanted, new Set());
  return walked(page, part, way, wanted, letters).path;
}

function walked(
  page: Page,
  part: Expr,
  way: Way,
  wanted: Places,
  avoided: ReadonlySet<string>,
): { readonly path: Path; readonly letters: ReadonlySet<string> } {
  const { graph, forms, front } = page;
  const { adjoint, applications } = way;
  const fixed = lettersOf(front);
  const fromPlaces = way.isObjective ? front : placesOf(page, way.from);
  const used = new Set([...fixed, ...lettersOf(fromPlaces)]);
  const beside = (): string[] => [...used, ...lettersOf(wanted), ...avoided];
  const factors: Expr[] = [];
  const numbers: Fraction[] = [];
  const outer = new Set<string>();
  let here: Places = fromPlaces;
  let isLinear = true;
  for (const { node: whole, position } of applications) {
    if (whole.kind === 'contraction') {
      const { placeOf, summed, conditions } = lettered(whole, here, used, forms.letters);
      if (conditions.length > 0) throw new Unwritable();
      for (const { letter } of summed) {
        used.add(letter);
        if (isLinear) outer.add(letter);
      }
      const others = whole.factors.flatMap((f, k) =>
        k === position || isTest(f) ? [] : [{ node: f, places: whole.indices[k]!.map(placeOf) }],
      );
      numbers.push(whole.coefficient);
      if (others.length > 0 || !isOne(whole.coefficient)) factors.push(forms.product(whole.coefficient, others, beside()));
      here = whole.indices[position]!.map(placeOf);
    } else if (whole.kind === 'apply') {
      if (whole.operator.route) throw new Unwritable();
      const slope = atNamedRamp(graph, whole.operator.partials[position]!(graph, whole.args, way.known(whole)));
      if (slope.kind === 'contraction') numbers.push(slope.coefficient);
      if (!constantOf(slope)?.equals(1)) factors.push(forms.read(slope, here, beside()));
      isLinear = false;
    } else if (isSoftmax(whole) && whole.operator.cells[0] === 1) {
      // Each share depends on all entries of its row: ∂s_i/∂x_j = s_i(δ_ij − s_j).
      const axis = whole.shape.length - 1;
      const own = letterAt(here[axis]);
      if (own === undefined || graph.names.has('δ')) throw new Unwritable();
      const other = forms.letters.letter(whole.args[0]!, axis, used);
      used.add(other);
      const isValue = factors.length === 0 && (whole === way.value || turned(way.value) === whole);
      const share =
        isValue && way.name !== undefined
          ? entryOf(nameIn(way.name, graph.names), fromPlaces)
          : forms.read(whole, here, beside());
      const delta = entryOf(name('δ'), [name(own), name(other)]);
      factors.push(share, call('-', delta, renamed(share, new Map([[own, other]]))));
      here = here.with(axis, name(other));
      isLinear = false;
    } else if (whole.kind === 'array') {
      const slope = arraySlope(graph, forms, { whole, position, known: way.known }, here, used);
      numbers.push(slope.coefficient);
      factors.push(forms.product(slope.coefficient, slope.factors, beside()));
      here = slope.places;
      isLinear = false;
    } else if (whole.kind !== 'sum' && !isHolding(whole)) throw new Unwritable();
  }
  // Where a letter is the name of a length as well, a formula that has both cannot be read.
  if (lengthsIn([adjoint, ...applications.map((a) => a.node)]).some((name) => used.has(name))) throw new Unwritable();
  const found = here.map((place) => {
    // h[T] alone is none of the entries h[t].
    const letter = letterAt(place);
    if (place !== undefined && (letter === undefined || !used.has(letter))) throw new Unwritable();
    return letter;
  });
  const own = found.filter((letter) => letter !== undefined);
  if (new Set(own).size < own.length) throw new Unwritable();
  // An axis of the objective keeps its letter: there the two agree, δ_ki.
  for (const [axis, letter] of found.entries()) {
    if (letter === undefined || !fixed.includes(letter)) continue;
    if (graph.names.has('δ')) throw new Unwritable();
    factors.push(entryOf(name('δ'), [name(letter), wanted[axis]]));
  }
  const change = exchange(
    found.map((letter) => (letter && fixed.includes(letter) ? undefined : letter)),
    wanted.map(letterAt),
  );
  const rename = (expr: Expr): Expr => renamed(expr, change);
  const moved = (letter: string): string => change.get(letter) ?? letter;
  const summed = [...used].filter((letter) => !own.includes(letter) && !fixed.includes(letter)).map(moved);
  const arriving =
    way.isObjective || constantOf(adjoint)?.equals(1) ? [] : [forms.read(adjoint, [...front, ...fromPlaces], beside())];
  const value = way.name === undefined ? undefined : entryOf(nameIn(way.name, graph.names), fromPlaces);
  const slope = value && partialBy(rename(value), part);
  const over = summed.map((letter) => binder(letter));
  const path: Path = {
    way,
    fromPlaces: fromPlaces.map((place) => place && rename(place)),
    arriving: arriving.map(rename)[0],
    arrives: arriving.length > 0 && slope ? summedOver(over, times([...arriving.map(rename), slope])) : undefined,
    product: signed(times([...arriving, ...factors].map(rename)), (plain) => summedOver(over, plain)),
    slope: times(factors.map(rename)),
    summed,
    found,
    bound: [...used].filter((letter) => !lettersOf(fromPlaces).includes(letter)),
    outer: [...outer].map(moved),
    isLinear,
    cancels: cancelling(
      numbers.filter((q) => !isOne(q.abs())),
      graph,
    ),
  };
  return { path, letters: new Set([...used, ...own, ...lettersOf(wanted)]) };
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
