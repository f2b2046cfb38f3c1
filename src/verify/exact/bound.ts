import { type Sizes, sizeOf } from '../../graph/dimension.ts';
import { constantOf } from '../../graph/forms.ts';
import type { Node } from '../../graph/node.ts';
import { toNumber } from '../../graph/rational.ts';
import { topological, valueParts } from '../../graph/traverse.ts';

/** The least of the primes is about 2⁴⁹·⁵. */
const BITS = 49;
/** Nobody needs a smaller chance. */
const SMALLEST = -120;

/**
 * The chance, as a power of two, that two different rational functions agree in every round: the degree of their
 * difference over the size of the field, for each round (Schwartz 1980, Zippel 1979).
 * @param rounds how often they were evaluated
 */
export function chanceOfError(pair: readonly [Node, Node], sizes: Sizes, rounds: number): number {
  const degree = logDegree(pair, sizes);
  return Math.max(SMALLEST, Math.ceil(rounds * Math.min(0, degree - BITS)));
}

/** The logarithm of a bound of the degrees of numerator and denominator of any entry. */
function logDegree(roots: readonly Node[], sizes: Sizes): number {
  const degrees = new Map<Node, number>();
  for (const node of topological(roots, undefined, valueParts)) degrees.set(node, degreeOf(node));
  return Math.max(...roots.map((root) => degrees.get(root)!)) + 1;

  // Of a sum the denominators multiply: degrees add, as they do in a product.
  function degreeOf(node: Node): number {
    switch (node.kind) {
      case 'variable':
        return 0;
      case 'affine':
        return Number.NEGATIVE_INFINITY;
      case 'definition':
        return degrees.get(node.value)!;
      case 'sum':
        return sumOf(node.terms.map((t) => degrees.get(t)!));
      case 'contraction': {
        const summed = node.sizes.reduce<number>(
          (n, dim, i) => n + (node.result.includes(i) ? 0 : Math.log2(sizeOf(dim, sizes))),
          0,
        );
        return summed + sumOf(node.factors.map((f) => degrees.get(f)!));
      }
      case 'apply': {
        const exponent = node.args[1] && constantOf(node.args[1]);
        const raised = exponent ? Math.log2(Math.abs(toNumber(exponent)) + 1) : 0;
        return raised + sumOf(node.args.map((a) => degrees.get(a)!));
      }
      case 'recurrence':
        // What is squared in each step has a degree that no bound is of use for.
        return Number.POSITIVE_INFINITY;
      case 'array': {
        // By Cramer's rule: products of as many entries as there are at most.
        const entries = node.args.map((a) => a.shape.reduce<number>((s, dim) => s + Math.log2(sizeOf(dim, sizes)), 0));
        return 2 * Math.max(...entries) + 1 + sumOf(node.args.map((a) => degrees.get(a)!));
      }
    }
  }
}

/** log₂ Σ 2^x. */
function sumOf(logs: readonly number[]): number {
  const top = Math.max(Number.NEGATIVE_INFINITY, ...logs);
  if (top === Number.POSITIVE_INFINITY) return top;
  return Number.isFinite(top) ? top + Math.log2(logs.reduce((total, x) => total + 2 ** (x - top), 0)) : Number.NEGATIVE_INFINITY;
}
