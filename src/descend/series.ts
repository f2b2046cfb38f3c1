import { GradusError } from '../language/diagnostics.ts';

/** So much of a series as there is. */
export const begun = (series: Float64Array, length: number): Float64Array =>
  series.length === length ? series : series.slice(0, length);

/** Room for the costs of epochs. @throws GradusError `usage` for more than there is memory */
export function allocateHistory(length: number): Float64Array {
  try {
    return new Float64Array(length);
  } catch {
    throw new GradusError('usage', `there is no memory for the costs of ${length - 1} epochs`);
  }
}

/** A series with room for so many numbers, and for as many again where it had too little. */
export function roomFor(series: Float64Array, length: number): Float64Array {
  if (length <= series.length) return series;
  const wider = allocateHistory(2 * length);
  wider.set(series);
  return wider;
}
