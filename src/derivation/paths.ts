import type { Shape } from '../graph/dimension.ts';
import { constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import { children, type Node } from '../graph/node.ts';
import { type Fraction, isOne } from '../graph/rational.ts';
import type { Expr } from '../language/tree.ts';
import { renamed } from '../language/trees.ts';
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
import { kronecker } from '../reading/lettered.ts';
import { numberExpr } from '../reading/numbers.ts';
import { isNegativeExpr, name, nameIn, negative, times } from '../reading/syntax.ts';
import { type Page, takenBy, type Walk, type Way, walked } from './walk.ts';

/** What one way contributes to a derivative, entry by entry: what arrives, times the local slopes on the way down. */

/** Letters for the axes of a quantity, others than those of the objective. */
export const placesOf = ({ forms, front }: Page, node: Node, bound: Iterable<string> = []): Places =>
  forms.places(node, new Set([...lettersOf(front), ...bound]));

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
  /** With the letters that the quantity is told in. */
  readonly rename: (expr: Expr) => Expr;
  /** Two numbers whose product is 1. */
  readonly cancels: readonly [Expr, Expr] | undefined;
}

/**
 * What one way contributes to the derivative by a part.
 * @throws Unwritable where entries cannot be written so
 */
export function pathOf(page: Page, part: Expr, way: Way, wanted: Places): Path {
  const from = way.isObjective ? page.front : placesOf(page, way.from);
  const first = walked(page, way, from, lettersOf(wanted));
  // Letters that are summed later on, or get another name in the end, may not be summed within a slope as well.
  const later = [...lettersOf(wanted), ...first.used, ...foundIn(first).filter((letter) => letter !== undefined)];
  return pathAlong(walked(page, way, from, later), part, wanted);
}

/** The letters that the quantity has in the value. */
function foundIn({ way, here, used, lengths }: Walk): readonly (string | undefined)[] {
  // Where a letter is the name of a length as well, a formula that has both cannot be read.
  if (lengthsIn([way.adjoint, ...way.applications.map((a) => a.node)]).some((length) => used.has(length))) throw new Unwritable();
  const found = here.map((place) => {
    // h[T] alone is none of the entries h[t].
    const letter = letterAt(place);
    if (place !== undefined && (letter === undefined || !used.has(letter))) throw new Unwritable();
    return letter;
  });
  // Of G[:, 1:2] not every entry of G has a path.
  const shape = shapeBelow(way);
  if (found.some((letter, axis) => letter !== undefined && (lengths.get(letter) ?? shape[axis]) !== shape[axis]))
    throw new Unwritable();
  const own = found.filter((letter) => letter !== undefined);
  if (new Set(own).size < own.length) throw new Unwritable();
  return found;
}

/** The shape of what a way leads down to. */
function shapeBelow({ from, applications }: Way): Shape {
  const last = applications.at(-1);
  return last ? children(last.node)[last.position]!.shape : from.shape;
}

function pathAlong(walk: Walk, part: Expr, wanted: Places): Path {
  const { page, way, from, used } = walk;
  const { graph, forms, front } = page;
  const fixed = lettersOf(front);
  const found = foundIn(walk);
  // An axis of the objective keeps its letter: there the two agree, δ_ki.
  const agreeing = found.flatMap((letter, axis) =>
    letter !== undefined && fixed.includes(letter) ? [kronecker(graph, name(letter), wanted[axis]!)] : [],
  );
  const factors = [...walk.factors, ...agreeing];
  const change = exchange(
    found.map((letter) => (letter && fixed.includes(letter) ? undefined : letter)),
    wanted.map(letterAt),
  );
  const rename = (expr: Expr): Expr => renamed(expr, change);
  const moved = (letter: string): string => change.get(letter) ?? letter;
  const summed = [...used].filter((letter) => !found.includes(letter) && !fixed.includes(letter)).map(moved);
  const isPlain = way.isObjective || constantOf(way.adjoint)?.equals(1);
  const arriving = isPlain ? [] : [rename(forms.read(way.adjoint, [...front, ...from], takenBy(walk)))];
  const value = way.name === undefined ? undefined : entryOf(nameIn(way.name, graph.names), from);
  const slope = value && partialBy(rename(value), part);
  const over = summed.map((letter) => binder(letter));
  return {
    way,
    fromPlaces: from.map((place) => place && rename(place)),
    arriving: arriving[0],
    arrives: arriving.length > 0 && slope ? summedOver(over, times([...arriving, slope])) : undefined,
    product: signed(times([...arriving, ...factors.map(rename)]), (plain) => summedOver(over, plain)),
    slope: times(factors.map(rename)),
    summed,
    found,
    bound: [...used].filter((letter) => !lettersOf(from).includes(letter)),
    outer: [...walk.outer].map(moved),
    isLinear: walk.isLinear,
    rename,
    cancels: cancelling(
      walk.numbers.filter((q) => !isOne(q.abs())),
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

/** Letters as they are wanted; what had one of those gets one that is left: a permutation, so that no two become one. */
function exchange(have: readonly (string | undefined)[], wanted: readonly (string | undefined)[]): Map<string, string> {
  const change = new Map<string, string>();
  const from = new Map<string, string>();
  have.forEach((letter, axis) => {
    const other = wanted[axis];
    if (letter === undefined || other === undefined) return;
    change.set(letter, other);
    from.set(other, letter);
  });
  for (const letter of from.keys()) {
    if (change.has(letter)) continue;
    let left = letter;
    for (let before = from.get(left); before !== undefined; before = from.get(left)) left = before;
    change.set(letter, left);
  }
  return change;
}
