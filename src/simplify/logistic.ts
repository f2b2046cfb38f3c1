import { constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import type { Contraction, Node } from '../graph/node.ts';
import { isMinusOne, isNegative, isOne } from '../graph/rational.ts';
import { exp, pow } from '../operators/power.ts';
import type { Rule } from './rule.ts';

/** e⁻ᵘ/(1 + e⁻ᵘ) as 1/(1 + eᵘ), which has one exponential. */
function turnedOver(g: Graph, node: Contraction): Node | undefined {
  for (const [k, below] of node.factors.entries()) {
    const power = divisorOf(below);
    const other = power && node.factors.findIndex((f, at) => f === power && node.indices[at]!.join() === node.indices[k]!.join());
    if (!power || other === undefined || other < 0) continue;
    const flipped = g.apply(pow, g.add([g.constant(1, power.shape), g.apply(exp, g.neg(power.args[0]!))]), g.constant(-1));
    const kept = <T>(list: readonly T[]): T[] => list.filter((_, at) => at !== other);
    return g.contract({ ...node, factors: kept(node.factors.with(k, flipped)), indices: kept(node.indices) });
  }
  return undefined;
}

/** e⁻ᵘ of 1/(1 + e⁻ᵘ). */
function divisorOf(factor: Node) {
  if (factor.kind !== 'apply' || factor.operator !== pow) return undefined;
  const [sum, exponent] = factor.args as [Node, Node];
  const p = constantOf(exponent);
  if (!p || !isMinusOne(p) || sum.kind !== 'sum' || sum.terms.length !== 2) return undefined;
  const [one, power] = constantOf(sum.terms[0]!) ? sum.terms : sum.terms.toReversed();
  const c = constantOf(one!);
  if (!c || !isOne(c) || power!.kind !== 'apply' || power!.operator !== exp) return undefined;
  const u = power!.args[0]!;
  return u.kind === 'contraction' && isNegative(u.coefficient) ? power! : undefined;
}

export const LOGISTIC: Rule<'contraction'> = {
  name: 'a logistic function with one exponential',
  when: 'always: the exponential is not 0',
  examples: [['exp(-x)/(1 + exp(-x))', '1/(1 + exp(x))']],
  kind: 'contraction',
  apply: turnedOver,
};
