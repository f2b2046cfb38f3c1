import { constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import { mapGraph } from '../graph/map.ts';
import type { Apply, Node, Variable } from '../graph/node.ts';
import { type Fraction, HALF, isZero, MINUS_ONE, ONE, rational, toNumber, ZERO } from '../graph/rational.ts';
import { topological } from '../graph/traverse.ts';
import { comparisons, isChoice, isLogical } from '../operators/comparison.ts';
import { abs, extremeOf, relu, sign, step } from '../operators/kinked.ts';
import type { Operator } from '../operators/operator.ts';

/** What is made of kinks in one letter, interval by interval: (max(x, 0) < 1 ? …) is 1 for 0 < x < 1 and 0 outside. */

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

/** a·x + b. */
interface Linear {
  readonly a: Fraction;
  readonly b: Fraction;
}

const MOST_PIECES = 12;
const MOST_BREAKS = 8;

const COMPARISONS: ReadonlySet<Operator> = new Set(
  comparisons.filter((operator) => operator.arity === 2 && !isLogical(operator)),
);
const TO_ZERO: ReadonlySet<Operator> = new Set([sign, abs, step, relu]);

const isKink = (node: Node): node is Apply =>
  node.kind === 'apply' &&
  (TO_ZERO.has(node.operator) || extremeOf(node.operator) !== undefined || COMPARISONS.has(node.operator));

/** How many places there are at which an expression bends or jumps, as it is written. */
export const kinksIn = (root: Node): number => topological([root]).filter(isKink).length;

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
  const breaks = breaksOf(root, x);
  if (!breaks || breaks.length === 0 || breaks.length > MOST_BREAKS) return undefined;
  const between = breaks.flatMap((at, k) => [
    at,
    ...(k + 1 < breaks.length ? [at.add(breaks[k + 1]!).mul(HALF) as Fraction] : []),
  ]);
  const places = [breaks[0]!.sub(ONE) as Fraction, ...between, breaks[breaks.length - 1]!.add(ONE) as Fraction];
  const values = normal(places.map((at) => openedAt(g, root, x, at)));
  const merged: { from: End | undefined; to: End | undefined; value: Node }[] = [];
  for (const [k, value] of values.entries()) {
    const isPlace = k % 2 === 1;
    const end = (at: Fraction | undefined): End | undefined => at && { at, closed: isPlace };
    const [from, to] = isPlace ? [places[k], places[k]] : [breaks[k / 2 - 1], breaks[k / 2]];
    const last = merged[merged.length - 1];
    if (last?.value === value) last.to = end(to);
    else merged.push({ from: end(from), to: end(to), value });
  }
  return merged;
}

/** Where arguments of kinks are equal, in order; undefined if one is no piecewise linear function of the letter. */
function breaksOf(root: Node, x: Variable): Fraction[] | undefined {
  const known = new Map<Node, readonly Linear[] | undefined>();
  const found = new Map<string, Fraction>();
  for (const node of topological([root])) {
    known.set(
      node,
      piecesOf(node, x, (part) => known.get(part)),
    );
    if (!isKink(node)) continue;
    const sides = node.args.map((arg) => known.get(arg));
    if (!sides.every((side) => side !== undefined)) return undefined;
    const pairs =
      sides.length === 1
        ? [[sides[0]!, NOUGHT] as const]
        : sides.flatMap((a, k) => sides.slice(k + 1).map((b) => [a, b] as const));
    for (const [left, right] of pairs)
      for (const p of left)
        for (const q of right) {
          const slope = p.a.sub(q.a);
          if (isZero(slope as Fraction)) continue;
          const at = q.b.sub(p.b).div(slope) as Fraction;
          found.set(at.toFraction(), at);
        }
  }
  return [...found.values()].sort((a, b) => a.compare(b));
}

const NOUGHT: readonly Linear[] = [{ a: ZERO, b: ZERO }];

/** The linear functions that a node is on one interval or another. */
function piecesOf(node: Node, x: Variable, of: (part: Node) => readonly Linear[] | undefined): readonly Linear[] | undefined {
  const constant = constantOf(node);
  if (constant) return [{ a: ZERO, b: constant }];
  if (node === x) return [{ a: ONE, b: ZERO }];
  if (node.kind === 'sum')
    return node.terms.reduce<readonly Linear[] | undefined>(
      (sums, term) =>
        limited(sums?.flatMap((p) => (of(term) ?? []).map((q) => ({ a: p.a.add(q.a), b: p.b.add(q.b) }) as Linear))),
      NOUGHT,
    );
  if (node.kind === 'contraction') {
    if (node.factors.length !== 1 || node.sizes.length > 0) return undefined;
    return of(node.factors[0]!)?.map(({ a, b }) => ({ a: a.mul(node.coefficient), b: b.mul(node.coefficient) }) as Linear);
  }
  if (node.kind !== 'apply') return undefined;
  const parts = node.args.map(of);
  if (node.operator === sign || node.operator === step) return [MINUS_ONE, ZERO, HALF, ONE].map((b) => ({ a: ZERO, b }));
  if (!parts.every((part) => part !== undefined)) return undefined;
  const [first = []] = parts;
  if (node.operator === abs || node.operator === relu)
    return limited([...first, ...first.map(({ a, b }) => ({ a: a.neg(), b: b.neg() }) as Linear), ...NOUGHT]);
  if (extremeOf(node.operator)) return limited(parts.flat());
  return isChoice(node) ? limited(parts.slice(1).flat()) : undefined;
}

/** Undefined too where a part has none: nothing is made of it. */
const limited = (pieces: readonly Linear[] | undefined): readonly Linear[] | undefined =>
  pieces && pieces.length > 0 && pieces.length <= MOST_PIECES ? pieces : undefined;

/** An expression with the branches that its kinks take where the letter has a value. */
function openedAt(g: Graph, root: Node, x: Variable, at: Fraction): Node {
  const worth = new Map<Node, number>();
  for (const node of topological([root])) worth.set(node, worthOf(node));
  const of = (node: Node): number => worth.get(node)!;
  return mapGraph(g, [root], (node, original) => {
    if (original.kind !== 'apply' || node.kind !== 'apply') return node;
    const { operator, args } = node;
    if (isChoice(original)) return args[of(original.args[0]) === 0 ? 2 : 1]!;
    if (operator === sign || operator === step || COMPARISONS.has(operator) || isLogical(operator))
      return g.constant(rational(String(of(original))));
    if (operator === abs) return of(original.args[0]!) < 0 ? g.neg(args[0]!) : args[0]!;
    if (operator === relu) return of(original.args[0]!) > 0 ? args[0]! : g.constant(0);
    if (!extremeOf(operator)) return node;
    return args[original.args.findIndex((arg) => of(arg) === of(original))] ?? node;
  })[0]!;

  function worthOf(node: Node): number {
    if (node === x) return toNumber(at);
    if (node.kind === 'sum') return node.terms.reduce((sum, term) => sum + worth.get(term)!, 0);
    if (node.kind === 'contraction')
      return node.factors.reduce((product, f) => product * worth.get(f)!, toNumber(node.coefficient));
    return node.kind === 'apply' && 'kernel' in node.operator
      ? Number(node.operator.kernel(...node.args.map((arg) => worth.get(arg)!)))
      : Number.NaN;
  }
}

export const isPlace = ({ from, to }: Interval): boolean => from !== undefined && to !== undefined && from.at.equals(to.at);
