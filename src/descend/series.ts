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
