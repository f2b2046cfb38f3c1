import { expect, test } from 'vitest';
import { elaborate } from '../../src/elaborate/elaborate.ts';
import { derive } from '../../src/index.ts';
import { parse } from '../../src/language/parser.ts';
import { refusalOf } from '../support/refusal.ts';

/** Numbers by their names in Mathematica and SymPy are names here, and that is said. */

test.each([
  ['E^x', 'write e^x for the number, or say which: E, x'],
  ['E^(-x^2/2)', 'write e^(-x^2/2) for the number, or say which: E, x'],
  ['sin(Pi*x)', 'write sin(pi*x) for the number, or say which: Pi, x'],
  ['exp(-oo*x)', 'write exp(-inf*x) for the number, or say which: oo, x'],
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
