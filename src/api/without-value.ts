import type { Measured } from '../derivation/numbers.ts';
import type { Node } from '../graph/node.ts';
import { attempt } from '../language/attempt.ts';
import { lazily } from '../language/lazily.ts';
import type { Model } from '../model/model.ts';
import { bind, type Inputs } from '../numeric/binding.ts';
import { resolveValues } from '../numeric/start.ts';
import { bigNumbers } from '../verify/big-numbers.ts';
import { work } from '../verify/cost.ts';
import { type BigValues, evaluateBig } from '../verify/differences.ts';

/** Products of 64-digit numbers that may be spent on one quantity. */
const MOST_WORK = 1e5;

/** What is no finite double has no value, as log(−1), or one that is beyond doubles, as exp(1000). */
export type Missing = 'none' | 'beyond';

/** Of each quantity, whether numbers of it are missing, and why. */
export function withoutValue(model: Model, quantities: readonly Measured[], inputs: Inputs): (Missing | undefined)[] {
  const known = lazily(() => {
    const binding = bind(model, inputs);
    const digits = bigNumbers();
    const numbers = resolveValues(model, binding, [], { defaults: true });
    const values: BigValues = new Map([...numbers].map(([name, data]) => [name, Array.from(data, digits.from)]));
    return { values, sizes: binding.sizes, digits };
  });
  const inDigits = (node: Node): Missing | undefined => {
    const { values, sizes, digits } = known();
    if (work([node], sizes) > MOST_WORK) return undefined;
    const found = attempt(() => evaluateBig([node], values, sizes, digits)[0]!);
    return found && (found.every((x) => x.isFinite()) ? 'beyond' : 'none');
  };
  return quantities.map(({ node, data }) => {
    const numbers = Array.from(data);
    if (numbers.every(Number.isFinite)) return undefined;
    return inDigits(node) ?? (numbers.some(Number.isNaN) ? 'none' : 'beyond');
  });
}
