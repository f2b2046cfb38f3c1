import { expect, test } from 'vitest';
import { GradusError } from '../../src/index.ts';
import { randomModel } from './random.ts';
import { distance, Trial } from './shards.ts';

/** Of models that nobody would write: where it is allowed, uneven shards come to the gradient of all. SEED, COUNT. */

const SEED = Number(process.env.SEED ?? 1);
const COUNT = Number(process.env.COUNT ?? 1500);
const SIZES = { m: 5 };
const SHARDS = [3, 1, 1];

test(`${COUNT} random models`, () => {
  const ways = new Map<string, number>();
  const wrong: string[] = [];
  for (let seed = SEED * 1e6; seed < SEED * 1e6 + COUNT; seed++) {
    const text = randomModel(seed);
    try {
      const trial = new Trial(text, 'm', SIZES);
      const { way, once, given, counted } = trial.verdict;
      const kind = [way, once.length > 0 && 'once', given.length > 0 && 'given', counted && 'counted'].filter(Boolean).join(' ');
      ways.set(kind, (ways.get(kind) ?? 0) + 1);
      if (way === 'forbidden') continue;
      const whole = trial.whole();
      if (!whole.every((part) => part.every(Number.isFinite))) continue;
      // Numbers far apart lose digits where they are added in another order.
      const off = distance(trial.combined(SHARDS), whole, 1e-3);
      if (!(off < 1e-9)) wrong.push(`${seed}: ${kind}, off by ${off}: ${text}`);
    } catch (error) {
      if (!(error instanceof GradusError)) throw new Error(`${seed}: ${text}`, { cause: error });
      ways.set(error.code, (ways.get(error.code) ?? 0) + 1);
    }
  }
  expect(wrong).toEqual([]);
  for (const way of ['average', 'add', 'add once', 'add once given', 'add counted', 'forbidden'])
    expect(ways.get(way), way).toBeGreaterThan(0);
});
