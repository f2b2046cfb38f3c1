import { describe, expect, test } from 'vitest';
import { typeset } from '../../src/render/katex.ts';
import { unbroken } from '../../src/render/unbroken.ts';

/** Parts between which a line may end: KaTeX makes a box of each. */
const partsOf = (tex: string) => typeset(tex).match(/<span class="base">/g)!.length;

describe('lines of a formula end', () => {
  test.each([
    ['\\ln(1 + x^2)', 1],
    ['\\ln(1 + x^2) + a', 2],
    ['f = \\ln(1 + x^2)\\,(a - b) + \\cos(a \\cdot b)', 3],
    ['\\sin(x \\ge 0)', 1],
    ['a + b - c', 3],
    ['\\frac{(a + b)}{c} + d', 2],
    ['\\left(a + b\\right) + c', 2],
    ['\\{a + (b + c)\\} = d', 3],
  ])('%s: in %d parts', (tex, count) => expect(partsOf(tex)).toBe(count));
});

test('a formula is copied, and read out, as it is', () => {
  const tex = 'f = \\ln(1 + x^2)\\,(a - b)';
  const html = typeset(tex);
  expect(/x-tex">([^<]*)</.exec(html)![1]).toBe(tex);
  expect(html).not.toMatch(/nobreak|<mspace><\/mspace>/);
});

test('what has no parentheses is left alone', () => {
  expect(unbroken('a + b = \\frac{c + d}{e}')).toBe('a + b = \\frac{c + d}{e}');
});
