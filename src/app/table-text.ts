import { GradusError } from '../language/diagnostics.ts';
import { plainNumber, shapeOf, type Value } from '../numeric/value-text.ts';

/**
 * Values as a table, a line for each example: a vector is a column of its name, a matrix one for each of its rows, or of its
 * columns, whichever are not counted by the lines.
 * @throws GradusError `usage` for values of different lengths, or of more than two axes
 */
export function tableText(rows: readonly (readonly [string, Value])[]): string {
  const examples = rows.reduce((most, [, value]) => Math.max(most, ...shapeOf(value)), 1);
  const columns = rows.flatMap(([name, value]) => columnsOf(name, value, examples));
  const lines = Array.from({ length: examples }, (_, k) => columns.map(({ at }) => plainNumber(at(k))).join(','));
  return `${[columns.map(({ name }) => name).join(','), ...lines].join('\n')}\n`;
}

interface Column {
  readonly name: string;
  readonly at: (line: number) => number;
}

function columnsOf(name: string, value: Value, examples: number): Column[] {
  if (typeof value === 'number') return [{ name, at: () => value }];
  const { data } = value;
  const [rows = 1, columns = 1, ...more] = value.shape;
  const refused = new GradusError('usage', `${name} is ${value.shape.join('×')}: no table of ${examples} lines has it`, {
    hint: 'write it to a file that ends in .json',
  });
  if (more.length > 0) throw refused;
  const single = rows === 1 || columns === 1;
  if (columns === examples && !(rows === examples && columns === 1))
    return Array.from({ length: rows }, (_, r) => ({
      name: single ? name : `${name}${r + 1}`,
      at: (k: number) => data[r * columns + k]!,
    }));
  if (rows === examples)
    return Array.from({ length: columns }, (_, c) => ({
      name: single ? name : `${name}${c + 1}`,
      at: (k: number) => data[k * columns + c]!,
    }));
  throw refused;
}
