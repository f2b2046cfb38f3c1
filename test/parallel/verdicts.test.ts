import { describe, expect, test } from 'vitest';
import { allowed, forbidden } from './models.ts';
import { expectNumbers } from './numbers.ts';
import { Trial } from './shards.ts';

/** May shards' gradients be put together? `numbers.long.test.ts` holds each against what uneven shards come to. */

test.each(allowed)('$name: $way', ({ text, m, sizes, way, once = 0, given = 0, counted = false }) => {
  const { verdict } = new Trial(text, m, sizes);
  expect({ ...verdict, once: verdict.once.length, given: verdict.given.length }).toMatchObject({
    way,
    once,
    given,
    counted,
    conflicts: [],
  });
});

test.each(forbidden)('$name: forbidden', ({ text, m, sizes, reasons }) => {
  const { verdict } = new Trial(text, m, sizes);
  expect(verdict.way).toBe('forbidden');
  expect(verdict.conflicts.map((c) => c.reason)).toEqual(reasons);
});

/** One of each kind; the others take longer. */
const QUICK = [
  'ridge over a sum',
  'ridge, all over 2m',
  'weighted least squares, over the sum of weights',
  'softmax regression',
  'centred data',
  'a sum beside a mean',
  'variance of predictions',
  'the median error',
];

describe('in numbers', () => {
  test.each([...allowed, ...forbidden].filter((s) => QUICK.includes(s.name)))('$name', expectNumbers);
});
