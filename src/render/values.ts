/** A named quantity with its formula and its numbers, row-major. */
export interface Quantity {
  readonly label: string;
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

/** Wider arrays are cut, with a mark that they are. */
const MOST_COLUMNS = 8;
const MOST_ROWS = 6;

/** Numbers beside their formulas: a line for each row of an array, columns aligned under the examples' numbers. */
export function valueLines(quantities: readonly Quantity[], examples: string | undefined): string[] {
  const rows = quantities.flatMap((q) => rowsOf(q));
  const columns = Math.max(1, ...rows.map((r) => r.cells.length));
  const label = Math.max(...rows.map((r) => [...r.label].length), examples ? [...examples].length : 0);
  const width = Array.from({ length: columns }, (_, c) =>
    Math.max(...rows.map((r) => [...(r.cells[c] ?? '')].length), String(c + 1).length),
  );
  const line = (head: string, cells: readonly string[]) =>
    `  ${head}${' '.repeat(label - [...head].length)}   ${cells.map((cell, c) => ' '.repeat(width[c]! - [...cell].length) + cell).join('  ')}`.trimEnd();
  const lines = rows.map((r) => line(r.label, r.cells));
  const numbers = Array.from({ length: Math.min(columns, MOST_COLUMNS) }, (_, c) => String(c + 1));
  return examples && columns > 1 ? [line(examples, numbers), ...lines] : lines;
}

function rowsOf({ label, shape, data }: Quantity): { label: string; cells: string[] }[] {
  const columns = shape.length < 2 ? 1 : shape[shape.length - 1]!;
  const count = data.length / columns;
  const format = formatter(data);
  // A column vector is shown lying down: it is a few numbers, not a table.
  if (columns === 1) return [{ label, cells: cut(Array.from(data, format), MOST_COLUMNS) }];
  const rows = Array.from({ length: Math.min(count, MOST_ROWS) }, (_, r) => ({
    label: r === 0 ? label : '',
    cells: cut(
      Array.from({ length: columns }, (_, c) => format(data[r * columns + c]!)),
      MOST_COLUMNS,
    ),
  }));
  return count > MOST_ROWS ? [...rows, { label: '', cells: ['…'] }] : rows;
}

const cut = (cells: string[], most: number): string[] => (cells.length > most ? [...cells.slice(0, most), '…'] : cells);

/** As many decimals as show four digits of the largest entry; very large and very small ones in powers of ten. */
function formatter(data: ArrayLike<number>): (x: number) => string {
  const sizes = Array.from(data, Math.abs).filter((x) => Number.isFinite(x) && x > 0);
  const largest = Math.max(0, ...sizes);
  if (largest === 0) return (x) => sign(String(x));
  const exponent = Math.floor(Math.log10(largest));
  if (exponent > 6 || exponent < -5) return (x) => sign(x.toExponential(3));
  const integers = sizes.every(Number.isInteger);
  const decimals = integers ? 0 : Math.max(0, 3 - exponent);
  return (x) => sign(x.toFixed(decimals));
}

const sign = (text: string): string => text.replace('-', '−').replace(/^−(0(?:\.0+)?)$/, '$1');
