/** A line through points, as the data of a path. Where a point has no place it breaks off, and goes on behind it. */
export function stroke(points: readonly (readonly [number, number])[]): string {
  let isBegun = false;
  return points
    .map(([x, y]) => {
      const isThere = Number.isFinite(x) && Number.isFinite(y);
      const kind = isBegun ? 'L' : 'M';
      isBegun = isThere;
      return isThere ? `${kind}${x.toFixed(1)},${y.toFixed(1)}` : '';
    })
    .join('');
}
