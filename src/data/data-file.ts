import { GradusError } from '../language/diagnostics.ts';
import { givenName, knownName } from '../language/names.ts';
import { listed } from '../language/visible.ts';
import type { Inputs } from '../numeric/binding.ts';
import type { InputValue } from '../numeric/tensor.ts';

/**
 * The values of a data file, by name, each read when it is asked for. `loose` ones may be more than the model has, as the
 * columns of a table may; they can then be words.
 */
export interface DataFile {
  readonly file: string;
  readonly values: ReadonlyMap<string, () => InputValue>;
  readonly loose: boolean;
}

/** How each kind of data file is read, by the end of its name. */
const READERS: Readonly<Record<string, (text: string, file: string) => DataFile | Promise<DataFile>>> = {
  json: readJson,
  csv: readCsv,
};

/**
 * The values of a data file: JSON, an object of names and arrays; CSV, whose header names its columns, each a vector.
 * @param file the name, which tells what is in it
 * @throws GradusError `usage` for a name that tells nothing, `data` for a text that is not what the name says
 */
export async function dataFile(file: string, read: (file: string) => Promise<string>): Promise<DataFile> {
  const kind = /\.([^.\\/]*)$/.exec(file)?.[1]?.toLowerCase() ?? '';
  const reader = Object.hasOwn(READERS, kind) ? READERS[kind] : undefined;
  if (!reader) {
    throw new GradusError('usage', `cannot tell what kind of data ${file} holds`, {
      hint: `the name of a data file ends in ${Object.keys(READERS)
        .map((end) => `.${end}`)
        .join(' or ')}`,
    });
  }
  return reader((await read(file)).replace(/^\uFEFF/, ''), file);
}

function readJson(text: string, file: string): DataFile {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw new GradusError('data', `${file} is not JSON: ${error instanceof Error ? error.message : error}`);
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    throw new GradusError('data', `${file} does not hold an object`, {
      hint: 'it gives arrays by name: {"X": [[0, 1], [1, 0]]}',
    });
  }
  const values = new Named(file);
  for (const [name, value] of Object.entries(content as Record<string, InputValue>)) values.add(name, () => value);
  return { file, values: values.byName, loose: false };
}

async function readCsv(text: string, file: string): Promise<DataFile> {
  const { parse, CsvError } = await import('csv-parse/sync');
  let rows: string[][];
  try {
    rows = parse(text, { skip_empty_lines: true, trim: true });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new GradusError('data', `${file} is not a table: ${error.message}`);
  }
  const [header = [], ...lines] = rows;
  if (lines.length === 0) throw new GradusError('data', `${file} has no rows below its header`);
  if (header.some((name) => name !== '' && !Number.isNaN(Number(name)))) {
    throw new GradusError('data', `${file} has no header`, { hint: 'its first line names the columns: x,y' });
  }
  const values = new Named(file);
  header.forEach((name, column) => {
    // A flat array takes the shape that is declared: a vector, or one row.
    values.add(name, () => Float64Array.from(lines, (line, row) => numberIn(line[column]!, { name, row, file })));
  });
  return { file, values: values.byName, loose: true };
}

/** The values of a file by the names that a source knows them by. */
class Named {
  readonly byName = new Map<string, () => InputValue>();
  private readonly spellings = new Map<string, string>();
  private readonly file: string;

  constructor(file: string) {
    this.file = file;
  }

  /** @throws GradusError `data` for a name that the file has already */
  add(spelling: string, value: () => InputValue): void {
    const name = givenName(spelling);
    const other = this.spellings.get(name);
    if (other !== undefined) {
      const what = other === spelling ? `two columns ${name}` : `columns ${other} and ${spelling}, which are one name`;
      throw new GradusError('data', `${this.file} has ${what}`);
    }
    this.spellings.set(name, spelling);
    this.byName.set(name, value);
  }
}

function numberIn(cell: string, { name, row, file }: { name: string; row: number; file: string }): number {
  const value = cell === '' ? Number.NaN : Number(cell);
  if (Number.isNaN(value) && cell.toLowerCase() !== 'nan') {
    throw new GradusError('data', `${file}: row ${row + 1} of ${name} is ${cell === '' ? 'empty' : `“${cell}”`}, not a number`);
  }
  return value;
}

/**
 * The values of several files together, later ones first to be believed.
 * @param names what the source has; columns of a table that it does not have are left out, and told
 */
export function merged(files: readonly DataFile[], names: Iterable<string>, warn: (text: string) => void): Inputs {
  const result: Record<string, InputValue> = Object.create(null);
  const known = new Set(names);
  for (const { file, values, loose } of files) {
    const unused: string[] = [];
    for (const [spelling, value] of values) {
      const name = knownName(spelling, known);
      if (loose && !known.has(name)) unused.push(name);
      else result[name] = value();
    }
    if (loose && unused.length === values.size)
      throw new GradusError('data', `no column of ${file} is an input of this source`, { hint: `it has ${listed(unused)}` });
    if (unused.length > 0) warn(`${file}: not used: ${listed(unused)}`);
  }
  return result;
}
