import { constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { isNegative, isZero } from '../graph/rational.ts';
import { GradusError } from '../language/diagnostics.ts';
import type { Bounds, Caveat } from './caveat.ts';
import type { Form } from './notation.ts';
import type { Operator } from './operator.ts';

/** What the rule of a function says. */
interface Told {
  readonly name: string;
  /** The rule's id, where it is not the function's name. */
  readonly id?: string;
  readonly formula: string;
  readonly label: string;
  readonly why: string;
}

const ruleOf = (p: Told) => ({ id: p.id ?? p.name, name: p.label, why: p.why, formula: p.formula });

/** What differs from one function of one argument to another: the record follows from it. */
export interface Pattern extends Told {
  readonly spellings?: readonly string[];
  readonly kernel: (x: number) => number;
  readonly slope: (g: Graph, x: Node, y: Node) => Node;
  readonly latex?: string;
  readonly unicode?: string;
  readonly form?: Form;
  readonly domain?: (x: number) => boolean;
  readonly caveats?: readonly Caveat[];
  readonly range?: Bounds;
  readonly definition?: (g: Graph, x: Node) => Node;
  /** f(−x) = ±f(x). */
  readonly parity?: 1 | -1;
  /** f(0), where it is exact. */
  readonly atZero?: 0 | 1;
  /** Its value at an argument where that is known exactly. */
  readonly exact?: (g: Graph, x: Node) => Node | undefined;
}

/** The record of a function of one argument. */
export function elementary(p: Pattern): Operator {
  const self: Operator = {
    name: p.name,
    ...(p.spellings && { spellings: p.spellings }),
    arity: 1,
    notation: {
      latex: p.latex ?? `\\operatorname{${p.name}}`,
      ...(p.unicode && { unicode: p.unicode }),
      ...(p.form && { form: p.form }),
    },
    kernel: p.kernel,
    partials: [(g, [x], y) => p.slope(g, x!, y)],
    rule: ruleOf(p),
    ...(p.domain && { domain: p.domain }),
    ...(p.caveats && { caveats: p.caveats }),
    ...(p.range && { range: p.range }),
    ...(p.parity && { parity: p.parity }),
    ...(p.definition && { definition: p.definition }),
    normal: (g, x) => {
      const c = constantOf(x);
      if (c && isZero(c) && p.atZero !== undefined) return g.constant(p.atZero, x.shape);
      const exact = p.exact?.(g, x);
      if (exact) return exact;
      if (!p.parity) return undefined;
      const { coefficient, core } = g.splitCoefficient(x);
      return isNegative(coefficient) ? g.mul(p.parity, g.apply(self, g.scale(coefficient.neg(), core))) : undefined;
    },
  };
  return self;
}

/** What differs from one family f(n, x), n = 0, 1, 2, …, to another. */
interface OrderedPattern extends Told {
  readonly kernel: (n: number, x: number) => number;
  readonly slope: (g: Graph, n: Node, x: Node) => Node;
  readonly domain: (n: number, x: number) => boolean;
  readonly caveats?: readonly Caveat[];
  readonly form?: Form;
  readonly normal: (g: Graph, n: Node, x: Node) => Node | undefined;
}

/** The record of a family of functions: its first argument is the order, an integer. */
export const byOrder = (p: OrderedPattern): Operator => ({
  name: p.name,
  arity: 2,
  orders: [0],
  notation: { latex: `\\operatorname{${p.name}}`, ...(p.form && { form: p.form }) },
  kernel: p.kernel,
  partials: [noSlope(p.name), (g, [n, x]) => p.slope(g, n!, x!)],
  rule: ruleOf(p),
  domain: p.domain,
  ...(p.caveats && { caveats: p.caveats }),
  normal: p.normal,
});

/** For an argument that is an order, or another by which there is no derivative in functions that are known here. */
export const noSlope =
  (name: string, by = 'order') =>
  (): never => {
    throw new GradusError('unsupported', `${name} has no derivative by its ${by}`);
  };
