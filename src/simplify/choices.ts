import { isZeroNode } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import { type Contraction, type Node, UNIT } from '../graph/node.ts';
import { where } from '../operators/comparison.ts';

/**
 * f(c ? a : 0) as c ? f(a) : 0, for an f that keeps zeros and places. A branch that is not taken then counts as 0 even
 * where a factor that f multiplies with is infinite: 0·∞ does not arise.
 */
export function withinChoice(g: Graph, node: Node, f: (inner: Node) => Node): Node {
  if (node.kind !== 'apply' || node.operator !== where) return f(node);
  const [condition, yes, no] = node.args as [Node, Node, Node];
  if (isZeroNode(no)) return g.apply(where, condition, f(yes), no);
  return isZeroNode(yes) ? g.apply(where, condition, yes, f(no)) : f(node);
}

/** The product with a factor c ? a : 0 as c ? product : 0, where that factor runs over the whole result. */
export function choiceOfProduct(g: Graph, node: Contraction): Node {
  if (node.factors.length < 2 || node.sizes.some((_, i) => !node.result.includes(i))) return node;
  const at = node.factors.findIndex(
    (f, k) =>
      isHalfChoice(f) &&
      node.indices[k]!.length === node.result.length &&
      node.indices[k]!.every((i, axis) => i === node.result[axis]),
  );
  if (at < 0 || node.result.some((i, axis) => i !== UNIT && node.result.indexOf(i) !== axis)) return node;
  return withinChoice(g, node.factors[at]!, (inner) =>
    g.contract({
      ...node,
      factors: node.factors.map((f, k) => (k === at ? inner : f)),
      sizes: node.sizes,
    }),
  );
}

const isHalfChoice = (f: Node): boolean =>
  f.kind === 'apply' && f.operator === where && (isZeroNode(f.args[1]!) || isZeroNode(f.args[2]!));

/** c ? a : b plus c ? p : q is c ? a + p : b + q. */
export function mergeChoices(g: Graph, terms: readonly Node[]): readonly Node[] {
  if (!terms.some((t) => t.kind === 'apply' && t.operator === where)) return terms;
  const choices = new Map<Node, Node[][]>();
  for (const t of terms) {
    if (t.kind !== 'apply' || t.operator !== where) continue;
    const [condition, yes, no] = t.args as [Node, Node, Node];
    const known = choices.get(condition) ?? [[], []];
    known[0]!.push(yes);
    known[1]!.push(no);
    choices.set(condition, known);
  }
  if (![...choices.values()].some(([yes]) => yes!.length > 1)) return terms;
  return terms.flatMap((t) => {
    if (t.kind !== 'apply' || t.operator !== where) return [t];
    const branches = choices.get(t.args[0]!);
    if (!branches) return [];
    choices.delete(t.args[0]!);
    return [g.apply(where, t.args[0]!, g.add(branches[0]!), g.add(branches[1]!))];
  });
}
