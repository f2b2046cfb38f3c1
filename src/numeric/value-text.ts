import { checkEntries, LIMITS } from '../language/limits.ts';
import type { Tensor } from './tensor.ts';

export type Value = number | Tensor;

/** Arrays with more rows or columns than this are described, not printed. */
const MOST_ACROSS = 12;

/** Arrays with more axes than a matrix are printed up to so many numbers. */
const MOST_IN_SLICES = 16;

/** Numbers below this are written with an exponent. */
const SMALL = 1e-4;

/** A number for reading: so many significant digits, and the sign of mathematics. */
export const showNumber = (x: number, digits: number): string => plainNumber(x, digits).replace(/-/g, '−');

/** The shortest text that reads back as the same double, or fewer digits. */
export function plainNumber(x: number, digits?: number): string {
  if (Number.isNaN(x)) return 'NaN';
  if (!Number.isFinite(x)) return x < 0 ? '-inf' : 'inf';
  if (digits === undefined) return String(x);
  const rounded = Number(x.toPrecision(digits));
  // 0.00000284656 is hard to read.
  return rounded !== 0 && Math.abs(rounded) < SMALL ? rounded.toExponential() : String(rounded);
}

/** A value in the notation of the language: `[[1, 2], [3, 4]]`. */
export function literal(value: Value, digits?: number): string {
  if (typeof value === 'number') return plainNumber(value, digits);
  let offset = 0;
  const build = (axis: number): string => {
    if (axis === value.shape.length) return plainNumber(value.data[offset++]!, digits);
    return `[${Array.from({ length: value.shape[axis]! }, () => build(axis + 1)).join(', ')}]`;
  };
  return build(0);
}

/** @throws GradusError `limit` for arrays of more numbers than a text may have */
export function checkWritten(shapes: readonly (readonly number[])[]): void {
  const count = shapes.reduce((n, shape) => n + shape.reduce((product, size) => product * size, 1), 0);
  checkEntries(count, LIMITS.written, 'to be printed are');
}

/** The axis lengths of a value; a number has none. */
export const shapeOf = (value: Value): readonly number[] => (typeof value === 'number' ? [] : value.shape);

/**
 * A value as lines for reading: a number, a row `[1  2]`, a column `[1  2]ᵀ`, a matrix with a line for each row and
 * its columns aligned; an array of few numbers and more axes matrix by matrix; what is larger is described.
 */
export function valueLines(value: Value, digits: number): string[] {
  if (typeof value === 'number') return [showNumber(value, digits)];
  const { shape, data } = value;
  if (shape.length > 2 && data.length > 0 && data.length <= MOST_IN_SLICES) return slices(value, digits);
  if (shape.length > 2 || shape.some((size) => size > MOST_ACROSS) || shape.includes(0)) return [described(value, digits)];
  return matrixLines(value, digits);
}

function matrixLines({ shape, data }: Pick<Tensor, 'shape' | 'data'>, digits: number): string[] {
  const numbers = Array.from(data, (x) => showNumber(x, digits));
  const bracketed = (row: readonly string[]) => `[${row.join('  ')}]`;
  const [rows = 1, columns = 1] = shape;
  if (shape.length === 0) return numbers;
  if (columns === 1 && rows > 1) return [`${bracketed(numbers)}ᵀ`];
  const widths = Array.from({ length: columns }, (_, c) =>
    Math.max(...Array.from({ length: rows }, (_, r) => numbers[r * columns + c]!.length)),
  );
  return Array.from({ length: rows }, (_, r) =>
    bracketed(widths.map((width, c) => numbers[r * columns + c]!.padStart(rows > 1 ? width : 0))),
  );
}

/** The shape, then each matrix along the last two axes that are longer than 1: `[2, :, :] = …`. */
function slices({ shape, data }: Tensor, digits: number): string[] {
  const across = shape.flatMap((size, axis) => (size > 1 ? [axis] : [])).slice(-2);
  const rest = shape.map((_, axis) => axis).filter((axis) => !across.includes(axis));
  // Row-major: what is left of the shown axes counts the slices, since those between have one place.
  const size = across.reduce((product, axis) => product * shape[axis]!, 1);
  const lines = Array.from({ length: data.length / size }, (_, slice) => {
    let left = slice;
    const place = new Map(
      rest.toReversed().map((axis) => {
        const at = left % shape[axis]!;
        left = (left - at) / shape[axis]!;
        return [axis, at + 1] as const;
      }),
    );
    const head = `[${shape.map((_, axis) => place.get(axis) ?? ':').join(', ')}] = `;
    const own = data.slice(slice * size, (slice + 1) * size);
    const lengths = across.map((axis) => shape[axis]!);
    // Numbers along one axis stand in a row.
    const matrix = lengths.length === 1 ? [1, size] : lengths;
    return matrixLines({ shape: matrix, data: own }, digits).map((line, k) => (k === 0 ? head : ' '.repeat(head.length)) + line);
  });
  return [shape.join('×'), ...lines.flat()];
}

function described({ shape, data }: Tensor, digits: number): string {
  const size = shape.length === 1 ? `${shape[0]}×1` : shape.join('×');
  if (data.length === 0) return `${size}, empty`;
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const x of data) {
    least = Math.min(least, x);
    most = Math.max(most, x);
  }
  return `${size}, from ${showNumber(least, digits)} to ${showNumber(most, digits)}`;
}

/** `name = value` for each, the equality signs below one another. */
export function assignments(
  rows: readonly (readonly [string, Value])[],
  digits: (value: Value) => number,
  indent = '',
): string[] {
  const width = Math.max(0, ...rows.map(([name]) => [...name].length));
  return rows.flatMap(([name, value]) => {
    const head = `${indent}${name}${' '.repeat(width - [...name].length)} = `;
    return valueLines(value, digits(value)).map((line, k) => (k === 0 ? head : ' '.repeat([...head].length)) + line);
  });
}
