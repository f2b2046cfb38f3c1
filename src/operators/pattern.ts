import { constantOf, type Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { isNegative, isZero } from '../graph/rational.ts';
import type { Bounds, Caveat } from './caveat.ts';
import type { Operator } from './operator.ts';

/** What differs from one function of one argument to another: the record follows from it. */
export interface Pattern {
  readonly name: string;
  readonly spellings?: readonly string[];
  readonly kernel: (x: number) => number;
  readonly slope: (g: Graph, x: Node, y: Node) => Node;
  readonly formula: string;
  readonly label: string;
  readonly why: string;
  readonly latex?: string;
  readonly domain?: (x: number) => boolean;
  readonly caveats?: readonly Caveat[];
  readonly range?: Bounds;
  readonly definition?: (g: Graph, x: Node) => Node;
  /** f(−x) = ±f(x). */
  readonly parity?: 1 | -1;
  /** f(0), where it is exact. */
  readonly atZero?: 0 | 1;
}

/** The record of a function of one argument. */
export function elementary(p: Pattern): Operator {
  const self: Operator = {
    name: p.name,
    ...(p.spellings && { spellings: p.spellings }),
    arity: 1,
    notation: { latex: p.latex ?? `\\operatorname{${p.name}}` },
    kernel: p.kernel,
    partials: [(g, [x], y) => p.slope(g, x!, y)],
    rule: { id: p.name, name: p.label, why: p.why, formula: p.formula },
    ...(p.domain && { domain: p.domain }),
    ...(p.caveats && { caveats: p.caveats }),
    ...(p.range && { range: p.range }),
    ...(p.definition && { definition: p.definition }),
    normal: (g, x) => {
      const c = constantOf(x);
      if (c && isZero(c) && p.atZero !== undefined) return g.constant(p.atZero, x.shape);
      if (!p.parity) return undefined;
      const { coefficient, core } = g.splitCoefficient(x);
      return isNegative(coefficient) ? g.mul(p.parity, g.apply(self, g.scale(coefficient.neg(), core))) : undefined;
    },
  };
  return self;
}
