import type { Measured } from '../derivation/numbers.ts';
import type { InDigits } from './in-digits.ts';

/** What is no finite double has no value, as log(−1), or one that is beyond doubles, as exp(1000). */
export type Missing = 'none' | 'beyond';

/** Whether numbers of a quantity are missing, and why. */
export function missing({ node, data }: Measured, inDigits: InDigits): Missing | undefined {
  const numbers = Array.from(data);
  if (numbers.every(Number.isFinite)) return undefined;
  const found = inDigits(node);
  if (found) return found.every((x) => x.isFinite()) ? 'beyond' : 'none';
  return numbers.some(Number.isNaN) ? 'none' : 'beyond';
}
