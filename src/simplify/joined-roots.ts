import { constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import { mapGraph } from '../graph/map.ts';
import type { Apply, Contraction, Node, Sum } from '../graph/node.ts';
import { type Fraction, HALF, isInteger, negated, same, TWO } from '../graph/rational.ts';
import { topological } from '../graph/traverse.ts';
import { abs } from '../operators/kinked.ts';
import { pow, power } from '../operators/power.ts';
import type { Rule } from './rule.ts';

/** Roots in one product that are shorter as one, as tables of derivatives have them. */
export const joinedRoots: readonly Rule<'contraction'>[] = [
  {
    name: 'roots of a sum and of a difference',
    when: 'both are not negative, as their roots need',
    examples: [
      ['sqrt(x - 1)*sqrt(x + 1)', 'sqrt(x^2 - 1)'],
      ['1/(sqrt(x - y)*sqrt(x + y))', '1/sqrt(x^2 - y^2)'],
    ],
    kind: 'contraction',
    apply: (g, node) => rootOfSquares(g, node),
  },
  {
    name: 'square taken out of a root below the line',
    when: 'it is not 0, as its quotient needs',
    examples: [['1/(x^2*sqrt(1 - 1/x^2))', '1/(abs(x)*sqrt(x^2 - 1))']],
    kind: 'contraction',
    apply: (g, node) => squareFromRoot(g, node),
  },
];

interface Root {
  readonly at: number;
  readonly base: Sum;
  readonly p: Fraction;
}

/** Scalar factors (a + b + …)^(p/2), p odd. */
function rootsIn({ factors }: Contraction): Root[] {
  return factors.flatMap((f, at) => {
    const [base, exponent] = f.kind === 'apply' && f.operator === pow && f.shape.length === 0 ? f.args : [];
    const p = exponent && constantOf(exponent);
    return base?.kind === 'sum' && p && !isInteger(p) && p.d === 2n ? [{ at, base, p }] : [];
  });
}

/** √(a − b)·√(a + b) as √(a² − b²). */
function rootOfSquares(g: Graph, node: Contraction): Node | undefined {
  const roots = rootsIn(node).filter(({ base }) => base.terms.length === 2);
  for (const [k, a] of roots.entries())
    for (const b of roots.slice(k + 1)) {
      if (!same(a.p, b.p)) continue;
      const [shared, ...more] = a.base.terms.filter((t) => b.base.terms.includes(t));
      const [own] = a.base.terms.filter((t) => t !== shared);
      const [other] = b.base.terms.filter((t) => t !== shared);
      if (!shared || more.length > 0 || g.neg(own!) !== other) continue;
      const squares = g.sub(power(g, shared, 2), power(g, own!, 2));
      return instead(g, node, [a.at, b.at], [power(g, squares, a.p)]);
    }
  return undefined;
}

/**
 * 1/(√x·√(1 − x)) as 1/√(x·(1 − x)), wherever both roots have values. A pass, behind those that look for common denominators: of
 * what is under one root none is seen.
 */
export const rootsBelow = (g: Graph, roots: readonly Node[]): Node[] =>
  mapGraph(g, roots, (n) => (n.kind === 'contraction' ? (rootOfProduct(g, n) ?? n) : n));

const isRoot = (n: Node): boolean => n.kind === 'apply' && n.operator === pow && !isInteger(constantOf(n.args[1]!) ?? HALF);

function rootOfProduct(g: Graph, node: Contraction): Node | undefined {
  const below = rootsIn(node).filter(({ p }) => same(p, negated(HALF)));
  const [sum, ...more] = below;
  const at = node.factors.findIndex((f) => {
    const [base, exponent] = f.kind === 'apply' && f.operator === pow ? f.args : [];
    const p = exponent && constantOf(exponent);
    return base?.kind === 'variable' && base.shape.length === 0 && p && same(p, negated(HALF));
  });
  const letter = node.factors[at];
  if (!sum || more.length > 0 || letter?.kind !== 'apply' || topological([sum.base]).some(isRoot)) return undefined;
  return instead(g, node, [sum.at, at], [power(g, g.mul(letter.args[0]!, sum.base), sum.p)]);
}

/** x⁻²·(1 − x⁻²)^(−½) as |x|⁻¹·(x² − 1)^(−½). */
function squareFromRoot(g: Graph, node: Contraction): Node | undefined {
  for (const { at, base, p } of rootsIn(node)) {
    if (!same(p, negated(HALF))) continue;
    for (const [k, f] of node.factors.entries()) {
      const x = squareBelow(f);
      if (!x || !base.terms.some((t) => (t.kind === 'contraction' ? t.factors : [t]).some((q) => squareBelow(q) === x))) continue;
      return instead(g, node, [at, k], [power(g, g.apply(abs, x), -1), power(g, timesSquare(g, base, x), p)]);
    }
  }
  return undefined;
}

/** x²·(1 − x⁻²) as x² − 1. */
const timesSquare = (g: Graph, base: Sum, x: Node): Node =>
  g.add(
    base.terms.map((t) => {
      const factors = t.kind === 'contraction' ? t.factors : [t];
      const at = factors.findIndex((f) => squareBelow(f) === x);
      return at < 0
        ? g.mul(t, power(g, x, 2))
        : g.mul(t.kind === 'contraction' ? t.coefficient : 1, ...factors.filter((_, k) => k !== at));
    }),
  );

/** x of 1/x², for a name x. */
function squareBelow(f: Node): Node | undefined {
  const [base, exponent] = f.kind === 'apply' && f.operator === pow && f.shape.length === 0 ? (f as Apply).args : [];
  const p = exponent && constantOf(exponent);
  return base?.kind === 'variable' && p && same(p, negated(TWO)) ? base : undefined;
}

/** A product without some of its factors, and with scalar ones. */
export function instead(g: Graph, node: Contraction, gone: readonly number[], factors: readonly Node[]): Node {
  const kept = <T>(list: readonly T[]): T[] => list.filter((_, k) => !gone.includes(k));
  return g.contract({
    ...node,
    factors: [...kept(node.factors), ...factors],
    indices: [...kept(node.indices), ...factors.map(() => [])],
    sizes: node.sizes,
  });
}
