import { expect, test } from 'vitest';
import { shownTicks } from '../../src/report/numbers.ts';

test('ticks have as many digits as tell them apart, and powers of ten where these are shorter', () => {
  expect(shownTicks([0.125, 0.126, 0.127], 2)).toEqual(['0.125', '0.126', '0.127']);
  expect(shownTicks([0.69212, 0.69213], 2)).toEqual(['0.69212', '0.69213']);
  expect(shownTicks([-800000, -400000, 0, 400000])).toEqual(['−8e5', '−4e5', '0', '4e5']);
  expect(shownTicks([0, 1000, 2500])).toEqual(['0', '1000', '2500']);
  expect(shownTicks([5, 5])).toEqual(['5', '5']);
});
