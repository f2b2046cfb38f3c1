import { constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import type { Node, Sum } from '../graph/node.ts';
import { isEven, isNegative, isZero, toNumber } from '../graph/rational.ts';
import { nodeCount, topological } from '../graph/traverse.ts';
import { softplus } from '../operators/activation.ts';
import { isDeclaredNonnegative } from '../operators/declared.ts';
import { abs } from '../operators/kinked.ts';
import type { Operator } from '../operators/operator.ts';
import { pow } from '../operators/power.ts';
import { shortForm } from '../simplify/pipelines.ts';

/**
 * Which of two forms of a derivative runs: the sweep's, or the short one, in which quotients are put over common
 * denominators and what cancels between them has cancelled. The short one, where fewer of its sums have terms of both
 * signs: 2x/(1 + x²)² for 2x/(1 + x²) − 2x³/(1 + x²)². It may not call any function that the other does not.
 */
export function lessCancelling(g: Graph, node: Node): Node {
  if (node.shape.length > 0) return node;
  const order = topological([node]);
  if (order.length > MOST_NODES || !order.some(isDivision)) return node;
  const risk = cancellations(order);
  if (risk === 0) return node;
  const short = shortForm(g, node);
  if (cancellations(topological([short])) >= risk || !callsNoMore(short, node)) return node;
  if (nodeCount(short) > nodeCount(node) || highestPower(short) > highestPower(node)) return node;
  return short;
}

/** Longer formulas are left as they are. */
const MOST_NODES = 120;

/** How many sums have terms that may nearly cancel. */
function cancellations(order: readonly Node[]): number {
  const signs = new Map<Node, Sign>();
  let count = 0;
  for (const node of order) {
    signs.set(node, signOf(node, signs));
    if (node.kind === 'sum' && signs.get(node) === undefined && !isHarmless(node)) count++;
  }
  return count;
}

/** A sum below the line; quotients by anything else have no common denominators worth finding. */
const isDivision = (node: Node): boolean => {
  const p = node.kind === 'apply' && node.operator === pow ? constantOf(node.args[1]!) : undefined;
  return p !== undefined && isNegative(p) && node.kind === 'apply' && node.args[0]!.kind === 'sum';
};

/** Of terms that are exact, or two squares: their difference is a product (see `stable/squares.ts`). */
const isHarmless = ({ terms }: Sum): boolean => terms.every(isExact) || (terms.length === 2 && terms.every(isSquare));

function isSquare(term: Node): boolean {
  if (term.kind === 'contraction') return term.factors.every(isSquare);
  const p = term.kind === 'apply' && term.operator === pow ? constantOf(term.args[1]!) : undefined;
  return p !== undefined && isEven(p);
}

/** Given, or a multiple of what is given: a difference of such is as exact as they are. */
const isExact = (term: Node): boolean =>
  term.kind === 'variable' ||
  (term.kind === 'contraction' && (term.factors.length === 0 || (term.factors.length === 1 && isExact(term.factors[0]!))));

/** Never negative, never positive, or unknown. */
type Sign = 1 | -1 | undefined;

function signOf(node: Node, known: ReadonlyMap<Node, Sign>): Sign {
  const number = constantOf(node);
  if (number) return isNegative(number) ? -1 : 1;
  switch (node.kind) {
    case 'variable':
      return isDeclaredNonnegative(node.facts) ? 1 : undefined;
    case 'definition':
      return known.get(node.value);
    case 'sum': {
      const first = known.get(node.terms[0]!);
      return node.terms.every((t) => known.get(t) === first) ? first : undefined;
    }
    case 'contraction': {
      const signs = node.factors.map((f) => known.get(f));
      if (signs.includes(undefined)) return undefined;
      return signs.reduce<number>((s, t) => s * t!, isNegative(node.coefficient) ? -1 : 1) as Sign;
    }
    case 'apply':
      return signOfCall(node.operator, node.args, known);
    default:
      return undefined;
  }
}

function signOfCall(operator: Operator, args: readonly Node[], known: ReadonlyMap<Node, Sign>): Sign {
  if (operator === abs || operator === softplus || (operator.range?.least ?? -1) >= 0) return 1;
  if (operator !== pow) return undefined;
  const p = constantOf(args[1]!);
  if (!p || isZero(p)) return undefined;
  return isEven(p) || p.d % 2n === 0n || known.get(args[0]!) === 1 ? 1 : undefined;
}

/** The highest whole power: what overflows first. */
const highestPower = (root: Node): number =>
  topological([root]).reduce((most, n) => {
    const p = n.kind === 'apply' && n.operator === pow ? constantOf(n.args[1]!) : undefined;
    return p ? Math.max(most, Math.abs(toNumber(p))) : most;
  }, 1);

/** Every function that is called with an argument in `a` is in `b`. */
function callsNoMore(a: Node, b: Node): boolean {
  const calls = (root: Node): Node[] => topological([root]).filter((n) => n.kind === 'apply' && n.operator !== pow);
  const known = new Set(calls(b));
  return calls(a).every((n) => known.has(n));
}
