import { constantOf } from '../../graph/forms.ts';
import type { Graph } from '../../graph/graph.ts';
import type { Node } from '../../graph/node.ts';
import { type Fraction, isInteger, isNegative, isOne, isZero, MINUS_ONE, ONE, rational } from '../../graph/rational.ts';
import { pow } from '../../operators/power.ts';
import type { Rule } from '../rule.ts';
import { rootOfNumber } from './surds.ts';

/** Roots of numbers as people write them. For reading only: what runs is one root and no product with it. */
export const numberRoots: readonly Rule<'apply'>[] = [
  {
    name: 'root of a number',
    when: 'the number is positive',
    examples: [
      ['sqrt(12)*x', '2*sqrt(3)*x'],
      ['sqrt(2/3)*x', 'sqrt(6)*x/3'],
      ['x/sqrt(8)', 'x*sqrt(2)/4'],
      ['8^(3/4)*x', '4*2^(1/4)*x'],
    ],
    kind: 'apply',
    of: [pow],
    apply: (g, { args: [base, p] }) => rootOf(g, constantOf(base!), constantOf(p!)),
  },
  {
    name: 'number under a root',
    when: 'the number is positive',
    examples: [['sqrt(12*x)', '2*sqrt(3*x)']],
    kind: 'apply',
    of: [pow],
    apply: (g, { args: [base, p] }) => rootOfMultiple(g, base!, constantOf(p!)),
  },
];

function rootOf(g: Graph, c: Fraction | undefined, p: Fraction | undefined): Node | undefined {
  if (!c || !p || !isRoot(g, c, p)) return undefined;
  const found = rootOfNumber(c.pow(Number(p.s * p.n))!, Number(p.d));
  return found && g.mul(found.k, g.apply(pow, g.constant(rational(found.of)), (found.below ? MINUS_ONE : ONE).div(p.d)));
}

function rootOfMultiple(g: Graph, product: Node, p: Fraction | undefined): Node | undefined {
  if (product.kind !== 'contraction' || product.factors.length === 0 || p?.n !== 1n) return undefined;
  const { coefficient, core } = g.splitCoefficient(product);
  if (!isInteger(coefficient) || !isRoot(g, coefficient, p)) return undefined;
  const found = rootOfNumber(coefficient, Number(p.d));
  if (!found || isOne(found.k)) return undefined;
  return g.mul(isNegative(p) ? found.k.inverse() : found.k, g.apply(pow, g.scale(rational(found.of), core), p));
}

/** A positive number, and the exponent of a root that people write. */
const isRoot = (g: Graph, c: Fraction, p: Fraction): boolean =>
  !isInteger(p) && p.n * p.d <= MOST && !isZero(c) && !isNegative(c) && !isOne(c) && !g.decimals;

const MOST = 60n;
