import { came, isRecord } from '../language/came.ts';
import { GradusError } from '../language/diagnostics.ts';
import { type Inputs, recordOf } from '../numeric/binding.ts';
import { flatten } from '../numeric/tensor.ts';
import { type Assembled, assembled, labelColumns, type Reading, type Wanted } from './assemble.ts';
import type { Open } from './bytes.ts';
import { type Classes, classNames, ordered } from './labels.ts';
import { tableBatches } from './read.ts';
import { isScalable, Moments, type Scaling } from './scale.ts';

/** Data that come a batch at a time, from their beginning whenever it is called. */
export type Batches = () => AsyncGenerator<Inputs>;

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
      throw new GradusError('argument', 'the batches can be gone through once only, and there is another epoch', {
        hint: 'give a list, or a function that returns them anew: () => batches()',
      });
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

/** What is to be known of a file before it is read a batch at a time. */
export interface Survey {
  readonly rows: number;
  readonly dropped: number;
  readonly classes: Readonly<Record<string, Classes>>;
  /** Of each input that may be scaled. */
  readonly scaling: Readonly<Record<string, Scaling>>;
  readonly rowAxes: Readonly<Record<string, number>>;
}

/** Rows that are looked at together. */
const TOGETHER = 4096;

/**
 * Goes through a file once, however long it is: how many rows there are, the classes of labels, means and deviations. What
 * is wrong with the file is found here.
 * @throws GradusError `data` as `assembled`
 */
export async function surveyed(
  wanted: Wanted,
  file: string,
  open: Open,
  reading: Reading,
  warn?: (text: string) => void,
): Promise<Survey> {
  const labels = new Map<string, Set<string>>();
  const targets = new Map<string, ReturnType<typeof labelColumns>[number]>();
  const moments = new Map<string, Moments>();
  let rowAxes: Survey['rowAxes'] = {};
  let [rows, dropped] = [0, 0];
  for await (const part of tableBatches(file, open, TOGETHER)) {
    for (const label of labelColumns(wanted, part, reading)) {
      const found = labels.get(label.target.name) ?? new Set();
      for (const name of classNames(label.column, part.file, part.place)) found.add(name);
      labels.set(label.target.name, found);
      targets.set(label.target.name, label);
    }
    // Of the classes only their names are to be known yet.
    const classes = Object.fromEntries([...labels].map(([name, found]) => [name, [...found]]));
    const now = assembled(
      wanted,
      [part],
      { ...reading, classes },
      rows + dropped === 0 ? (text) => isOfRows(text) || warn?.(text) : undefined,
    );
    rowAxes = now.rowAxes;
    dropped += now.dropped;
    rows += (part.column(0)?.length ?? 0) - now.dropped;
    for (const [name, axis] of Object.entries(rowAxes)) {
      const input = wanted.get(name)!;
      if (!isScalable(input)) continue;
      const { data, shape = flatShape(input.shape.length, axis, data.length) } = flatten(now.inputs[name], name);
      const columns = data.length / (shape[axis] ?? 1);
      const known = moments.get(name) ?? new Moments(columns, axis);
      known.add(data, shape);
      moments.set(name, known);
    }
  }
  if (dropped > 0) warn?.(`${file}: ${dropped} of ${rows + dropped} rows left out, which lack a value`);
  const classes = [...labels].map(([name, found]) => {
    const { target, column } = targets.get(name)!;
    return [name, ordered(found, target, column.name, file)] as const;
  });
  const scaling = [...moments].map(([name, known]) => [name, known.scaling()] as const);
  return { rows, dropped, classes: Object.fromEntries(classes), scaling: Object.fromEntries(scaling), rowAxes };
}

/** How many rows a part leaves out is told of the whole. */
const isOfRows = (text: string): boolean => / rows left out, /.test(text);

/** A flat array lies along one axis. */
const flatShape = (rank: number, axis: number, length: number): number[] =>
  Array.from({ length: Math.max(1, rank) }, (_, k) => (k === axis ? length : 1));

/**
 * The values of a model's inputs from a file of any length, so many rows at a time, in constant memory.
 * @param reading with the classes of labels, as `surveyed` finds them
 * @throws GradusError `data` as `assembled`
 */
export async function* fileBatches(
  wanted: Wanted,
  file: string,
  open: Open,
  rows: number,
  reading: Reading,
): AsyncGenerator<Assembled> {
  for await (const part of tableBatches(file, open, rows)) yield assembled(wanted, [part], reading);
}
