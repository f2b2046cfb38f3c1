import type { Graph } from '../graph/graph.ts';
import type { Node, Sum } from '../graph/node.ts';
import { negatedSum } from './content.ts';

type Factor = { readonly factor: Node; readonly own: readonly number[] };

/** (a − b)·(b − a) is −(a − b)², and (b − a)² is (a − b)², whichever was there first. */
export function oppositeSums(g: Graph, factors: readonly Factor[], flip: () => void): readonly Factor[] {
  return hasTwoSums(factors) ? olderSquares(g, withoutOpposites(g, factors, flip)) : factors;
}

function olderSquares(g: Graph, factors: readonly Factor[]): readonly Factor[] {
  const older = new Map<Node, Node>();
  return factors.map((f) => {
    const { factor } = f;
    if (factor.kind !== 'sum' || factor.terms.length > LONG || countOf(factors, factor) !== 2) return f;
    const opposite = negatedSum(g, factor);
    const kept = older.get(factor) ?? (opposite.id < factor.id ? opposite : factor);
    older.set(factor, kept);
    return { factor: kept, own: f.own };
  });
}

const countOf = (factors: readonly Factor[], node: Node): number => factors.filter(({ factor }) => factor === node).length;

function withoutOpposites(g: Graph, factors: readonly Factor[], flip: () => void): readonly Factor[] {
  const byCores = new Map<string, Sum[]>();
  return factors.map((f) => {
    const sum = f.factor;
    if (sum.kind !== 'sum' || sum.terms.length > LONG) return f;
    const key = sum.terms
      .map((t) => g.splitCoefficient(t).core.id)
      .sort((a, b) => a - b)
      .join();
    const alike = byCores.get(key);
    if (!alike) {
      byCores.set(key, [sum]);
      return f;
    }
    const opposite = negatedSum(g, sum);
    if (opposite.kind === 'sum' && alike.includes(opposite)) {
      flip();
      return { factor: opposite, own: f.own };
    }
    alike.push(sum);
    return f;
  });
}

function hasTwoSums(factors: readonly Factor[]): boolean {
  let count = 0;
  for (const { factor } of factors) if (factor.kind === 'sum' && ++count === 2) return true;
  return false;
}

/** Longer sums keep their signs. */
export const LONG = 16;
