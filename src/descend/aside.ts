import { sizeOf } from '../graph/dimension.ts';
import { GradusError } from '../language/diagnostics.ts';
import type { Model } from '../model/model.ts';
import { random } from '../numeric/random.ts';
import { axisOf, exampleAxis, shuffle } from './batches.ts';
import type { TrainOptions } from './options.ts';
import { gathered } from './slices.ts';
import type { Examples } from './watch.ts';

/** The examples that are learned from, and those put aside. */
interface Divided {
  readonly training: Examples;
  readonly validation?: Examples;
  readonly test?: Examples;
}

/**
 * Puts examples aside, drawn by the seed: a share to watch the cost on, a share for the end, which stays the same whatever is
 * watched.
 * @throws GradusError `usage` for shares that leave nothing to learn from, or are less than one example
 */
export function divided(model: Model, all: Examples, options: TrainOptions & { readonly seed: number }): Divided {
  const { validation = 0, test = 0, seed } = options;
  if (validation === 0 && test === 0) return { training: all };
  const axis = exampleAxis(model, options.batchAxis);
  const examples = sizeOf(axis, all.binding.sizes);
  const counts = [test, validation].map((share) => Math.round(share * examples)) as [number, number];
  for (const [k, share] of [test, validation].entries()) {
    if (share > 0 && counts[k] === 0)
      throw new GradusError('usage', `${share} of ${examples} examples is none`, { hint: 'put a larger share aside' });
  }
  const rest = examples - counts[0] - counts[1];
  if (rest < 1)
    throw new GradusError('usage', `of ${examples} examples none is left to learn from`, {
      hint: 'validation and test are shares that together are less than 1',
    });
  const order = Uint32Array.from({ length: examples }, (_, k) => k);
  // Another stream than the initializers' and the batches'.
  shuffle(order, random(seed ^ 0xa51de));
  // Those put aside keep the order in which they were given, as the others do.
  const part = (from: number, count: number) => taken(model, all, axis, order.slice(from, from + count).sort());
  return {
    training: part(counts[0] + counts[1], rest),
    ...(counts[1] > 0 && { validation: part(counts[0], counts[1]) }),
    ...(counts[0] > 0 && { test: part(0, counts[0]) }),
  };
}

/** Some of the examples. */
function taken(model: Model, { binding, values }: Examples, axis: string, order: Uint32Array): Examples {
  const sizes = new Map([...binding.sizes, [axis, order.length]]);
  const cut = [...values].map(([name, numbers]): [string, ArrayLike<number>] => {
    const input = model.inputs.get(name)!;
    const along = input.role === 'param' ? undefined : axisOf(input, axis);
    if (along === undefined) return [name, numbers];
    const shape = input.shape.map((dim) => sizeOf(dim, binding.sizes));
    return [name, gathered(numbers, shape, along, order)];
  });
  return { binding: { ...binding, sizes }, values: new Map(cut) };
}
