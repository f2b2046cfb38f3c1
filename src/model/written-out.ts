import { constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import type { Apply, Node } from '../graph/node.ts';
import { isNegative } from '../graph/rational.ts';
import { topological } from '../graph/traverse.ts';
import { sigmoid } from '../operators/activation.ts';
import type { Operator } from '../operators/operator.ts';
import { exp, pow } from '../operators/power.ts';
import { negatedSum } from '../simplify/content.ts';
import type { Model } from './model.ts';
import { overNodes } from './over-nodes.ts';

/** Functions that a source has written out, under the names that they are known by. */

const isApply = (node: Node, operator: Operator): node is Apply => node.kind === 'apply' && node.operator === operator;

/** u, where a node is (1 + eᵘ)⁻¹. */
function belowOne(node: Node): Node | undefined {
  if (!isApply(node, pow) || !constantOf(node.args[1]!)?.equals(-1)) return undefined;
  const [sum] = node.args;
  if (sum?.kind !== 'sum' || sum.terms.length !== 2 || !sum.terms.some((term) => constantOf(term)?.equals(1))) return undefined;
  const power = sum.terms.find((term) => isApply(term, exp));
  return power?.kind === 'apply' ? power.args[0] : undefined;
}

/** −u is what was written: 1/(1 + eᵘ) is a share of its own. */
const isMinus = (node: Node): boolean => {
  if (node.kind === 'sum') return node.terms.every(isMinus);
  if (node.kind === 'definition') return false;
  const own = constantOf(node) ?? (node.kind === 'contraction' ? node.coefficient : undefined);
  return own !== undefined && isNegative(own);
};

/** 1/(1 + e⁻ᶻ) and eᶻ/(1 + eᶻ) as σ(z). */
function logistic(g: Graph, node: Node): Node | undefined {
  const below = belowOne(node);
  if (below) return isMinus(below) ? g.apply(sigmoid, below.kind === 'sum' ? negatedSum(g, below) : g.neg(below)) : undefined;
  if (node.kind !== 'contraction') return undefined;
  for (const [k, factor] of node.factors.entries()) {
    const u = belowOne(factor);
    const at = u
      ? node.factors.findIndex((f, other) => isApply(f, exp) && f.args[0] === u && isAlike(node.indices, k, other))
      : -1;
    if (!u || at < 0) continue;
    const kept = (_: unknown, other: number): boolean => other !== at;
    const factors = node.factors.map((f, other) => (other === k ? g.apply(sigmoid, u) : f)).filter(kept);
    return g.contract({ ...node, factors, indices: node.indices.filter(kept) });
  }
  return undefined;
}

const isAlike = (indices: readonly (readonly number[])[], a: number, b: number): boolean =>
  indices[a]!.join() === indices[b]!.join();

/** The model in the functions' names; the functions that have been written out in it. */
export function withKnownFunctions(model: Model): { readonly model: Model; readonly known: readonly Operator[] } {
  const { graph, objective, definitions } = model;
  if (!objective) return { model, known: [] };
  // What is nothing else is derived as it stands, from the first line on.
  const whole = objective.node.shape.length === 0 && definitions.length === 0 ? objective.node : undefined;
  const order = topological([objective.node, ...definitions.map((d) => d.node)], isRecurrence);
  if (!order.some((node) => node !== whole && logistic(graph, node))) return { model, known: [] };
  const rewrite = (node: Node, original: Node): Node => (original === whole ? node : (logistic(graph, node) ?? node));
  const named = overNodes(model, rewrite, isRecurrence);
  return hasRest(order, named) ? { model, known: [] } : { model: named, known: [sigmoid] };
}

/** Whether an e⁻ᶻ is left beside a σ(z), as in what is a derivative already: in both at once digits are lost. */
function hasRest(before: readonly Node[], { objective, definitions }: Model): boolean {
  const taken = new Set(before.flatMap((node) => belowOne(node) ?? []));
  const after = topological([objective!.node, ...definitions.map((d) => d.node)], isRecurrence);
  return after.some((node) => isApply(node, exp) && taken.has(node.args[0]!));
}

/** Its steps have names of their own. */
const isRecurrence = (node: Node): boolean => node.kind === 'recurrence';
