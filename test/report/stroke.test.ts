import { expect, test } from 'vitest';
import { stroke } from '../../page/src/views/training/stroke.ts';

test.each<[string, (readonly [number, number])[], string]>([
  [
    'goes through all points',
    [
      [0, 1],
      [1, 2],
      [2, 0.25],
    ],
    'M0.0,1.0L1.0,2.0L2.0,0.3',
  ],
  [
    'breaks off where there is none',
    [
      [0, 1],
      [1, 2],
      [2, Number.NaN],
      [3, 4],
      [4, 5],
    ],
    'M0.0,1.0L1.0,2.0M3.0,4.0L4.0,5.0',
  ],
  [
    'begins at the first that is there',
    [
      [0, Number.POSITIVE_INFINITY],
      [1, Number.NaN],
      [2, 3],
    ],
    'M2.0,3.0',
  ],
  ['is none where there are none', [[0, Number.NaN]], ''],
])('a line %s', (_, points, path) => {
  expect(stroke(points)).toBe(path);
});
