import { GradusError } from '../language/diagnostics.ts';
import { all, begun, type Open, unpacked } from './bytes.ts';
import { DataFile } from './data-file.ts';
import type { SaidDialect } from './dialect.ts';
import { asUtf8, textOf } from './encoding.ts';
import { jsonOf, linesOf } from './json.ts';
import { isNpy, npyOf } from './npy.ts';
import { isZip, npzOf } from './npz.ts';
import { type Table, tableOf, tablesOf } from './table.ts';

/** How a kind of file is read: as a whole, and where it consists of rows, some rows at a time. */
interface Format {
  readonly read: (bytes: AsyncIterable<Uint8Array>, file: string, said?: SaidDialect) => Promise<DataFile>;
  readonly tables?: (bytes: AsyncIterable<Uint8Array>, file: string, rows: number, said?: SaidDialect) => AsyncGenerator<Table>;
}

const table: Format = {
  read: async (bytes, file, said) => DataFile.ofTable(file, await tableOf(await asUtf8(bytes, file), file, said)),
  async *tables(bytes, file, rows, said) {
    yield* tablesOf(await asUtf8(bytes, file), file, rows, said);
  },
};

const json: Format = {
  async read(bytes, file) {
    const text = await textOf(await asUtf8(bytes, file));
    if (text.trim() === '') throw new GradusError('data', `${file} is empty`);
    const content = jsonOf(text, file);
    return 'table' in content ? DataFile.ofTable(file, content.table) : DataFile.ofRecord(file, content.record);
  },
};

const lines: Format = {
  async read(bytes, file) {
    for await (const found of linesOf(await asUtf8(bytes, file), file)) return DataFile.ofTable(file, found);
    throw new GradusError('data', `${file} is empty`);
  },
  async *tables(bytes, file, rows) {
    yield* linesOf(await asUtf8(bytes, file), file, rows);
  },
};

/** One array has no name but that of its file, `X.npy`; where that is none of a source, it fills what has no value. */
const npy: Format = {
  async read(bytes, file) {
    const array = npyOf(await all(bytes), file);
    const name = /([^\\/]+?)(?:\.npy)?(?:\.gz)?$/i.exec(file)?.[1] ?? file;
    return DataFile.ofArrays(file, new Map([[name, () => array]]), { isLone: true });
  },
};

const npz: Format = {
  read: async (bytes, file) => DataFile.ofArrays(file, await npzOf(await all(bytes), file)),
};

/** The only list of formats, by the ends of names. */
const FORMATS: Readonly<Record<string, Format>> = {
  csv: table,
  tsv: table,
  tab: table,
  txt: table,
  dat: table,
  data: table,
  json,
  jsonl: lines,
  ndjson: lines,
  npy,
  npz,
};

/** Whether a name is that of a data file. */
export const isDataFile = (file: string): boolean => Object.hasOwn(FORMATS, endOf(file));

/** Whether the name of a file is that of a table, whose rows can be read some at a time. */
export const hasRows = (file: string): boolean => isDataFile(file) && FORMATS[endOf(file)]!.tables !== undefined;

const endOf = (file: string): string => /\.([^.\\/]*)$/.exec(file.replace(/\.gz$/i, ''))?.[1]?.toLowerCase() ?? '';

/**
 * What a file holds: one without a telling name, such as standard input or `/dev/fd/63`, or one that is called otherwise.
 * @param named the kind that its name says
 */
async function formatOf(
  bytes: AsyncIterable<Uint8Array>,
  named: Format | undefined,
): Promise<readonly [Format, AsyncIterable<Uint8Array>]> {
  const start = await begun(bytes, 1 << 16);
  const { head } = start;
  if (isNpy(head)) return [npy, start.bytes];
  if (isZip(head)) return [npz, start.bytes];
  const text = new TextDecoder('utf-8').decode(head, { stream: true }).trimStart();
  // A list, or an object: a JSON text, or several, one a line.
  if (!named) return [/^[[{]/.test(text) ? json : table, start.bytes];
  if (named === table && /^(?:\[\s*)?\{\s*"/.test(text)) return [json, start.bytes];
  return [named === json && isTable(text) ? table : named, start.bytes];
}

/** Whether the first two lines are rows, and no JSON. */
function isTable(text: string): boolean {
  const [first = '', second = ''] = text.split(/\r?\n/, 2);
  return (
    !/^[[{]/.test(first) &&
    [',', ';', '\t'].some((sign) => first.includes(sign) && first.split(sign).length === second.split(sign).length)
  );
}

async function opened(file: string, open: Open): Promise<readonly [Format, AsyncIterable<Uint8Array>]> {
  const end = endOf(file);
  const format = Object.hasOwn(FORMATS, end) ? FORMATS[end] : undefined;
  if (!format && end !== '') {
    throw new GradusError('usage', `cannot tell what kind of data ${file} holds`, {
      hint: `the name of a data file ends in ${Object.keys(FORMATS)
        .map((end) => `.${end}`)
        .join(', ')}, or one of these and .gz`,
    });
  }
  return formatOf(await unpacked(open(file), file), format);
}

/**
 * What a data file holds. Its name, or its beginning, says what kind of file it is; delimiter, decimal sign,
 * encoding and packing are found.
 * @param said how tables are written, where that is not to be found
 * @throws GradusError `usage` for a name that tells nothing, `data` with the place for what cannot be read
 */
export async function dataFile(file: string, open: Open, said?: SaidDialect): Promise<DataFile> {
  const [{ read }, bytes] = await opened(file, open);
  return read(bytes, file, said);
}

/**
 * The rows of a table so many at a time: a file of any length in constant memory.
 * @throws GradusError `data` as `dataFile`, and for a format that has no rows
 */
export async function* tableBatches(file: string, open: Open, rows: number, said?: SaidDialect): AsyncGenerator<DataFile> {
  const [{ tables }, bytes] = await opened(file, open);
  if (!tables) {
    throw new GradusError('data', `${file} cannot be read some rows at a time`, {
      hint: 'tables can: CSV, TSV and JSON lines',
    });
  }
  for await (const found of tables(bytes, file, rows, said)) yield DataFile.ofTable(file, found);
}
