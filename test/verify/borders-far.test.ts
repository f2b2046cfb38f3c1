import { expect, test } from 'vitest';
import { derive } from '../../src/index.ts';

/** At a border that is moved by 1, of −1e−302 nothing is left beside it in any digits: it says nothing of either side. */
test.each(['clip(2x + 1, -1, 1)', 'clip(3x + 1, -1, 1)', '-1 <= 2x + 1 and 2x + 1 <= 1 ? x : 0', 'x + 1 < 1 ? x^2 : x^3'])(
  'the steps of %s hold',
  (source) => expect(derive(source, 'x').verifySteps().ok).toBe(true),
);

test('what differs at a border is still seen', () => {
  expect(derive('relu(x + 1)', 'x').verifySteps().ok).toBe(true);
});
