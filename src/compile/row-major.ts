import { combine, type Place, place } from './expression.ts';

export const ORIGIN: Place = place(0);

/** The place in a row-major array of an entry. */
export const rowMajor = (shape: readonly number[], axes: readonly Place[]): Place => combine(axes, rowStrides(shape));

export function rowStrides(shape: readonly number[]): number[] {
  const strides: number[] = [];
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= shape[axis]!;
  }
  return strides;
}
