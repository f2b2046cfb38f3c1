import { expect, test } from 'vitest';
import { elaborate } from '../../src/elaborate/elaborate.ts';
import { derive } from '../../src/index.ts';
import { parse } from '../../src/language/parser.ts';
import { refusalOf } from '../support/refusal.ts';

/** Numbers by their names in Mathematica and SymPy are names here, and that is said. */

test.each([
  ['E^x', 'say which: E, x; for the number write e^x'],
  ['E^(-x^2/2)', 'say which: E, x; for the number write e^(-x^2/2)'],
  ['sin(Pi*x)', 'say which: Pi, x; for the number write sin(pi*x)'],
  ['exp(-oo*x)', 'say which: oo, x; for the number write exp(-inf*x)'],
  ['E*m', 'say which: E, m'],
])('%s has several names', (text, hint) => {
  expect(refusalOf(() => derive(text)).hint).toBe(hint);
});

test('by one of them the reading is said', () => {
  expect(derive('E^x', 'x').model.warnings).toMatchObject([{ message: 'E is read as a name', hint: 'for the number write e' }]);
});

test.each(['E^2', 'E*m', 'E = 2; E^x', 'param E, x; E^x'])('%s: a name of its own', (text) => {
  expect(elaborate(parse(text)).warnings).toEqual([]);
});
