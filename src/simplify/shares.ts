import { constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import { type Apply, type Contraction, type Node, UNIT } from '../graph/node.ts';
import { isInteger, isNegative, toNumber } from '../graph/rational.ts';
import { transposed } from '../graph/views.ts';
import { exp, pow } from '../operators/power.ts';
import { softmax } from '../operators/reductions.ts';
import type { Rule } from './rule.ts';

/** exp(u) over the sum of exp(u) along an axis is a share: the softmax of u. */

/** A sum below the line of a product, to some power, and what it is the sum of. */
interface Total {
  /** eᵘ. */
  readonly term: Apply;
  /** What stands at each axis of the term, in the product; at the one that is summed over nothing does. */
  readonly places: readonly (number | undefined)[];
  readonly sum: Node;
  /** How often it stands there. */
  readonly times: number;
}

/** Σ eᵘ along one axis of a vector, or of a matrix; it may stretch along others. */
function totalIn(factor: Node, at: readonly number[]): Total | undefined {
  if (factor.kind !== 'apply' || factor.operator !== pow) return undefined;
  const [sum, exponent] = factor.args as [Node, Node];
  const p = constantOf(exponent);
  if (!p || !isInteger(p) || !isNegative(p)) return undefined;
  if (sum.kind !== 'contraction' || sum.factors.length !== 1 || !sum.coefficient.equals(1)) return undefined;
  const [term, own] = [sum.factors[0]!, sum.indices[0]!];
  if (term.kind !== 'apply' || term.operator !== exp || term.shape.length > 2) return undefined;
  if (own.includes(UNIT) || new Set(own).size < own.length) return undefined;
  const places = own.map((i) => (sum.result.includes(i) ? at[sum.result.indexOf(i)] : undefined));
  return places.filter((place) => place === undefined).length === 1 ? { term, places, sum, times: -toNumber(p) } : undefined;
}

/** The factors that are terms of a total, at its places. */
const termsOf = (node: Contraction, { term, places }: Total): number[] =>
  node.factors.flatMap((f, k) =>
    f === term && places.every((place, axis) => place === undefined || place === node.indices[k]![axis]) ? [k] : [],
  );

function asShares(g: Graph, node: Contraction): Node {
  for (const [at, factor] of node.factors.entries()) {
    const total = totalIn(factor, node.indices[at]!);
    const terms = total && termsOf(node, total).slice(0, total.times);
    if (!total || !terms || terms.length === 0) continue;
    const u = total.term.args[0]!;
    const isTurned = total.places.at(-1) !== undefined;
    const share = g.array(softmax(1), isTurned ? transposed(g, u) : u);
    const left = total.times > terms.length ? [g.apply(pow, total.sum, g.constant(terms.length - total.times))] : [];
    const parts = node.factors.flatMap((f, k): { node: Node; own: readonly number[] }[] => {
      const own = node.indices[k]!;
      if (terms.includes(k)) return [{ node: share, own: isTurned ? own.toReversed() : own }];
      return k === at ? left.map((power) => ({ node: power, own })) : [{ node: f, own }];
    });
    return g.contract({ ...node, factors: parts.map((p) => p.node), indices: parts.map((p) => p.own), sizes: node.sizes });
  }
  return node;
}

/** For reading: what runs takes shares of the largest entry anyhow. */
export const SHARES: Rule<'contraction'> = {
  name: 'exponentials over their sum are shares',
  when: 'always',
  examples: [
    ['exp(x)/sum(exp(x))', 'softmax(x)', { x: [3] }],
    ['exp(A)./sum(exp(A), cols)', 'softmax(A, cols)', { A: [2, 3] }],
    ['exp(A)./sum(exp(A), rows)', 'softmax(A, rows)', { A: [2, 3] }],
    ["exp(x)*exp(x)'/sum(exp(x))^2", "softmax(x)*softmax(x)'", { x: [3] }],
  ],
  kind: 'contraction',
  apply: asShares,
};
