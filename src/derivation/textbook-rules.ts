import { pullback } from '../differentiate/sweep.ts';
import { constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import { type Apply, type Contraction, children, type Node } from '../graph/node.ts';
import { rational } from '../graph/rational.ts';
import type { Expr } from '../language/tree.ts';
import { isSame } from '../language/trees.ts';
import { isChoice } from '../operators/comparison.ts';
import { extremeOf } from '../operators/kinked.ts';
import { numberExpr } from '../reading/numbers.ts';
import type { Reader } from '../reading/read.ts';
import { call, isCall, isNegativeExpr, negative, numeralOf, times } from '../reading/syntax.ts';
import { exponentBelow, type Quotient } from './quotients.ts';
import type { Applied } from './rules.ts';

/** The rules of a textbook on scalars: what the derivative of a node is, by those of its parts. */

/** What rules are applied to. */
export interface Ground {
  readonly g: Graph;
  readonly reader: Reader;
  /** What depends on the variable. */
  readonly active: ReadonlySet<Node>;
  /** Products that are read as quotients. */
  readonly quotients: ReadonlyMap<Node, Quotient>;
}

/** The derivatives of parts: as signs that stand for them, or as what they are. */
export interface Inner {
  readonly of: (part: Node) => Expr;
  /** How a derivative and a factor are written side by side. */
  readonly together: (factors: readonly Expr[]) => Expr;
}

interface Ruled {
  readonly rule: Applied;
  readonly after: Expr;
}

/** The derivative of a node by one rule. */
export function byRule(ground: Ground, node: Node, inner: Inner): Ruled {
  const { active } = ground;
  const label = node.kind === 'definition' ? node.name : '';
  switch (node.kind) {
    case 'sum':
      return { rule: { id: 'sum', name: label }, after: sum(node.terms.filter((t) => active.has(t)).map(inner.of)) };
    case 'apply': {
      const moving = node.args.flatMap((arg, k) => (active.has(arg) ? [k] : []));
      return { rule: { id: node.operator, name: label, moving }, after: chain(ground, node, inner) };
    }
    case 'contraction':
      return productRule(ground, node, inner);
    default:
      return { rule: { id: 'definition', name: label }, after: inner.of(children(node)[0]!) };
  }
}

/** f′(u)·d/dx(u) for each argument; of a choice, the derivative of what is chosen; of the larger of two, by cases. */
function chain(ground: Ground, node: Apply, inner: Inner): Expr {
  const { g, reader, active } = ground;
  if (isChoice(node)) {
    const [condition, yes, no] = node.args;
    return call('where', reader.read(condition), inner.of(yes), inner.of(no));
  }
  if (isExtremeOfTwo(node)) return extremum(ground, node, inner);
  const terms = node.args.flatMap((arg, k) => (active.has(arg) ? [times([reader.read(local(g, node, k)), inner.of(arg)])] : []));
  return sum(terms);
}

/** max(u, v)′ is u′ where u > v, v′ where u < v, and half of both where they tie. */
function extremum({ reader, active }: Ground, { operator, args }: Apply, inner: Inner): Expr {
  // What moves stands on the left: x > 0, not 0 < x.
  const [u, v] = (active.has(args[0]!) ? args : args.toReversed()) as [Node, Node];
  const [first, second] = extremeOf(operator) === 'max' ? ['>', '<'] : ['<', '>'];
  const tied =
    active.has(u) && active.has(v) ? halfOf(inner.of(u), inner.of(v)) : halved(active.has(u) ? inner.of(u) : inner.of(v));
  const cases = (sign: string, value: Expr, otherwise: Expr) =>
    call('where', call(sign, reader.read(u), reader.read(v)), value, otherwise);
  return cases(first!, inner.of(u), cases(second!, inner.of(v), tied));
}

function productRule(ground: Ground, node: Contraction, inner: Inner): Ruled {
  const { g, reader, active } = ground;
  const quotient = ground.quotients.get(node);
  if (quotient) return { rule: { id: 'quotient', name: '' }, after: quotientRule(ground, node, quotient, inner) };
  const moving = node.factors.filter((f) => active.has(f));
  const inPlace = moving.length > 1 && !moving.some((f) => exponentBelow(f));
  const terms = node.factors.flatMap((f, k) => {
    if (!active.has(f)) return [];
    if (!inPlace) return [times([reader.read(local(g, node, k)), inner.of(f)])];
    return [
      times([
        numberExpr(node.coefficient, g.decimals),
        ...node.factors.map((other, at) => (at === k ? inner.of(f) : reader.read(other))),
      ]),
    ];
  });
  return { rule: { id: moving.length === 1 ? 'constant-factor' : 'product', name: '' }, after: sum(terms) };
}

/** (u/v)′ = (u′·v − u·v′)/v². */
function quotientRule({ g, reader, active }: Ground, node: Contraction, { u, v, square }: Quotient, inner: Inner): Expr {
  const moving = node.factors.filter((f) => active.has(f));
  const constant = g.contract({
    ...node,
    factors: node.factors.filter((f) => !active.has(f)),
    indices: node.indices.slice(moving.length),
    sizes: new Map(),
  });
  const top = call('+', inner.together([inner.of(u), reader.read(v)]), call('-', inner.together([reader.read(u), inner.of(v)])));
  const fraction = call('/', top, square ? reader.read(square) : call('^', reader.read(v), numeralOf(2)));
  return constantOf(constant)?.equals(1) ? fraction : times([reader.read(constant), fraction]);
}

/** Half of the sum of two, as a number where they are numbers. */
function halfOf(u: Expr, v: Expr): Expr {
  if (isSame(u, v)) return u;
  if (isSame(u, negative(v)) || isSame(v, negative(u))) return numeralOf(0);
  const [a, b] = [numberIn(u), numberIn(v)];
  return a !== undefined && b !== undefined && (a + b) % 2 === 0
    ? numberExpr(rational((a + b) / 2), false)
    : halved(call('+', u, v));
}

function halved(u: Expr): Expr {
  if (isNegativeExpr(u)) return negative(halved(negative(u)));
  const [first, ...rest] = isCall(u, '*') ? u.args : [];
  const own = u.kind === 'number' ? Number(u.text) : Number.NaN;
  if (own % 2 === 0) return numeralOf(own / 2);
  const number = first?.kind === 'number' ? Number(first.text) : Number.NaN;
  return number % 2 === 0 ? times([numeralOf(number / 2), ...rest]) : call('/', u, numeralOf(2));
}

function numberIn(expr: Expr): number | undefined {
  if (isNegativeExpr(expr)) {
    const size = numberIn(negative(expr));
    return size === undefined ? undefined : -size;
  }
  return expr.kind === 'number' ? Number(expr.text) : undefined;
}

const sum = (terms: readonly Expr[]): Expr => (terms.length === 1 ? terms[0]! : call('+', ...terms));

/** The partial derivative of a node by one of its parts, the others held: the sweep's rule for an adjoint of 1. */
export const local = (g: Graph, node: Node, position: number): Node => pullback(g, node, position, g.constant(1), [], node);

/** The larger, or the smaller, of two: of more there would be too many cases. */
export const isExtremeOfTwo = ({ operator, args }: Apply): boolean => args.length === 2 && extremeOf(operator) !== undefined;
