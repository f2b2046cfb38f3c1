import { type Dim, type Shape, showShape } from '../graph/dimension.ts';
import { GradusError } from '../language/diagnostics.ts';
import { turnedText } from './texts.ts';

/** How operands are written, and to whom it is told what is no error but seldom meant. */
export interface Site {
  readonly texts: readonly string[];
  readonly warn: (message: string, hint: string) => void;
}

interface Operand {
  readonly shape: Shape;
  /** A transpose for all to see. */
  readonly turned: boolean | undefined;
  readonly text: () => string;
}

/**
 * Of two operands each may stretch the other: a row and a column give a table. Of one and the same length that is what a
 * forgotten transpose does, and an error, unless one of them is a transpose for all to see: `x - x'` is meant. Of different
 * lengths it may be meant, and is a warning.
 * @throws GradusError `shape`
 */
export function heedCrosswise(operands: readonly Operand[], { warn }: Pick<Site, 'warn'>): void {
  for (const [k, b] of operands.entries()) {
    const a = operands.slice(0, k).find((other) => !other.turned && cross(other.shape, b.shape));
    if (!a || b.turned) continue;
    const [row, column] = isRow(a.shape) ? [a, b] : [b, a];
    const [m, n] = [column.shape[0]!, row.shape[1]!];
    const size = showShape([m, n]);
    const message = `${said(a)} and ${said(b)} stretch each other, to ${size}`;
    const table = `the ${size} table is written with indices: T[i,j] = …`;
    if (m === n) throw new GradusError('shape', message, { hint: paired(column, m, size) });
    warn(message, `if it is meant, ${table}`);
  }
}

/** What makes a row of a column, and how the table is written. */
const paired = (column: Operand, length: Dim, size: string): string => {
  const text = column.text();
  const row = turnedText(text);
  return isName(text)
    ? `entry by entry they pair as ${row}, or with ${text} : [1, ${length}]; the ${size} table is written with indices: T[i,j] = …`
    : `entry by entry they pair as ${row}; the ${size} table is written with indices: T[i,j] = …`;
};

const isName = (text: string): boolean => /^[\p{L}_][\p{L}\p{N}_]*$/u.test(text);

const said = ({ text, shape }: Operand): string => `${text()} (${showShape(shape)})`;

/** One row of several entries; a vector is a column. */
const isRow = (shape: Shape): boolean => shape.length === 2 && shape[0] === 1 && shape[1] !== 1;
const isColumn = (shape: Shape): boolean => shape.length === 1 && shape[0] !== 1;
const cross = (a: Shape, b: Shape): boolean => (isRow(a) && isColumn(b)) || (isColumn(a) && isRow(b));
