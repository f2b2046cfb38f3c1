import { constantOf } from '../graph/forms.ts';
import { Graph } from '../graph/graph.ts';
import { type Apply, type Contraction, children, type Node } from '../graph/node.ts';
import { type Fraction, HALF, MINUS_ONE, ONE } from '../graph/rational.ts';
import { topological } from '../graph/traverse.ts';
import { asin, asinh, atan } from '../operators/elementary.ts';
import type { Operator } from '../operators/operator.ts';
import { exp, log, pow } from '../operators/power.ts';
import { hasSeries } from '../operators/series.ts';
import { atanh, cos, sin } from '../operators/trigonometric.ts';
import type { Maybe, Series, SeriesArithmetic } from './series.ts';

/** The power series of what is made of one variable, at 0 or where its variable is said to be; and where a formula breaks down there. */

/** A function of x (a number, if there is none) with its series. */
export interface Local<T> {
  readonly x: Node | undefined;
  readonly series: Series<T>;
  /** Somewhere in it the formula breaks down. */
  readonly broken: boolean;
}

export type Locals<T> = Map<Node, Local<T> | undefined>;

/**
 * Those of nodes that stand behind their parts.
 * @param known what is known already, variables that are not near 0 among it; the others are added
 */
export function localsOf<T>(s: SeriesArithmetic<T>, order: readonly Node[], known: Locals<T> = new Map()): Locals<T> {
  for (const node of order) if (!known.has(node)) known.set(node, localOf(s, node, known));
  return known;
}

function localOf<T>(s: SeriesArithmetic<T>, node: Node, known: Locals<T>): Local<T> | undefined {
  const number = constantOf(node);
  if (number) return local(undefined, s.monomial(number), false);
  if (node.kind === 'variable') return local(node, s.monomial(ONE, 1), false);
  if (hasSeries(node)) return besides(s, node as Apply, known);
  const parts = children(node).map((part) => known.get(part));
  const x = parts.find((part) => part?.x)?.x;
  if (parts.length === 0 || parts.some((part) => !part || (part.x && part.x !== x))) return undefined;
  const given = parts as Local<T>[];
  const broken = given.some((part) => part.broken);
  switch (node.kind) {
    case 'definition':
      return given[0];
    case 'sum': {
      let sum: Maybe<T> = given[0]!.series;
      for (const { series } of given.slice(1)) sum = sum && s.add(sum, series);
      const least = Math.min(...given.map(({ series }) => series.v));
      // x − a is exact next to a.
      const cancels = sum !== undefined && sum.v > least && !node.terms.every(isLinear);
      return local(x, sum, broken || cancels);
    }
    case 'contraction':
      return isOfOneShape(node) ? product(s, node, given, x) : undefined;
    case 'apply':
      return local(x, applied(s, node.operator, node, given), broken);
    default:
      return undefined;
  }
}

/** A number, or a multiple of a variable. */
const isLinear = (term: Node): boolean => {
  const [factor, ...more] = term.kind === 'contraction' ? term.factors : [term];
  return more.length === 0 && (factor === undefined || factor.kind === 'variable');
};

/** A value that has its series beside it is that of its formula. */
function besides<T>(s: SeriesArithmetic<T>, { args: [, formula] }: Apply, known: Locals<T>): Local<T> | undefined {
  const found = localsOf(
    s,
    topological([formula!], (part) => known.has(part)),
    known,
  ).get(formula!);
  return found && { ...found, broken: false };
}

const local = <T>(x: Node | undefined, series: Maybe<T>, broken: boolean): Local<T> | undefined =>
  series && { x, series, broken };

/** Every factor has the entries of the product in their places, each its own. */
export const isOfOneShape = (node: Contraction): boolean =>
  new Set(node.result).size === node.result.length && node.indices.every((own) => own.join() === node.result.join());

function product<T>(
  s: SeriesArithmetic<T>,
  node: Contraction,
  parts: readonly Local<T>[],
  x: Node | undefined,
): Local<T> | undefined {
  const whole = parts.reduce<Maybe<T>>((total, { series }) => total && s.times(total, series), s.monomial(node.coefficient));
  const vanishing = parts.reduce((n, { series }) => n + Math.max(series.v, 0), 0);
  const growing = parts.reduce((n, { series }) => n + Math.max(-series.v, 0), 0);
  // x²·x⁻¹ is 0 where x² is below the least double.
  const broken = Math.min(vanishing, growing) > 0 && vanishing + growing > 2;
  return local(x, whole, broken || parts.some((part) => part.broken));
}

function applied<T>(s: SeriesArithmetic<T>, operator: Operator, node: Apply, parts: readonly Local<T>[]): Maybe<T> {
  const [u] = parts as [Local<T>];
  if (operator === pow) {
    const p = constantOf(node.args[1]!);
    return p && s.power(u.series, p);
  }
  if (parts.length > 1) return undefined;
  const known = FUNCTIONS.get(operator);
  if (known) return known(s, u.series);
  return operator.definition ? byDefinition(s, operator, u.series) : undefined;
}

type Expansion = <T>(s: SeriesArithmetic<T>, u: Series<T>) => Maybe<T>;

const arc =
  (sign: 1 | -1, power: Fraction): Expansion =>
  (s, u) =>
    u.v > 0 ? s.bySlope(u, s.oneAnd(sign, u), power) : undefined;

const FUNCTIONS: ReadonlyMap<Operator, Expansion> = new Map<Operator, Expansion>([
  [exp, (s, u) => s.exp(u)],
  [sin, (s, u) => s.sin(u)],
  [cos, (s, u) => s.cos(u)],
  [log, (s, u) => s.log(u)],
  [atan, arc(1, MINUS_ONE)],
  [atanh, arc(-1, MINUS_ONE)],
  [asin, arc(-1, HALF.neg())],
  [asinh, arc(1, HALF.neg())],
]);

/** A function's definition by others, as an expression in one variable. */
interface Lambda {
  readonly x: Node;
  readonly order: readonly Node[];
}

/** What records say does not change: each is written out once. */
const lambdas = new WeakMap<Operator, Lambda>();

function lambdaOf(operator: Operator): Lambda {
  let lambda = lambdas.get(operator);
  if (!lambda) {
    const g = new Graph();
    const x = g.variable('x');
    lambda = { x, order: topological([operator.definition!(g, x)]) };
    lambdas.set(operator, lambda);
  }
  return lambda;
}

/** Every other function that is defined by these. */
function byDefinition<T>(s: SeriesArithmetic<T>, operator: Operator, u: Series<T>): Maybe<T> {
  const { x, order } = lambdaOf(operator);
  const body = order[order.length - 1]!;
  return localsOf(s, order, new Map([[x, { x, series: u, broken: false }]])).get(body)?.series;
}
