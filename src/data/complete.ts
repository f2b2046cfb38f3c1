import { GradusError } from '../language/diagnostics.ts';
import type { InputValue, Tensor } from '../numeric/tensor.ts';
import type { Reading, WantedInput } from './assemble.ts';
import type { Column } from './column.ts';
import type { DataFile } from './data-file.ts';
import { gapIn, gapOf, gapsAlong, missingSays } from './gaps.ts';
import { axisOfClasses } from './layout.ts';

/** Which examples have all of their values. */

/** What fills an input: columns of its file, or an array that is taken as it is. */
export interface Filled {
  readonly input: WantedInput;
  readonly file: DataFile;
  readonly columns?: readonly Column[] | undefined;
  /** An array of data that are learned from. */
  readonly array?: Tensor | undefined;
  /** The same as it stands in the file. */
  readonly written?: InputValue | undefined;
}

/** Rows that are kept, of how many, and what they are rows of. */
export interface Kept {
  readonly rows: Uint32Array;
  readonly of: number;
  readonly members: ReadonlySet<Filled>;
  /** The name of the length that counts them, where the source has one. */
  readonly dim?: string | undefined;
}

/**
 * The rows of a file that have every value; undefined for all.
 * @throws GradusError `data` at the first that has not, where none may be left out
 */
export function completeRows(file: DataFile, filled: readonly Filled[], reading: Reading): Kept | undefined {
  const lacking = filled.filter(({ columns = [], array }) => columns.some(hasMissing) || (array && gapIn(array)));
  if (lacking.length === 0) return undefined;
  const examples = reading.missing === 'drop' ? examplesOf(file, filled) : undefined;
  if (!examples) throw incomplete(file, lacking, reading);
  const { length, dim, members } = examples;
  const others = lacking.filter((one) => !members.has(one));
  if (others.length > 0) throw incomplete(file, others, reading);
  const without = new Set<number>();
  for (const { input, columns = [], array } of lacking) {
    for (const column of columns) for (const row of column.missing()) without.add(row);
    if (array) for (const row of gapsAlong(array, input.shape.indexOf(dim!))) without.add(row);
  }
  if (without.size === length && !reading.mayBeNone) throw noRow(file.file);
  return { rows: Uint32Array.from({ length }, (_, row) => row).filter((row) => !without.has(row)), of: length, dim, members };
}

export const noRow = (file: string): GradusError => new GradusError('data', `${file} has no row with all of its values`);

const hasMissing = (column: Column): boolean => column.missing().next().done !== true;

type Examples = Pick<Kept, 'members' | 'dim'> & { readonly length: number };

/**
 * What has a part for each example of a file, and how many there are: the columns of a table, or what has the length of its
 * vectors, or else the first length of all its arrays. Undefined where that cannot be told.
 */
function examplesOf({ isTable }: DataFile, filled: readonly Filled[]): Examples | undefined {
  const filling = filled.filter(({ columns, array }) => columns || array);
  const vectors = filling.flatMap(({ input }) => countedBy(input, 1));
  const dims = new Set(vectors.length > 0 ? vectors : filling.flatMap(({ input }) => countedBy(input, Number.POSITIVE_INFINITY)));
  const [dim] = dims;
  const isNamed = !isTable && dims.size === 1;
  // Lists that no array stands beside are columns, however they are declared.
  if (!isNamed && filling.some(({ array }) => array)) return undefined;
  const members = isNamed ? filling.filter(({ input }) => input.shape.includes(dim!)) : filling;
  const lengths = new Set(
    members.flatMap(({ input, columns, array }) =>
      columns
        ? columns.map(({ length }) => length)
        : [array!.shape.length === input.shape.length ? array!.shape[input.shape.indexOf(dim!)]! : Number.NaN],
    ),
  );
  const [length] = lengths;
  if (lengths.size !== 1 || Number.isNaN(length)) return undefined;
  return { length: length!, members: new Set(members), ...(isNamed && { dim }) };
}

/** The name of the first length of an input of so many axes; of a one-hot one that which is not of the classes. */
function countedBy(input: WantedInput, most: number): readonly string[] {
  const classes = axisOfClasses(input);
  const dims = input.shape.filter((dim, axis) => axis !== classes && dim !== 1);
  const [dim] = dims;
  return dims.length <= most && typeof dim === 'string' ? [dim] : [];
}

const FILL_ITSELF = 'fill it in, or leave out the example that it belongs to';
const FILL = 'fill it in: along which axis the examples of the file lie cannot be told';

/** That a value is missing: the first in a column, or in an array. */
function incomplete(file: DataFile, lacking: readonly Filled[], { missing, isProgram }: Reading): GradusError {
  const lacks = new Map<number, Column>();
  for (const column of new Set(lacking.flatMap(({ columns = [] }) => columns)))
    for (const row of column.missing()) if (!lacks.has(row)) lacks.set(row, column);
  const fill = isProgram ? FILL_ITSELF : missing === 'drop' ? FILL : undefined;
  const array = lacking.find((one) => one.array);
  if (lacks.size === 0) return gapOf(gapIn(array!.written)!, array!.input.name, file.file, fill);
  let first = Number.POSITIVE_INFINITY;
  for (const row of lacks.keys()) first = Math.min(first, row);
  const column = lacks.get(first)!;
  const hint =
    lacks.size === 1
      ? 'fill it in, or leave its row out with --missing drop'
      : `fill it in, or leave out with --missing drop the ${lacks.size} rows that lack a value`;
  const says = missingSays(column.name, column.wordAt(first) ?? '');
  return new GradusError('data', `${file.file}, ${file.place(first)}: ${says}`, { hint: fill ?? hint });
}

/** @throws GradusError `data` where rows are left out of one file, and another one goes on counting them */
export function refuseShifted(filled: readonly Filled[], keptOf: ReadonlyMap<DataFile, Kept | undefined>): void {
  const short = filled.find(({ file }) => keptOf.get(file))?.file;
  if (!short) return;
  const { dim } = keptOf.get(short)!;
  const other = filled.find(
    ({ file, input, columns, array }) => file !== short && (columns || (array && dim !== undefined && input.shape.includes(dim))),
  )?.file;
  if (!other) return;
  throw new GradusError('data', `rows left out of ${short.file} would no longer stand beside those of ${other.file}`, {
    hint: 'bring the columns together in one file',
  });
}
