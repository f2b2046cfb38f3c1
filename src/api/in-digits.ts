import type { Node } from '../graph/node.ts';
import { attempt } from '../language/attempt.ts';
import { lazily } from '../language/lazily.ts';
import type { Model } from '../model/model.ts';
import { bind, type Inputs } from '../numeric/binding.ts';
import { resolveValues } from '../numeric/start.ts';
import { bigNumbers } from '../verify/big-numbers.ts';
import { work } from '../verify/cost.ts';
import type { BigNumber } from '../verify/decimals.ts';
import { type BigValues, evaluateBig } from '../verify/differences.ts';

/** Products of 64-digit numbers that may be spent on one quantity. */
const MOST_WORK = 1e5;

/** A quantity in 64 digits; undefined where that would take long, or a function is not there. */
export type InDigits = (node: Node) => readonly BigNumber[] | undefined;

export function inDigitsAt(model: Model, inputs: Inputs): InDigits {
  const known = lazily(() => {
    const binding = bind(model, inputs);
    const digits = bigNumbers();
    const numbers = resolveValues(model, binding, [], { defaults: true });
    const values: BigValues = new Map([...numbers].map(([name, data]) => [name, Array.from(data, digits.from)]));
    return { values, sizes: binding.sizes, digits };
  });
  return (node) => {
    const { values, sizes, digits } = known();
    return work([node], sizes) > MOST_WORK ? undefined : attempt(() => evaluateBig([node], values, sizes, digits)[0]!);
  };
}
