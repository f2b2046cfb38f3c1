import { evaluate } from '../compile/index.ts';
import type { Sizes } from '../graph/dimension.ts';
import type { Node } from '../graph/node.ts';
import type { BigNumbers } from './big-numbers.ts';
import type { BigNumber } from './decimals.ts';

/** Values of variables by name, in numbers of many digits. */
export type BigValues = ReadonlyMap<string, readonly BigNumber[]>;

/**
 * The step of a difference, relative to the entry. The error of a central difference is of the order of its square;
 * what 64 digits lose by cancellation is the inverse of it. Both leave 40 digits.
 */
const STEP = 1e-20;

/** A kink or a jump within the step: the slopes on both sides differ by more than a smooth function's. */
const KINK = 1e-8;

export const evaluateBig = (roots: readonly Node[], values: BigValues, sizes: Sizes, { arithmetic }: BigNumbers) =>
  evaluate(roots, (v) => ({ shape: [], data: values.get(v.name)! }), sizes, arithmetic).map((v) => v.data);

/** The derivative by differences, [objective…, name…] in row-major order. */
export interface Differences {
  readonly data: readonly BigNumber[];
  /** The slopes from the left and from the right differ: this is no place to compare derivatives. */
  readonly kink: boolean;
}

/** Central differences of the objective by each entry of a name, in numbers of 64 digits. */
export function centralDifferences(
  objective: Node,
  name: string,
  values: BigValues,
  sizes: Sizes,
  numbers: BigNumbers,
): Differences {
  const own = values.get(name)!;
  const at = (moved: BigNumber[]) => evaluateBig([objective], new Map([...values, [name, moved]]), sizes, numbers)[0]!;
  const middle = evaluateBig([objective], values, sizes, numbers)[0]!;
  const data: BigNumber[] = new Array(middle.length * own.length);
  let scale = 0;
  let jump = 0;
  for (let entry = 0; entry < own.length; entry++) {
    const x = own[entry]!;
    const step = x.isZero() ? numbers.from(STEP) : x.abs().times(STEP);
    const right = at(own.with(entry, x.add(step)));
    const left = at(own.with(entry, x.sub(step)));
    for (let k = 0; k < middle.length; k++) {
      const slope = right[k]!.sub(left[k]!).div(step.times(2));
      data[k * own.length + entry] = slope;
      scale = Math.max(scale, slope.abs().toNumber());
      jump = Math.max(jump, right[k]!.sub(middle[k]!).sub(middle[k]!.sub(left[k]!)).div(step).abs().toNumber());
    }
  }
  return { data, kink: !(jump <= KINK * scale || jump < KINK * KINK) };
}
