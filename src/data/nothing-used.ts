import { GradusError, nearest } from '../language/diagnostics.ts';
import { givenName } from '../language/names.ts';
import { listed } from '../language/visible.ts';
import type { Wanted, WantedInput } from './assemble.ts';
import type { DataFile } from './data-file.ts';
import { delimiterIn, type SaidDialect } from './dialect.ts';
import { axisOfClasses } from './layout.ts';

/** That a table has no column that an input takes, with what is likely meant. */
export function nothingUsed(wanted: Wanted, file: DataFile, said: SaidDialect): GradusError {
  const { file: name, names, headless } = file;
  const delimiter = names.length === 1 && said.delimiter !== undefined ? delimiterIn(names[0]!) : undefined;
  const inputs = [...wanted.values()].filter((input) => input.role !== 'param' && input.columns === undefined);
  if (delimiter !== undefined) {
    return new GradusError('data', `${name} has one column, ${listed(names)}`, {
      hint: `its cells are separated by another sign: --delimiter ${delimiter}`,
    });
  }
  if (headless) {
    return new GradusError('data', `${name} has no header`, {
      hint: `its first line names the columns: x,y; or they are counted: ${counted(inputs, names.length) ?? "--map 'X=1..2'"}`,
    });
  }
  const message = `no column of ${name} is an input of this source`;
  if (inputs.length === 0) {
    const example = `data ${wanted.size > 0 ? 'x' : givenName(names[0]!)} : [n]`;
    return new GradusError('data', message, { hint: `the source has no data that a column could fill, such as ${example}` });
  }
  return new GradusError('data', message, {
    hint: `it has ${listed(names.map(givenName))}; say what they fill: ${matched(inputs, names)}`,
  });
}

/** Each input by the column that is spelled nearly as it is; where none is, the first by the first. */
function matched(inputs: readonly WantedInput[], names: readonly string[]): string {
  const pairs = inputs.flatMap(({ name }) => {
    const column = nearest(name, names);
    return column === undefined ? [] : [mapping(name, column)];
  });
  return pairs.length > 0 ? pairs.join(' ') : mapping(inputs[0]!.name, names[0]!);
}

/** Columns in their order: as many for each input as its declaration says, and for one that does not say, what is left. */
function counted(inputs: readonly WantedInput[], count: number): string | undefined {
  const wanted = inputs.map(columnsWanted);
  const open = wanted.filter((number) => number === undefined).length;
  const known = wanted.reduce<number>((sum, number) => sum + (number ?? 0), 0);
  if (inputs.length === 0 || open > 1 || known + open > count) return undefined;
  let next = 1;
  return inputs
    .map(({ name }, k) => {
      const from = next;
      next += wanted[k] ?? count - known;
      return `--map ${name}=${next - 1 === from ? from : `${from}..${next - 1}`}`;
    })
    .join(' ');
}

/** How many columns an input takes; undefined where only the names of its lengths are known. */
function columnsWanted(input: WantedInput): number | undefined {
  const { shape } = input;
  if (shape.length < 2 || axisOfClasses(input) !== undefined) return 1;
  const numbers = shape.filter((dim) => typeof dim === 'number');
  return numbers.length === 1 ? numbers[0] : undefined;
}

/** As one types it in a shell, whose signs are kept from it. */
function mapping(input: string, column: string): string {
  const selector = column.includes(',') || column.includes('"') ? `"${column.replaceAll('"', '""')}"` : column;
  const option = `${input}=${selector}`;
  return /^[\p{L}\p{N}_.=+:/@%-]+$/u.test(option) ? `--map ${option}` : `--map '${option.replaceAll("'", "'\\''")}'`;
}
