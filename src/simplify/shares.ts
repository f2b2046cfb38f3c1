import { constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import { type Contraction, type Node, UNIT } from '../graph/node.ts';
import { isInteger, isNegative, toNumber } from '../graph/rational.ts';
import { exp, pow } from '../operators/power.ts';
import { softmax } from '../operators/reductions.ts';
import type { Rule } from './rule.ts';

/** exp(u) over the sum of exp(u) along some axes is a share: the softmax of u. */

/** What is looked through: names where it runs, nothing where it is read. */
interface Sight {
  readonly of: (node: Node) => Node;
  /** A sum of products, with what its names stand for. */
  readonly sum: (g: Graph, node: Node) => Contraction | undefined;
}

/** A sum below the line of a product, to some power, and what it is the sum of. */
interface Total {
  /** u of Σ eᵘ. */
  readonly u: Node;
  /** What stands at each axis of u, in the product; at those that are summed over nothing does. */
  readonly places: readonly (number | undefined)[];
  readonly base: Node;
  /** How often it stands there. */
  readonly times: number;
}

const argumentOf = (node: Node, { of }: Sight): Node | undefined => {
  const at = of(node);
  return at.kind === 'apply' && at.operator === exp ? at.args[0] : undefined;
};

/** Σ eᵘ to a negative whole power; it may stretch along other axes. */
function totalIn(g: Graph, factor: Node, at: readonly number[], sight: Sight): Total | undefined {
  const power = sight.of(factor);
  if (power.kind !== 'apply' || power.operator !== pow) return undefined;
  const [base, exponent] = power.args as [Node, Node];
  const p = constantOf(exponent);
  const sum = p && isInteger(p) && isNegative(p) ? sight.sum(g, base) : undefined;
  if (!p || !sum || sum.factors.length !== 1 || !sum.coefficient.equals(1)) return undefined;
  const [u, own] = [argumentOf(sum.factors[0]!, sight), sum.indices[0]!];
  if (!u || own.includes(UNIT) || new Set(own).size < own.length) return undefined;
  const places = own.map((i) => (sum.result.includes(i) ? at[sum.result.indexOf(i)] : undefined));
  return places.includes(undefined) ? { u, places, base, times: -toNumber(p) } : undefined;
}

/** The factors that are terms of a total, at its places. */
const termsOf = (node: Contraction, { u, places }: Total, sight: Sight): number[] =>
  node.factors.flatMap((f, k) =>
    argumentOf(f, sight) === u && places.every((place, axis) => place === undefined || place === node.indices[k]![axis])
      ? [k]
      : [],
  );

function asShares(g: Graph, node: Contraction, sight: Sight): Node | undefined {
  for (const [at, factor] of node.factors.entries()) {
    const total = totalIn(g, factor, node.indices[at]!, sight);
    const terms = total && termsOf(node, total, sight).slice(0, total.times);
    if (!total || !terms || terms.length === 0) continue;
    const { u, places, base, times } = total;
    const isSummed = (axis: number): boolean => places[axis] === undefined;
    const axes = [...places.keys()];
    // What is summed stands last.
    const order = [...axes.filter((axis) => !isSummed(axis)), ...axes.filter(isSummed)];
    const sizes = new Map(u.shape.map((size, axis) => [axis, size]));
    const moved = g.contract({ factors: [u], indices: [axes], result: order, sizes });
    const share = g.array(softmax(axes.filter(isSummed).length), moved);
    const left = times > terms.length ? [g.apply(pow, base, g.constant(terms.length - times))] : [];
    const parts = node.factors.flatMap((f, k): { node: Node; own: readonly number[] }[] => {
      const own = node.indices[k]!;
      if (terms.includes(k)) return [{ node: share, own: order.map((axis) => own[axis]!) }];
      return k === at ? left.map((power) => ({ node: power, own })) : [{ node: f, own }];
    });
    return g.contract({ ...node, factors: parts.map((p) => p.node), indices: parts.map((p) => p.own), sizes: node.sizes });
  }
  return undefined;
}

const SHAPES = { A: [2, 3], x: [3] };

/** @param name as no other rule is called */
export const shares = (name: string, sight: Sight): Rule<'contraction'> => ({
  name,
  when: 'always',
  examples: [
    ['exp(x)/sum(exp(x))', 'softmax(x)', SHAPES],
    ['exp(A)./sum(exp(A), cols)', 'softmax(A, cols)', SHAPES],
    ['exp(A)./sum(exp(A), rows)', 'softmax(A, rows)', SHAPES],
    ["exp(x)*exp(x)'/sum(exp(x))^2", "softmax(x)*softmax(x)'", SHAPES],
  ],
  kind: 'contraction',
  apply: (g, node) => asShares(g, node, sight),
});
