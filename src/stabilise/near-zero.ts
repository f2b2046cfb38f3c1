import { constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import { mapGraph } from '../graph/map.ts';
import { children, type Node } from '../graph/node.ts';
import { isNegative } from '../graph/rational.ts';
import { topological } from '../graph/traverse.ts';
import { pow } from '../operators/power.ts';
import { hasSeries, seriesNearZero } from '../operators/series.ts';
import { type Locals, localsOf } from './local-series.ts';
import { partsInOneVariable } from './one-variable.ts';
import { SeriesArithmetic } from './series.ts';
import { doubleNumbers, fixedNumbers, toDouble } from './series-numbers.ts';

/**
 * Functions of one variable whose formula breaks down next to 0, such as (eˣ − 1)/x² − 1/x, with their power series
 * there. The series of the parts tell it: the leading terms of a sum cancel, or factors vanish and grow faster than
 * their product. In a sum of several variables they are what some terms have beside equal factors: s/x − s/(eˣ − 1) + t.
 */

/** Terms enough to see leading ones cancel. */
const FEW = 14;
/** Terms enough for every digit, up to where the formula has them again. */
const MANY = 44;
/** Longer formulas are left as they are. */
const MOST_NODES = 200;

/** The same values by series beside 0, where the formulas break down there. */
export function withSeries(g: Graph, roots: readonly Node[]): Node[] {
  const order = topological(roots, hasSeries);
  if (order.length > MOST_NODES || !order.some(mayBreak)) return [...roots];
  const few = new SeriesArithmetic(doubleNumbers, FEW);
  const known = localsOf(few, order);
  const whole = new Set(tops(order, roots, known).filter((node) => known.get(node)?.broken));
  const localOf = (node: Node) =>
    localsOf(
      few,
      topological([node], (part) => known.has(part)),
      known,
    ).get(node);
  const places = new Map([...whole].map((node) => [node, beside(g, node, known.get(node)!.x!)]));
  return mapGraph(
    g,
    roots,
    (node, original) =>
      places.get(original) ??
      (node.kind === 'sum' && !known.get(original)
        ? partsInOneVariable(g, node, { localOf, beside: (x, y) => beside(g, y, x) })
        : node),
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

/** The formula with its series beside 0. */
function beside(g: Graph, node: Node, x: Node): Node {
  const { series } = localsOf(new SeriesArithmetic(fixedNumbers, MANY), topological([node])).get(node) ?? {};
  const operator = series && seriesNearZero(series.v, series.c.map(toDouble));
  return operator ? g.apply(operator, x, node) : node;
}
