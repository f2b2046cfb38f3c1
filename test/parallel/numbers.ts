import { expect } from 'vitest';
import type { Split } from './models.ts';
import { distance, Trial } from './shards.ts';

/** What doubles lose in sums of another order. */
const EQUAL = 1e-12;
const DIFFERENT = 1e-6;

const WAYS = ['average', 'add'] as const;

/**
 * Shards of uneven sizes come to the gradient of all examples by what is said, and not without what is said to be needed;
 * where it is forbidden they do not.
 */
export function expectNumbers({ text, m, sizes, shards, way, once = 0, given = 0, counted = false }: Split): void {
  const trial = new Trial(text, m, sizes);
  const whole = trial.whole();
  if (way !== 'forbidden') expect(distance(trial.combined(shards), whole)).toBeLessThan(EQUAL);
  // Where the gradient is the same everywhere, nothing that is sent could be right or wrong.
  if (way === 'same') return;
  const needed = once + given > 0 || counted;
  for (const plain of WAYS)
    if (needed || plain !== way) expect(distance(trial.naive(shards, plain), whole), plain).toBeGreaterThan(DIFFERENT);
}
