import { Tensor } from '../numeric/tensor.ts';

/** Numbers for reading, in formulas and in pictures. */

/** So many significant digits, and the minus sign of mathematics. Very large and very small ones as powers of ten. */
export function shown(x: number, digits = 3): string {
  if (Number.isNaN(x)) return 'NaN';
  if (!Number.isFinite(x)) return x < 0 ? '−∞' : '∞';
  const rounded = Number(x.toPrecision(digits));
  const size = Math.abs(rounded);
  const text = size !== 0 && (size < 1e-3 || size >= 1e6) ? rounded.toExponential() : String(rounded);
  return text.replace(/-/g, '−').replace('e+', 'e');
}

/** A double has no more. */
const MOST_DIGITS = 15;

/** From here on a power of ten is shorter. */
const LONG = 1e5;
/** Of the least distance between two ticks a label may be off by this share. */
const EXACT = 0.01;

/** Numbers side by side at an axis, in few signs: 8e5, and as many digits as they need. */
export function shownTicks(ticks: readonly number[], digits = 3): string[] {
  const gaps = ticks.slice(1).map((x, k) => Math.abs(x - ticks[k]!));
  const allowed = EXACT * Math.min(...gaps.filter((gap) => gap > 0));
  const isExact = (count: number) => ticks.every((x) => Math.abs(Number(x.toPrecision(count)) - x) <= allowed);
  let count = digits;
  while (count < MOST_DIGITS && !isExact(count)) count++;
  if (!ticks.some((x) => Math.abs(x) >= LONG)) return ticks.map((x) => shown(x, count));
  return ticks.map((x) => (x === 0 ? '0' : Number(x.toPrecision(count)).toExponential().replace('e+', 'e').replace(/-/g, '−')));
}

/** Entries of one array: as many decimals as show the largest with so many digits, so that columns line up. */
export function shownAlike(data: ArrayLike<number>, digits = 3): (x: number) => string {
  const finite = Array.from(data).filter(Number.isFinite);
  const largest = Math.max(0, ...finite.map(Math.abs));
  const exponent = largest > 0 ? Math.floor(Math.log10(largest)) : 0;
  if (exponent < -3 || exponent > 5) return (x) => shown(x, digits);
  let decimals = Math.max(0, digits - 1 - exponent);
  while (decimals > 0 && finite.every((x) => x.toFixed(decimals).endsWith('0'))) decimals--;
  return (x) => {
    // A true zero is told from a small number: what a rectifier stops, what no example feeds.
    if (x === 0 || !Number.isFinite(x)) return shown(x, digits);
    return x
      .toFixed(decimals)
      .replace(/^-(?=[0.]*$)/, '')
      .replace('-', '−');
  };
}

/** The number as LaTeX: `1.2 \cdot 10^{-5}`. */
export const shownLatex = (x: number, digits = 3): string => asLatex(shown(x, digits));

const asLatex = (text: string): string =>
  text
    .replace(/−/g, '-')
    .replace('∞', '\\infty')
    .replace('NaN', '\\text{NaN}')
    .replace(/e(-?\d+)$/, ' \\cdot 10^{$1}')
    .replace(/^(-?)1 \\cdot /, '$1');

const tensorOf = (value: number | Tensor): Tensor => (typeof value === 'number' ? new Tensor([], Float64Array.of(value)) : value);

/** Rows and columns as a page shows them: a vector is a column. Undefined for what is larger than the limits. */
export function rowsOf(value: number | Tensor, most: { rows: number; columns: number }): number[][] | undefined {
  const { shape, data } = tensorOf(value);
  const [rows = 1, columns = 1] = shape;
  if (shape.length > 2 || rows > most.rows || columns > most.columns || data.length === 0) return undefined;
  return Array.from({ length: rows }, (_, r) => Array.from(data.subarray(r * columns, (r + 1) * columns)));
}

/** The least and the greatest entry. */
export function extent(data: ArrayLike<number>): [number, number] {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < data.length; k++) {
    least = Math.min(least, data[k]!);
    most = Math.max(most, data[k]!);
  }
  return [least, most];
}

const MOST_LATEX = { rows: 8, columns: 8 };

/** A number or a matrix as LaTeX; what is larger is described by its range. */
export function valueLatex(value: number | Tensor, digits = 4): string {
  if (typeof value === 'number') return shownLatex(value, digits);
  const rows = rowsOf(value, MOST_LATEX);
  if (!rows)
    return extent(value.data)
      .map((x) => shownLatex(x, digits))
      .join(' \\;\\ldots\\; ');
  const show = shownAlike(value.data, digits);
  return `\\begin{bmatrix}${rows.map((row) => row.map((x) => asLatex(show(x))).join(' & ')).join(' \\\\ ')}\\end{bmatrix}`;
}

/** Other spaces are put together by pictures. */
const NO_BREAK = '\u00a0';

/** A number or a matrix as lines of aligned columns; what is larger is described by its range. */
export function valueLines(value: number | Tensor, most: { rows: number; columns: number }, digits = 3): string[] {
  const tensor = tensorOf(value);
  const rows = rowsOf(tensor, most);
  if (!rows)
    return [
      extent(tensor.data)
        .map((x) => shown(x, digits))
        .join(' … '),
    ];
  if (tensor.shape.length === 0) return [shown(tensor.data[0]!, digits)];
  const cells = rows.map((row) => row.map(shownAlike(tensor.data, digits)));
  const widths = cells[0]!.map((_, c) => Math.max(...cells.map((row) => row[c]!.length)));
  return cells.map((row) => row.map((cell, c) => cell.padStart(widths[c]!, NO_BREAK)).join(NO_BREAK + NO_BREAK));
}
