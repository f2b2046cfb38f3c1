import type { Step } from '../../derivation/steps.ts';
import type { Graph } from '../../graph/graph.ts';
import type { Node } from '../../graph/node.ts';
import { type Fraction, isNegative } from '../../graph/rational.ts';
import { topological } from '../../graph/traverse.ts';
import { namesWithin } from '../../language/parts.ts';
import type { Expr } from '../../language/tree.ts';
import { sign } from '../../operators/kinked.ts';
import type { Operator } from '../../operators/operator.ts';
import { pow } from '../../operators/power.ts';
import { Reader } from '../../reading/read.ts';
import type { Slip } from './slips.ts';

/** In which step of the derivation a slip belongs. */

/**
 * The steps that a claim works out, in the order of the derivation: that of what is claimed, and those behind it. What the
 * claim names it takes as it is, and what is behind that.
 * @param target the step of what is claimed
 * @param named the names that stand in the claim
 */
export function workedOut(steps: readonly Step[], target: Step, named: ReadonlySet<string>): readonly Step[] {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const found = new Set<Step>();
  const open = [target];
  for (let step = open.pop(); step; step = open.pop()) {
    if (found.has(step)) continue;
    found.add(step);
    for (const id of step.uses) {
      const used = byId.get(id);
      if (used && !named.has(used.target)) open.push(used);
    }
  }
  return steps.filter((step) => found.has(step));
}

/** The step that brings what a slip has left out, put in or turned round; undefined where none does. */
export function stepOfSlip(
  { cause, function: operator, quantity, number }: Pick<Slip, 'cause' | 'function' | 'quantity' | 'number'>,
  steps: readonly Step[],
): Step | undefined {
  if (cause === 'sign') return steps.find(({ after }) => isNegated(after)) ?? steps.find(bringsSign);
  if (operator) return steps.find(hasRule(operator));
  if (quantity) return steps.find(({ after }) => partsOf(after).includes(quantity));
  // Or it is that of a power's derivative, which another number has cancelled.
  return number && (steps.find(({ after }) => partsOf(after).some(isTimes(number))) ?? steps.find(hasRule(pow)));
}

/** The step that is made of what should stand in the claim, the nearest to what is claimed first. */
export function stepWith(g: Graph, right: Expr, steps: readonly Step[]): Step | undefined {
  const wanted = [...namesWithin(right)];
  return steps.findLast(({ after }) => {
    const names = namesWithin(Reader.of(g).readAtSteps(after));
    return wanted.every((name) => names.has(name));
  });
}

/** Down to the names in it. */
const partsOf = (node: Node): Node[] => topological([node], (n) => n.kind === 'definition');

const hasRule =
  (operator: Operator) =>
  ({ rules }: Step): boolean =>
    rules.some(({ id }) => id === operator);

const isTimes = (number: Fraction) => {
  const [size, inverse] = [number.abs(), number.inverse().abs()];
  return (node: Node): boolean => node.kind === 'contraction' && [size, inverse].some((q) => node.coefficient.abs().equals(q));
};

/** A product with a sign in front, or a sum of such. */
const isNegated = (node: Node): boolean =>
  node.kind === 'contraction'
    ? isNegative(node.coefficient) !== node.factors.some(isNegated)
    : node.kind === 'sum' && node.terms.every(isNegated);

/** A sign comes in somewhere: by a negative factor, or by the slope of |u|. */
const bringsSign = ({ after }: Step): boolean =>
  partsOf(after).some(
    (n) => (n.kind === 'contraction' && isNegative(n.coefficient)) || (n.kind === 'apply' && n.operator === sign),
  );
