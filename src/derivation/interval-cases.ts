import type { Graph } from '../graph/graph.ts';
import type { Node, Variable } from '../graph/node.ts';
import type { Expr } from '../language/tree.ts';
import { numberExpr } from '../reading/numbers.ts';
import { Reader } from '../reading/read.ts';
import { call, nameIn, numeralOf } from '../reading/syntax.ts';
import { byIntervals, type Interval, isPlace, kinksIn } from '../simplify/intervals.ts';
import { forReading } from '../simplify/pipelines.ts';

/** One kink is told as it is: x > 0 ? 1 : x < 0 ? 0 : ½. */
const FEWEST_KINKS = 2;
const MOST_NODES = 60;

/** What has several kinks in one letter, by the intervals between them: `0 < x < 1 ? 1 : x < 0 or x > 1 ? 0 : ½`. */
export function toldByIntervals(g: Graph, value: Node, x: Variable): Expr | undefined {
  const kinks = kinksIn(value);
  if (kinks < FEWEST_KINKS || kinks > MOST_NODES) return undefined;
  const intervals = byIntervals(g, value, x, (nodes) => forReading(g, nodes));
  if (!intervals) return undefined;
  const groups = new Map<Node, Interval[]>();
  for (const interval of intervals) groups.set(interval.value, [...(groups.get(interval.value) ?? []), interval]);
  const isPoints = (group: readonly Interval[]): boolean => group.every(isPlace);
  const reader = Reader.of(g);
  const letter = nameIn(x.name, g.names);
  // What holds at single places only is said last, for all that is left.
  const ordered = [...groups].sort(([a, own], [b, other]) => rank(own, a) - rank(other, b));
  return ordered.reduceRight<Expr | undefined>((otherwise, [node, group]) => {
    const said = reader.read(node);
    return otherwise ? call('where', anyOf(group.map((interval) => within(interval))), said, otherwise) : said;
  }, undefined);

  function rank(group: readonly Interval[], node: Node): number {
    if (isPoints(group)) return 2;
    const said = reader.read(node);
    return said.kind === 'number' && said.text === '0' ? 1 : 0;
  }

  function within({ from, to }: Interval): Expr {
    const number = (at: typeof from): Expr => (at ? numberExpr(at.at, g.decimals) : numeralOf(0));
    if (from && to && from.at.equals(to.at)) return call('==', letter, number(from));
    const above = from && call(from.closed ? '<=' : '<', number(from), letter);
    const below = to && call(to.closed ? '<=' : '<', letter, number(to));
    if (above && below) return call('and', above, below);
    return below ?? call(from?.closed ? '>=' : '>', letter, number(from));
  }
}

const anyOf = (conditions: readonly Expr[]): Expr => conditions.reduce((a, b) => call('or', a, b));
