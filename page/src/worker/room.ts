import { isKnown, type Sizes, sizeOf } from '../../../src/graph/dimension.ts';
import type { Input, Model } from '../../../src/model/model.ts';
import type { Box } from '../../../src/report/boxes.ts';
import { valueLines } from '../../../src/report/numbers.ts';
import type { Value } from '../../../src/report/values.ts';

/** The room that a box keeps for its numbers, and the numbers so that they stay within it, whatever comes. */

export interface Room {
  readonly rows: number;
  /** Letters in a row. */
  readonly letters: number;
}

const MOST = { rows: 4, columns: 4 };
/** `−6.09e−5`, and what stands apart from the next. */
const [CELL, GAP] = [10, 2];
const LEAST_CELL = 5;
/** `−7.35e−12 … −4.41e−12`. */
const RANGE = 21;
/** `−7e−300 … −4e−300`: no range of one digit is longer, nor is a number then longer than a cell. */
const LEAST_RANGE = 17;
/** Significant digits, fewer where there is less room. */
const DIGITS = [3, 2, 1];

/** What is larger than a small matrix is a line that tells its range; what may become larger has room for one. */
export function roomOf({ shape, name }: Pick<Box, 'shape' | 'name'>, { inputs, sizes }: Pick<Model, 'inputs' | 'sizes'>): Room {
  const known = lengthsOf(shape, sizes);
  const [rows = 1, columns = 1] = known;
  if (known.length > 2 || rows > MOST.rows || columns > MOST.columns) return { rows: 1, letters: RANGE };
  const largest = columns * CELL - GAP;
  const isFixed = shape.every((dim) => typeof dim === 'number');
  const least = isFixed ? Math.min(LEAST_RANGE, largest) : LEAST_RANGE;
  return { rows, letters: Math.max(least, columns * cellOf(inputs.get(name)) - GAP) };
}

const lengthsOf = (shape: Box['shape'], sizes: Sizes): number[] =>
  shape.map((dim) => (isKnown(dim, sizes) ? sizeOf(dim, sizes) : Number.POSITIVE_INFINITY));

/** Letters that a number and the gap before the next take: what the source gives, and training leaves, takes what it takes. */
function cellOf(input: Input | undefined): number {
  if (input?.initial?.kind !== 'array' || input.role === 'param') return CELL;
  const { data } = input.initial.array;
  if (data.length > MOST.rows * MOST.columns) return CELL;
  const lengths = data.map((x) => String(Number(x.toPrecision(3))).length + GAP);
  return Math.min(CELL, Math.max(LEAST_CELL, ...lengths));
}

/** A number or a matrix as lines that fit: with fewer digits if need be, and then as its range. */
export function linesWithin(value: Value, { rows, letters }: Room): string[] {
  const fits = (lines: readonly string[]): boolean => lines.length <= rows && lines.every((line) => [...line].length <= letters);
  const forms = [MOST, { rows: 0, columns: 0 }].flatMap((most) => DIGITS.map((digits) => () => valueLines(value, most, digits)));
  for (const form of forms) {
    const lines = form();
    if (fits(lines)) return lines;
  }
  return [];
}
