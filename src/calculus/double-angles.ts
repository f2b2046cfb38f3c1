import { constantOf, factorsOf, type Graph } from '../graph/graph.ts';
import type { Node, Sum } from '../graph/node.ts';
import { same, TWO } from '../graph/rational.ts';
import { topological } from '../graph/traverse.ts';
import type { Operator } from '../operators/operator.ts';
import { pow } from '../operators/power.ts';
import { mapGraph } from './inline.ts';
import { multiplied } from './products.ts';
import { doubleAngles as identities } from './rational/identities.ts';

/** 1 − 2·sin(u)² as cos(2u), cos(u)² − sin(u)² too, and their like, in sums of numbers: each is shorter. */
export function doubleAngles(g: Graph, roots: Node[]): Node[] {
  const candidate = (node: Node): boolean => node.kind === 'sum' && node.shape.length === 0 && node.terms.some(hasSquare);
  if (!topological(roots).some(candidate)) return roots;
  return mapGraph(g, roots, (node) => (node.kind === 'sum' && candidate(node) ? inSum(g, node) : node));
}

const SQUARED: ReadonlySet<Operator> = new Set(identities.map(({ f }) => f));

/** The argument and the function of a factor f(u)². */
function squareOf(factor: Node): { readonly f: Operator; readonly u: Node } | undefined {
  if (factor.kind !== 'apply' || factor.operator !== pow) return undefined;
  const [base, exponent] = factor.args as [Node, Node];
  if (base.kind !== 'apply' || !SQUARED.has(base.operator)) return undefined;
  const p = constantOf(exponent);
  return p && same(p, TWO) ? { f: base.operator, u: base.args[0]! } : undefined;
}

const hasSquare = (term: Node): boolean => factorsOf(term).some((factor) => squareOf(factor) !== undefined);

function inSum(g: Graph, sum: Sum): Node {
  for (const [at, term] of sum.terms.entries())
    for (const factor of factorsOf(term)) {
      const square = squareOf(factor);
      if (!square) continue;
      const { coefficient } = g.splitCoefficient(term);
      const rest = factorsOf(term).filter((f) => f !== factor);
      for (const { f, g: other, square: own, partner, doubled } of identities) {
        if (f !== square.f) continue;
        const whole = coefficient.div(own);
        const sought = g.mul(whole.mul(partner), ...rest, ...(other ? [g.apply(pow, g.apply(other, square.u), TWO)] : []));
        const found = sum.terms.findIndex((t, k) => k !== at && sameTerm(g, t, sought));
        if (found < 0) continue;
        const left = sum.terms.filter((_, k) => k !== at && k !== found);
        const together = g.mul(whole, ...rest, g.apply(doubled, multiplied(g, square.u, TWO)));
        return left.length === 0 ? together : g.add([...left, together]);
      }
    }
  return sum;
}

function sameTerm(g: Graph, a: Node, b: Node): boolean {
  const [x, y] = [g.splitCoefficient(a), g.splitCoefficient(b)];
  return x.core === y.core && same(x.coefficient, y.coefficient);
}
