import { expect, it } from 'vitest';
import { compile } from '../../src/index.ts';
import { relative } from '../support/sample.ts';

/** mpmath, thirty digits, at the doubles that these print as. */
it.each([
  [0.999999999999, 15.20181598007012],
  [0.9999, 5.991589340507051],
  [-3, 1.0782578237498217],
])('the complete integral K(%f) has its digits next to 1 too', (m, expected) => {
  expect(relative(Number(compile('elliptic_k(m)')({ m })), expected)).toBeLessThan(1e-14);
});
