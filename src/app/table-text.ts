import { GradusError } from '../language/diagnostics.ts';
import { plainNumber, shapeOf, type Value } from '../numeric/value-text.ts';

/** A named value of a table, and which of its axes the lines count, if one of them counts examples. */
export interface Told {
  readonly name: string;
  readonly value: Value;
  readonly lines: number | undefined;
}

/**
 * Values as a table, a line for each example: a vector is a column of its name, a matrix one for each place beside the axis
 * that counts examples; where none does, the rows of an array are lines.
 * @throws GradusError `usage` for arrays of different lengths, or of more than two axes
 */
export function tableText(told: readonly Told[]): string {
  const lengths = told.flatMap(({ value, lines = 0 }) => shapeOf(value).slice(lines, lines + 1));
  const count = lengths[0] ?? 1;
  const columns = told.flatMap((one) => columnsOf(one, count));
  const lines = Array.from({ length: count }, (_, k) => columns.map(({ at }) => plainNumber(at(k))).join(','));
  return `${[columns.map(({ name }) => name).join(','), ...lines].join('\n')}\n`;
}

interface Column {
  readonly name: string;
  readonly at: (line: number) => number;
}

function columnsOf({ name, value, lines = 0 }: Told, count: number): Column[] {
  if (typeof value === 'number') return [{ name, at: () => value }];
  const { data, shape } = value;
  const [rows = 1, columns = 1] = shape;
  if (shape.length > 2 || shape[lines] !== count)
    throw new GradusError('usage', `${name} is ${shape.join('×')}: no table of ${count} lines has it`, {
      hint: 'write it to a file that ends in .json',
    });
  const others = lines === 0 ? columns : rows;
  return Array.from({ length: others }, (_, other) => ({
    name: others === 1 ? name : `${name}${other + 1}`,
    at: (line: number) => data[lines === 0 ? line * columns + other : other * columns + line]!,
  }));
}
