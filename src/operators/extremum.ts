import { constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { max, min, sign } from './kinked.ts';
import type { Operator } from './operator.ts';
import { divide } from './power.ts';

const made = new Map<string, Operator>();

/** The largest or the smallest of `count` arguments: all that tie share the slope equally. */
export function extremum(name: 'max' | 'min', count: number): Operator {
  const pair = name === 'max' ? max : min;
  if (count === 2) return pair;
  const key = `${name} ${count}`;
  let operator = made.get(key);
  if (!operator) {
    operator = ofMany(pair, count);
    made.set(key, operator);
  }
  return operator;
}

function ofMany(pair: Operator, count: number): Operator {
  const direction = pair === max ? 1 : -1;
  /** 1 where an argument is the result, 0 where it is not. */
  const reaches = (g: Graph, x: Node, y: Node): Node => g.sub(1, g.mul(direction, g.apply(sign, g.sub(y, x))));
  const share =
    (at: number) =>
    (g: Graph, args: readonly Node[], y: Node): Node =>
      divide(g, reaches(g, args[at]!, y), g.add(args.map((x) => reaches(g, x, y))));
  return {
    ...pair,
    arity: count,
    partials: Array.from({ length: count }, (_, at) => share(at)),
    normal: (g, ...args) => {
      const different = [...new Set(args)];
      if (different.length === 1) return args[0];
      if (different.every((arg) => constantOf(arg))) return byPairs(pair)(g, ...different);
      return different.length === 2 ? g.apply(pair, ...different) : undefined;
    },
    definition: byPairs(pair),
    // What every target knows is the larger of two.
    lower: byPairs(pair),
  };
}

const byPairs =
  (pair: Operator) =>
  (g: Graph, ...args: Node[]): Node =>
    args.reduce((x, y) => g.apply(pair, x, y));
