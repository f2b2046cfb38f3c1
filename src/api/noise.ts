import type { Measured } from '../derivation/numbers.ts';
import type { InDigits } from './in-digits.ts';

/** Beside the largest number around, what is smaller may be what rounding has left. */
const SMALL = 1e-12;
/** A number of which 64 digits leave no more than this part is rounding and nothing else. */
const RESIDUE = 1e-20;

/** Quantities in which terms cancel: what rounding has left of them is 0, where that is so in many digits. */
export function withoutNoise(quantities: readonly Measured[], inDigits: InDigits): Measured[] {
  let largest = 0;
  for (const { data } of quantities)
    for (let k = 0; k < data.length; k++) if (Number.isFinite(data[k])) largest = Math.max(largest, Math.abs(data[k]!));
  const isSmall = (x: number) => x !== 0 && Math.abs(x) <= SMALL * largest;
  return quantities.map((part) => {
    if (!Array.prototype.some.call(part.data, isSmall)) return part;
    const digits = inDigits(part.node);
    if (!digits) return part;
    const isNoise = (x: number, k: number) => isSmall(x) && digits[k]!.abs().lte(RESIDUE * Math.abs(x));
    return { ...part, data: Float64Array.from(part.data, (x, k) => (isNoise(x, k) ? 0 : x)) };
  });
}
