import type { Batches } from '../data/batches.ts';
import type { Model } from '../model/model.ts';
import { bind } from '../numeric/binding.ts';
import { Fingerprint } from '../numeric/exact-text.ts';

/** What tells batches from others: their sizes and all of their numbers. */
export function take(seen: Fingerprint, { sizes, values }: ReturnType<typeof bind>): void {
  for (const [name, size] of [...sizes].sort()) seen.text(name).numbers([size]);
  for (const [name, numbers] of values) seen.text(name).numbers(numbers);
}

/** Of all batches, which are gone through for it. */
export async function fingerprintOf(model: Model, batches: Batches): Promise<string> {
  const seen = new Fingerprint();
  for await (const batch of batches()) take(seen, bind(model, batch));
  return seen.toString();
}
