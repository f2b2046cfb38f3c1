import { constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import type { Caveat } from './caveat.ts';
import { equal, greater, less, where } from './comparison.ts';
import { max, min } from './kinked.ts';
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
  const [beaten, sign] = pair === max ? [less, '>'] : [greater, '<'];
  /** 0 where another is larger, else one over the number of those that tie. */
  const share =
    (at: number) =>
    (g: Graph, args: readonly Node[]): Node => {
      const x = args[at]!;
      const others = args.filter((_, k) => k !== at);
      const best = g.apply(extremum(pair.name as 'max' | 'min', count - 1), ...others);
      const ties = g.sum(1, ...others.map((other) => g.apply(equal, x, other)));
      return g.apply(where, g.apply(beaten, x, best), 0, divide(g, 1, ties));
    };
  return {
    ...pair,
    arity: count,
    caveats: [count > FEW ? tiesOfMany(pair.name) : { kind: 'kink', condition: (...args) => tiesIn(args, sign), slope: '½' }],
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

/** Of more arguments nobody reads a list of pairs. */
const FEW = 3;

/** Each against the best of the others; of k that tie each has the slope 1/k. */
const tiesOfMany = (name: string): Caveat => ({
  kind: 'kink',
  condition: (...args) => args.map((x, at) => `${x} = ${name}(${args.filter((_, k) => k !== at).join(', ')})`).join(' or '),
  slope: '≤ ½',
});

/** Where two tie: x = y > z or x = z > y or y = z > x. */
const tiesIn = (args: readonly string[], sign: string): string =>
  args
    .flatMap((x, at) =>
      args
        .slice(at + 1)
        .map((y, k) => `${x} = ${y} ${sign} ${args.filter((_, other) => other !== at && other !== at + 1 + k).join(', ')}`),
    )
    .join(' or ');

const byPairs =
  (pair: Operator) =>
  (g: Graph, ...args: Node[]): Node =>
    args.reduce((x, y) => g.apply(pair, x, y));
