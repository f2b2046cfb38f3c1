import { expect, test } from 'vitest';
import { kills } from './kills.ts';

/** KILLS, of a generator that SEED begins. */
const count = Number(process.env.KILLS ?? 100);

test(`${count} kills, the same ends`, { timeout: 3_600_000 }, async () => {
  const { whole, ends } = await kills(count, Number(process.env.SEED ?? 1));
  for (const { out, err } of ends) expect({ out, err }).toEqual({ out: whole, err: '' });
  expect(ends.reduce((n, end) => n + end.kills, 0)).toBe(count);
});
