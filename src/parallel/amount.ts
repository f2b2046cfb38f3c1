import type { Precision } from '../compile/index.ts';
import { addDims, type Dim, entryCount, isKnown, measureOf, type Shape, type Sizes } from '../graph/dimension.ts';

/** Numbers that are sent or held. */
export interface Amount {
  /** How many, by the names of dimensions; `mₖ` is the share of m that a device has. */
  readonly numbers: Dim;
  /** How many bytes, where sizes are known: so many, and so many for each place of the device's share. */
  readonly bytes?: number;
  readonly each?: number;
}

/** What a device has of a dimension; no source can have the name. */
export const shareOf = (m: string): string => `${m}ₖ`;

/** The shape with the axis that is split as long as a device's share. */
export const sharedShape = (shape: Shape, axis: number | undefined, m: string): Shape =>
  axis === undefined ? shape : shape.with(axis, shareOf(m));

export const sumOf = (counts: readonly Dim[]): Dim => counts.reduce<Dim>(addDims, 0);

export const entriesOf = (shapes: readonly Shape[]): Dim => sumOf(shapes.map(entryCount));

const BYTES: Readonly<Record<Precision, number>> = { f64: 8, f32: 4 };

/** How many numbers and bytes, as far as sizes are known. */
export function amountOf(numbers: Dim, m: string, sizes: Sizes, precision: Precision): Amount {
  const share = shareOf(m);
  const with0 = new Map(sizes).set(share, 0);
  if (!isKnown(numbers, with0)) return { numbers };
  const at = (k: number): number => BYTES[precision] * measureOf(numbers, new Map(sizes).set(share, k));
  const [bytes, each] = [at(0), at(1) - at(0)];
  return { numbers, bytes, ...(each !== 0 && { each }) };
}
