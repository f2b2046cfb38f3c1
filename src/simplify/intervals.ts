import { constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import { mapGraph } from '../graph/map.ts';
import type { Apply, Node, Variable } from '../graph/node.ts';
import { type Fraction, HALF, isZero, ONE, rational } from '../graph/rational.ts';
import { topological } from '../graph/traverse.ts';
import { comparisons, isChoice, isLogical } from '../operators/comparison.ts';
import { abs, extremeOf, relu, sign, step } from '../operators/kinked.ts';
import type { Operator } from '../operators/operator.ts';

/**
 * What is made of kinks in one letter, interval by interval: (max(x, 0) < 1 ? …) is 1 for 0 < x < 1 and 0 outside. All numbers
 * are exact: whether a place belongs to an interval is told by its value there, and by its slopes.
 */

/** An interval of a letter, or a place of it where both ends are one and closed, and what an expression is there. */
export interface Interval {
  readonly from: End | undefined;
  readonly to: End | undefined;
  readonly value: Node;
}

interface End {
  readonly at: Fraction;
  readonly closed: boolean;
}

const MOST_BREAKS = 8;

/** Functions that are linear on either side of where their argument is 0, or their two arguments are equal. */
const BENT: ReadonlySet<Operator> = new Set([
  sign,
  abs,
  step,
  relu,
  ...comparisons.filter((operator) => operator.arity === 2 && !isLogical(operator)),
]);

const isKink = (node: Node): node is Apply =>
  node.kind === 'apply' && (BENT.has(node.operator) || extremeOf(node.operator) !== undefined);

/** How many places there are at which an expression bends or jumps, as it is written. */
export const kinksIn = (root: Node): number => topological([root]).filter(isKink).length;

/** What cannot be told of numbers: an argument with other letters, one that is not linear between its kinks. */
class Untold extends Error {}

/**
 * What an expression is on each interval between the places where it bends or jumps, and at these, in order.
 * @param normal the values as they are to be compared
 * @returns undefined where these places are no numbers
 */
export function byIntervals(
  g: Graph,
  root: Node,
  x: Variable,
  normal: (nodes: readonly Node[]) => readonly Node[],
): readonly Interval[] | undefined {
  try {
    const breaks = breaksOf(g, root, x);
    if (breaks.length === 0) return undefined;
    const inner = breaks.slice(1).flatMap((at, k) => [breaks[k]!.add(at).mul(HALF), at]);
    const places = [breaks[0]!.sub(ONE), breaks[0]!, ...inner, breaks.at(-1)!.add(ONE)] as Fraction[];
    return merged(breaks, normal(places.map((at) => openedAt(g, root, x, at))), (a, b, at) => agree(g, a, b, x, at));
  } catch (error) {
    if (error instanceof Untold) return undefined;
    throw error;
  }
}

/** Whether two expressions are worth the same at a place, as far as exact numbers tell. */
function agree(g: Graph, a: Node, b: Node, x: Variable, at: Fraction): boolean {
  const [p, q] = imagesAt(g, [a, b], x, at).map((image) => constantOf(image));
  return p !== undefined && q?.equals(p) === true;
}

/** Intervals and the places between them, in turns, those of one value as one. */
function merged(
  breaks: readonly Fraction[],
  values: readonly Node[],
  agreeAt: (a: Node, b: Node, at: Fraction) => boolean,
): readonly Interval[] {
  const found: { from: End | undefined; to: End | undefined; value: Node }[] = [];
  for (const [k, value] of values.entries()) {
    const isPlace = k % 2 === 1;
    const end = (at: Fraction | undefined): End | undefined => at && { at, closed: isPlace };
    const [from, to] = isPlace ? [breaks[(k - 1) / 2], breaks[(k - 1) / 2]] : [breaks[k / 2 - 1], breaks[k / 2]];
    const last = found[found.length - 1];
    const next = values[k + 1]!;
    if (last?.value === value || (isPlace && agreeAt(last!.value, value, from!))) last!.to = end(to);
    else found.push({ from: end(from), to: end(to), value: isPlace && agreeAt(next, value, from!) ? next : value });
  }
  return found;
}

/** Where a kink is, in order: inner ones first, between which the arguments of the outer ones are linear. */
function breaksOf(g: Graph, root: Node, x: Variable): readonly Fraction[] {
  let breaks: readonly Fraction[] = [];
  for (const { args } of topological([root]).filter(isKink)) {
    const pairs = args.flatMap((a, k) => args.slice(k + 1).map((b) => g.sub(a, b)));
    for (const difference of args.length === 1 ? args : pairs)
      breaks = [...breaks, ...zerosOf(g, difference, x, breaks)].sort((a, b) => a.compare(b));
    if (breaks.length > MOST_BREAKS) throw new Untold();
  }
  return breaks;
}

/** Parts of an interval at which an argument is looked at; it is linear if all of them lie on one line. */
const PARTS = ['1/7', '2/7', '4/7', '6/7'].map((part) => rational(part));

/** Where an expression is 0 between the places at which it may bend. */
function zerosOf(g: Graph, difference: Node, x: Variable, breaks: readonly Fraction[]): Fraction[] {
  const first = breaks[0] ?? ONE;
  const last = breaks.at(-1) ?? ONE;
  const starts = [first.sub(ONE), ...breaks] as Fraction[];
  return starts.flatMap((from, k) => {
    const to = (breaks[k] ?? last.add(ONE)) as Fraction;
    const points = PARTS.map((part) => from.add(to.sub(from).mul(part)) as Fraction);
    const values = points.map((at) => valueAt(g, [difference], x, at)(difference));
    const [p, q] = points as [Fraction, Fraction];
    const [u, v] = values as [Fraction, Fraction];
    const slope = v.sub(u).div(q.sub(p));
    const onLine = (at: Fraction, value: Fraction): boolean => u.add(slope.mul(at.sub(p))).equals(value);
    if (!points.every((at, i) => onLine(at, values[i]!))) throw new Untold();
    if (isZero(slope as Fraction)) return [];
    const zero = p.sub(u.div(slope)) as Fraction;
    const isInside = (k === 0 || zero.compare(from) > 0) && (k === breaks.length || zero.compare(to) < 0);
    return isInside ? [zero] : [];
  });
}

/** Expressions of the letter at a place. */
function imagesAt(g: Graph, nodes: readonly Node[], x: Variable, at: Fraction): readonly Node[] {
  const place = g.constant(at);
  return mapGraph(g, nodes, (node, original) => (original === x ? place : node));
}

/** The exact values of parts of expressions where the letter has one. */
function valueAt(g: Graph, roots: readonly Node[], x: Variable, at: Fraction): (part: Node) => Fraction {
  const parts = topological(roots);
  const images = new Map(imagesAt(g, parts, x, at).map((image, k) => [parts[k]!, image]));
  return (part) => {
    const value = constantOf(images.get(part)!);
    if (!value) throw new Untold();
    return value;
  };
}

/** An expression with what its kinks are where the letter has a value: the branch of a choice, otherwise f(u₀) + f′(u₀)·(u − u₀). */
function openedAt(g: Graph, root: Node, x: Variable, at: Fraction): Node {
  const of = valueAt(g, [root], x, at);
  // A function of an opened argument may be one of another argument: |−u| is |u|.
  const opened = new Map<Node, Node>();
  mapGraph(g, [root], (node, original) => {
    const image = original.kind === 'apply' ? (branchAt(g, original, (arg) => opened.get(arg)!, of) ?? node) : node;
    opened.set(original, image);
    return image;
  });
  return opened.get(root)!;
}

function branchAt(g: Graph, node: Apply, opened: (arg: Node) => Node, of: (part: Node) => Fraction): Node | undefined {
  if (isChoice(node)) return opened(node.args[isZero(of(node.args[0])) ? 2 : 1]!);
  if (isLogical(node.operator)) return g.constant(of(node));
  return isKink(node) ? linearAt(g, node, node.args.map(opened), of) : undefined;
}

/** A function by its own slopes at a place, which hold up to the next kink. */
function linearAt(g: Graph, node: Apply, args: readonly Node[], of: (part: Node) => Fraction): Node {
  const { operator } = node;
  const value = of(node);
  const places = node.args.map((arg) => g.constant(of(arg)));
  const terms = operator.partials.map((partial, k) => {
    const slope = constantOf(partial(g, places, g.constant(value)));
    if (!slope) throw new Untold();
    return g.scale(slope, g.sub(args[k]!, places[k]!));
  });
  return g.sum(g.constant(value), ...terms);
}

export const isPlace = ({ from, to }: Interval): boolean => from !== undefined && to !== undefined && from.at.equals(to.at);
