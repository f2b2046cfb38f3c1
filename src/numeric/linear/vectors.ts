/** Vectors of one length, as solvers need them. */

export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!;
  return sum;
}

/** The Euclidean length, without overflow on the way. */
export function length(a: ArrayLike<number>): number {
  const most = largest(a);
  if (most === 0 || !Number.isFinite(most)) return most;
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += (a[k]! / most) ** 2;
  return most * Math.sqrt(sum);
}

/** The largest size of an entry; NaN if one is. */
export function largest(a: ArrayLike<number>): number {
  let most = 0;
  for (let k = 0; k < a.length; k++) {
    const size = Math.abs(a[k]!);
    if (!(size <= most)) most = size;
  }
  return most;
}

/** a + t·b into `into`. */
export function along(a: ArrayLike<number>, t: number, b: ArrayLike<number>, into: Float64Array): Float64Array {
  for (let k = 0; k < a.length; k++) into[k] = a[k]! + t * b[k]!;
  return into;
}
