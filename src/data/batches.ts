import { came, isRecord } from '../language/came.ts';
import { GradusError } from '../language/diagnostics.ts';
import { type Inputs, recordOf } from '../numeric/binding.ts';

/** Data that come a batch at a time, from their beginning whenever it is called. */
export type Batches = () => AsyncGenerator<Inputs>;

/** Whether batches can be gone through more than once: a list, or what a function returns anew. */
export const isRepeatable = (data: unknown): boolean => typeof data === 'function' || (isIterable(data) && !isSpent(data));

/** That batches are gone, where they are needed again. */
export const onceOnly = (): GradusError =>
  new GradusError(
    'argument',
    'the batches can be gone through once only, and each epoch is a pass, the cost at the end another',
    {
      hint: 'give a list, or a function that returns them anew: () => batches()',
    },
  );

/**
 * The batches that data are: an iterable of objects, one that has to be waited for, or a function that returns one.
 * @returns undefined for values by name, which are all there at once
 * @throws GradusError `argument`, while they come, for a batch that is no object of values by name, and where what can be
 * gone through once is to be gone through again
 */
export function batchesOf(data: unknown): Batches | undefined {
  if (data instanceof Map || isRecordOfValues(data) || (typeof data !== 'object' && typeof data !== 'function')) return undefined;
  let before: unknown;
  return async function* () {
    const source: unknown = typeof data === 'function' ? data() : data;
    if (!isIterable(source)) {
      throw new GradusError('argument', `the data are ${came(source)}, not batches`, {
        hint: 'a batch is an object of values by name; several are a list, or another iterable',
      });
    }
    if (source === before && isSpent(source)) {
      throw onceOnly();
    }
    before = source;
    let number = 0;
    for await (const batch of source) {
      number++;
      if (!isRecord(batch) && !(batch instanceof Map))
        throw new GradusError('argument', `batch ${number} is ${came(batch)}, not an object of values by name`);
      yield recordOf(batch as Inputs);
    }
    if (number === 0) throw new GradusError('argument', 'there is no batch among the data');
  };
}

/**
 * The first of some batches, and all of them: what can be gone through once is, though its first was looked at.
 * @throws GradusError `argument` as `batchesOf`
 */
export async function looked(batches: Batches): Promise<{ readonly batches: Batches; readonly first: Inputs }> {
  let begun: AsyncGenerator<Inputs> | undefined = batches();
  const { value } = await begun.next();
  const first = value as Inputs;
  return {
    first,
    batches: async function* () {
      const rest = begun;
      begun = undefined;
      if (rest) yield first;
      yield* rest ?? batches();
    },
  };
}

type Iterables = Iterable<unknown> | AsyncIterable<unknown>;

const isIterable = (value: unknown): value is Iterables =>
  typeof value === 'object' && value !== null && (Symbol.iterator in value || Symbol.asyncIterator in value);

/** A generator is its own iterator: it goes on where it was. */
function isSpent(source: Iterables): boolean {
  const iterator = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
  return (iterator as unknown) === source;
}

/** An object of values by name, which no iterable is. */
const isRecordOfValues = (data: unknown): boolean => data === null || (isRecord(data) && !isIterable(data));
