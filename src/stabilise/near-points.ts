import { constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import { mapGraph } from '../graph/map.ts';
import { children, type Node } from '../graph/node.ts';
import { type Fraction, isNegative } from '../graph/rational.ts';
import { topological } from '../graph/traverse.ts';
import { unequal, where } from '../operators/comparison.ts';
import { pow } from '../operators/power.ts';
import { hasSeries, seriesNearZero } from '../operators/series.ts';
import { type Locals, localsOf } from './local-series.ts';
import { partsInOneVariable } from './one-variable.ts';
import { type Point, pointsIn, startAt } from './points.ts';
import { SeriesArithmetic } from './series.ts';
import { doubleNumbers, fixedNumbers, toDouble } from './series-numbers.ts';

/**
 * Functions of one variable whose formula breaks down next to a point, such as (eˣ − 1)/x² − 1/x next to 0 and 1/log x − 1/(x − 1) next to 1,
 * with their power series there. The series of the parts tell it: the leading terms of a sum cancel, or factors vanish and grow faster than
 * their product. In a sum of several variables they are what some terms have beside equal factors: s/x − s/(eˣ − 1) + t.
 */

/** Terms enough to see leading ones cancel. */
const FEW = 14;
/** Terms enough for every digit, up to where the formula has them again. */
const MANY = 44;
/** Longer formulas are left as they are. */
const MOST_NODES = 200;

/** The same values by series beside 0, and where something is divided by 0, if the formulas break down there. */
export function withSeries(g: Graph, roots: readonly Node[]): Node[] {
  const order = topological(roots, hasSeries);
  if (order.length > MOST_NODES || !order.some(mayBreak)) return [...roots];
  return pointsIn(g, order).reduce((formulas, point) => beside(g, formulas, point), beside(g, roots, undefined));
}

/** @param point where one variable is; undefined for 0, for each of them */
function beside(g: Graph, roots: readonly Node[], point: Point | undefined): Node[] {
  const order = topological(roots, hasSeries);
  const few = new SeriesArithmetic(doubleNumbers, FEW);
  const known = localsOf(few, order, startAt(few, point, order));
  const whole = new Set(tops(order, roots, known).filter((node) => known.get(node)?.broken));
  const told = (x: Node, node: Node): Node => withOwnSeries(g, node, x, point);
  const places = new Map([...whole].map((node) => [node, told(known.get(node)!.x!, node)]));
  const near = {
    localOf: (node: Node) =>
      localsOf(
        few,
        topological([node], (part) => known.has(part)),
        known,
      ).get(node),
    beside: told,
  };
  return mapGraph(
    g,
    roots,
    (node, original) =>
      places.get(original) ?? (node.kind === 'sum' && !known.get(original) ? partsInOneVariable(g, node, near) : node),
    (node) => whole.has(node) || hasSeries(node),
  );
}

/** Only where something is divided or subtracted can a formula break down. */
function mayBreak(node: Node): boolean {
  if (node.kind === 'sum') return true;
  const p = node.kind === 'apply' && node.operator === pow ? constantOf(node.args[1]!) : undefined;
  return p !== undefined && isNegative(p);
}

/** The functions of one variable that are part of no larger one. */
function tops(order: readonly Node[], roots: readonly Node[], known: Locals<number>): Node[] {
  const used = new Set(roots);
  for (const node of order) if (!known.get(node)) for (const part of children(node)) used.add(part);
  return order.filter((node) => known.get(node) && used.has(node));
}

/** The formula with its series beside the point. */
function withOwnSeries(g: Graph, node: Node, x: Node, point: Point | undefined): Node {
  const many = new SeriesArithmetic(fixedNumbers, MANY);
  const order = topological([node]);
  const { series } = localsOf(many, order, startAt(many, point, order)).get(node) ?? {};
  const operator = series && seriesNearZero(series.v, series.c.map(toDouble));
  return operator ? g.apply(operator, point ? stepFrom(g, x, point.at) : x, node) : node;
}

/** Farther than any series reaches. */
const BEYOND = 4;

/** x − a. At the point itself the formula has its say, which has no value there. */
const stepFrom = (g: Graph, x: Node, at: Fraction): Node =>
  g.apply(where, g.apply(unequal, x, g.constant(at, x.shape)), g.sub(x, at), g.constant(BEYOND, x.shape));
