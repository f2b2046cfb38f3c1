import type { Inputs } from '../../../src/numeric/binding.ts';
import type { Tensor } from '../../../src/numeric/tensor.ts';
import type { Layer } from '../../../src/report/neurons.ts';
import { extent } from '../../../src/report/numbers.ts';
import type { Frame, Scene } from '../engine/training.ts';

/** Values over a plane as small pictures, cell by cell. */

/** Cells of a side of the plane, with those outside that contours are closed in; a neuron has a third of them. */
export const CELLS = 44;
const EVERY = 2;
export const SMALL = Math.floor((CELLS - 2) / EVERY);
export const MOST_POINTS = 2000;

export interface Painter {
  readonly scene: Scene;
  readonly layers: readonly Layer[];
  paint(learned: Inputs): Pick<Frame, 'shares' | 'edge' | 'regions' | 'neurons' | 'fitted'>;
}

/** Cells from the top row on, without the outermost ones; every so many of them. */
export function bytes(side: number, every: number, value: (place: number) => number): Uint8Array {
  const found = new Uint8Array(side * side);
  for (let row = 0; row < side; row++)
    for (let column = 0; column < side; column++) {
      const of = value((CELLS - 2 - row * every) * CELLS + 1 + column * every);
      found[row * side + column] = Number.isNaN(of) ? 128 : Math.max(0, Math.min(255, of));
    }
  return found;
}

export function neuronsOf({ neurons, axis }: Layer, { data }: Tensor, small: number): Uint8Array[] {
  const count = CELLS * CELLS;
  return Array.from({ length: neurons }, (_, n) => {
    const at = (place: number): number => data[axis === 1 ? n * count + place : place * neurons + n]!;
    const values = Float64Array.from({ length: count }, (__, place) => at(place));
    const [least, most] = extent(values);
    const room = most > least ? most - least : 1;
    return bytes(small, EVERY, (place) => (255 * (values[place]! - least)) / room);
  });
}
