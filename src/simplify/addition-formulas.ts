import { constantOf, factorsOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import { mapGraph } from '../graph/map.ts';
import { type Apply, isConstant, type Node, type Sum } from '../graph/node.ts';
import { type Fraction, MINUS_ONE, ONE, same, TWO } from '../graph/rational.ts';
import { topological } from '../graph/traverse.ts';
import { cosh, sinh } from '../operators/elementary.ts';
import type { Operator } from '../operators/operator.ts';
import { exp } from '../operators/power.ts';
import { cos, sin } from '../operators/trigonometric.ts';
import { type Lengths, lengthOf } from './length.ts';
import { byFirst, type Rule } from './rule.ts';

/** f(u)·h(v) + sign·f̃(u)·h̃(v) is result(u + v), and with the other sign result(u − v). */
interface Addition {
  readonly first: readonly [Operator, Operator];
  readonly second: readonly [Operator, Operator];
  readonly sign: Fraction;
  readonly result: Operator;
}

/** The addition formulas (https://dlmf.nist.gov/4.21.i, https://dlmf.nist.gov/4.35.i). */
const additions: readonly Addition[] = [
  { first: [cos, cos], second: [sin, sin], sign: MINUS_ONE, result: cos },
  { first: [sin, cos], second: [cos, sin], sign: ONE, result: sin },
  { first: [cosh, cosh], second: [sinh, sinh], sign: ONE, result: cosh },
  { first: [sinh, cosh], second: [cosh, sinh], sign: ONE, result: sinh },
];

/** Two terms of a sum that are one function; what both are multiplied by stays. */
export const additionFormulas: readonly Rule<'sum'>[] = [
  {
    name: 'sines and cosines of two angles',
    when: 'always',
    examples: [
      ['cos(x)*cos(y) - sin(x)*sin(y)', 'cos(x + y)'],
      ['z*sin(x)*cos(y) - z*cos(x)*sin(y)', 'z*sin(x - y)'],
      ['cosh(x)*cosh(y) + sinh(x)*sinh(y)', 'cosh(x + y)'],
    ],
    kind: 'sum',
    apply: (g, node) => eachFactor(node, (term, factor) => sumOfAngles(g, node, term, factor)),
  },
  {
    name: 'exponentials with opposite exponents',
    when: 'always',
    examples: [
      ['exp(x) + exp(-x)', '2*cosh(x)'],
      ['y*exp(x)/2 - y*exp(-x)/2', 'y*sinh(x)'],
    ],
    kind: 'sum',
    apply: (g, node) => eachFactor(node, (term, factor) => hyperbolic(g, node, term, factor)),
  },
];

/**
 * Terms of scalar sums put together by formulas of addition where that is shorter: cos(nx)·cos(x) − sin(nx)·sin(x) is
 * cos(nx + x).
 */
export function byAdditionFormulas(g: Graph, roots: readonly Node[]): Node[] {
  if (!topological(roots).some(mayAdd)) return [...roots];
  const lengths: Lengths = new Map();
  return mapGraph(g, roots, (node) => {
    if (!mayAdd(node)) return node;
    const form = byFirst(g, node, additionFormulas as readonly Rule[]);
    return form && lengthOf(form, lengths) < lengthOf(node, lengths) ? form : node;
  });
}

/** Longer sums are left as they are. */
const MOST_TERMS = 12;
const FUNCTIONS: ReadonlySet<Operator> = new Set([exp, ...additions.flatMap(({ first }) => first)]);

const mayAdd = (node: Node): node is Sum =>
  node.kind === 'sum' &&
  node.shape.length === 0 &&
  node.terms.length <= MOST_TERMS &&
  node.terms.filter((t) => factors(t).some((f) => f.kind === 'apply' && FUNCTIONS.has(f.operator))).length > 1;

const factors = (term: Node): readonly Node[] => (isConstant(term) ? [] : factorsOf(term));

function eachFactor(node: Sum, of: (term: Node, factor: Apply) => Node | undefined): Node | undefined {
  if (!mayAdd(node)) return undefined;
  for (const term of node.terms)
    for (const factor of factors(term)) {
      const found = factor.kind === 'apply' && FUNCTIONS.has(factor.operator) ? of(term, factor) : undefined;
      if (found) return found;
    }
  return undefined;
}

function sumOfAngles(g: Graph, sum: Sum, term: Node, f: Apply): Node | undefined {
  const { coefficient } = g.splitCoefficient(term);
  for (const { first, second, sign: own, result } of additions) {
    if (first[0] !== f.operator) continue;
    for (const h of factors(term)) {
      if (h === f || h.kind !== 'apply' || h.operator !== first[1] || (first[0] === first[1] && h.id < f.id)) continue;
      const [u, v] = [f.args[0]!, h.args[0]!];
      const rest = factors(term).filter((other) => other !== f && other !== h);
      for (const sign of [ONE, MINUS_ONE]) {
        const partner = [g.apply(second[0], u), g.apply(second[1], v)];
        const found = termIn(g, sum, g.mul(coefficient.mul(own).mul(sign), ...rest, ...partner));
        if (!found) continue;
        const angle = g.sum(u, g.scale(sign, v));
        return instead(g, sum, [term, found], g.mul(coefficient, ...rest, g.apply(result, angle)));
      }
    }
  }
  return undefined;
}

function hyperbolic(g: Graph, sum: Sum, term: Node, f: Apply): Node | undefined {
  if (f.operator !== exp || isNegativeIn(g, f.args[0]!)) return undefined;
  const { coefficient } = g.splitCoefficient(term);
  const rest = factors(term).filter((other) => other !== f);
  const falling = g.apply(exp, g.neg(f.args[0]!));
  for (const [sign, result] of [
    [ONE, cosh],
    [MINUS_ONE, sinh],
  ] as const) {
    const found = termIn(g, sum, g.mul(coefficient.mul(sign), ...rest, falling));
    if (found) return instead(g, sum, [term, found], g.mul(coefficient.mul(TWO), ...rest, g.apply(result, f.args[0]!)));
  }
  return undefined;
}

const isNegativeIn = (g: Graph, node: Node): boolean => (constantOf(node) ?? g.splitCoefficient(node).coefficient).compare(0) < 0;

/** The term of a sum that is another one, written anywhere. */
export function termIn(g: Graph, sum: Sum, sought: Node): Node | undefined {
  const { coefficient, core } = g.splitCoefficient(sought);
  return sum.terms.find((term) => {
    const own = g.splitCoefficient(term);
    return own.core === core && same(own.coefficient, coefficient);
  });
}

/** A sum with one term for several, where the first of them stood. */
export function instead(g: Graph, sum: Sum, gone: readonly Node[], term: Node): Node {
  const at = sum.terms.findIndex((t) => gone.includes(t));
  return g.add(sum.terms.flatMap((t, k) => (k === at ? [term] : gone.includes(t) ? [] : [t])));
}
