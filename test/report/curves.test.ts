import { describe, expect, test } from 'vitest';
import { curves } from '../../page/src/worker/curves.ts';

/** A function of one number and its derivatives, as the page draws them. */

const drawn = (source: string, order: number) => curves({ source, lang: 'en', notation: 'auto', order, from: -1, to: 1 })!.curves;
/** What KaTeX was given. */
const formulas = (source: string, order: number): string[] =>
  drawn(source, order).map(({ formula }) => /<annotation[^>]*>(.*?)<\/annotation>/s.exec(formula)![1]!);

describe('the legend has the formula of each derivative', () => {
  test('of a product', () => {
    expect(formulas('x^2*sin(x)', 2)).toEqual([
      'x^{2} \\sin(x)',
      '2 x \\sin(x) + x^{2} \\cos(x)',
      '\\sin(x) \\, (2 - x^{2}) + 4 x \\cos(x)',
    ]);
  });
  test('of what has a name, and names on the way', () => {
    expect(formulas('minimize C = log(x)', 1)).toEqual(['\\ln(x)', '\\frac{1}{x}']);
    expect(formulas('u = x^2; f = exp(u)', 1)).toEqual(['e^{x^{2}}', '2 x \\, e^{x^{2}}']);
  });
  test.each(['exp(-x^2)', 'log(1 + x^2)', 'tanh(3x)', 'diff(x^5*sin(x), x)', 'relu(x)', 'u = x^2; u*exp(u)'])(
    'of %s: none is left to be found',
    (source) => {
      for (const formula of formulas(source, 3)) expect(formula).not.toContain('derivative');
    },
  );
});

test('the values are those of the derivatives', () => {
  const { at, curves: found } = curves({ source: 'exp(2x)', lang: 'en', notation: 'auto', order: 6, from: -1, to: 1 })!;
  found.forEach(({ values }, k) => {
    values.forEach((value, n) => {
      expect(value / (2 ** k * Math.exp(2 * at[n]!))).toBeCloseTo(1, 12);
    });
  });
});
