import { expect, test } from 'vitest';
import { kills } from './kills.ts';

test('runs that are killed at any instant end as if they had not been', { timeout: 300_000 }, async () => {
  const { whole, ends } = await kills(10, 1);
  expect(JSON.parse(whole).stopped).toBe('epochs');
  expect(ends.length).toBeGreaterThan(0);
  for (const { out, err } of ends) expect({ out, err }).toEqual({ out: whole, err: '' });
  expect(ends.reduce((n, end) => n + end.kills, 0)).toBe(10);
});
