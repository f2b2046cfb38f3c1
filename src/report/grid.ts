import type { ContourMultiPolygon } from 'd3-contour';
import type { Frame, Scale } from './plane.ts';
import { element } from './svg.ts';

/**
 * A rectangular grid over a plane, as contours want it: row by row, cell centres at half numbers. The outermost cells lie
 * outside the plane: there contours are closed along the edge of the grid, which is not to be seen.
 */

const centre = (scale: Scale, cell: number, cells: number): number => {
  const [from = 0, to = 1] = scale.domain();
  return from + ((cell - 0.5) / (cells - 2)) * (to - from);
};

/** The values of a function at the centres, which it gets all at once: their x and their y. */
export function gridValues(
  x: Scale,
  y: Scale,
  columns: number,
  rows: number,
  evaluate: (points: readonly [number[], number[]]) => ArrayLike<number>,
): number[] {
  const xs: number[] = [];
  const ys: number[] = [];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      xs.push(centre(x, column, columns));
      ys.push(centre(y, row, rows));
    }
  }
  return Array.from(evaluate([xs, ys]));
}

/** A contour as the data of a path, in the plane's pixels. */
export function contourPath({ coordinates }: ContourMultiPolygon, x: Scale, y: Scale, columns: number, rows: number): string {
  const [left = 0, right = 0] = x.range();
  const [bottom = 0, top = 0] = y.range();
  const place = ([column = 0, row = 0]: readonly number[]): string => {
    const px = left + ((column - 1) / (columns - 2)) * (right - left);
    const py = bottom + ((row - 1) / (rows - 2)) * (top - bottom);
    return `${px.toFixed(1)},${py.toFixed(1)}`;
  };
  return coordinates.flatMap((polygon) => polygon.map((ring) => `M${ring.slice(0, -1).map(place).join('L')}Z`)).join('');
}

/** The frame of a plane as what is to be seen of a group. */
export const clipTo = (id: string, { left, top, right, bottom }: Frame): string =>
  element('clipPath', { id }, element('rect', { x: left, y: top, width: right - left, height: bottom - top }));
