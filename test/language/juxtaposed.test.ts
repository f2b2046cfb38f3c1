import { describe, expect, test } from 'vitest';
import type { GradusError } from '../../src/language/diagnostics.ts';
import { parse } from '../../src/language/parser.ts';
import { refusalOf } from '../support/refusal.ts';

const failure = (text: string): GradusError => refusalOf(() => parse(text));

/** A source, the quotient in it, and both spellings. */
const AMBIGUOUS: readonly (readonly [string, string, string, string])[] = [
  ['a/2m', 'a/2m', 'a/(2*m)', 'a/2*m'],
  ['x/2(n+1)', 'x/2(n+1)', 'x/(2*(n+1))', 'x/2*(n+1)'],
  ['1 + a / 2m·c', 'a / 2m', 'a / (2*m)', 'a / 2*m'],
  ['sum(A.^2)/2m', 'sum(A.^2)/2m', 'sum(A.^2)/(2*m)', 'sum(A.^2)/2*m'],
  ['f = b*a/2((m))(n)', 'b*a/2((m))(n)', 'b*a/(2*((m))*(n))', 'b*a/2*((m))*(n)'],
  ['a÷2m', 'a÷2m', 'a÷(2*m)', 'a÷2*m'],
  ['a./2m', 'a./2m', 'a./(2*m)', 'a./2*m'],
  ['a/2 m²', 'a/2 m²', 'a/(2*m²)', 'a/2*m²'],
  ['a/2sin(x)', 'a/2sin(x)', 'a/(2*sin(x))', 'a/2*sin(x)'],
  ['a/(b)(c)', 'a/(b)(c)', 'a/((b)*(c))', 'a/(b)*(c)'],
  ['2^1/2x', '2^1/2x', '2^1/(2*x)', '2^1/2*x'],
  ['a*1/2x', 'a*1/2x', 'a*1/(2*x)', 'a*1/2*x'],
];

test.each(AMBIGUOUS)('%s is not read', (text, marked, over, beside) => {
  const error = failure(text);
  expect(error.code).toBe('syntax');
  expect(text.slice(error.span!.start, error.span!.end)).toBe(marked);
  expect(error.message).toBe(`\`${marked}\` can be read in two ways`);
  expect(error.hint).toBe(`write ${over} or ${beside}`);
  expect(parse(text.replace(marked, over)).warnings).toBeUndefined();
  expect(parse(text.replace(marked, beside)).warnings).toBeUndefined();
});

describe('a fraction of two numerals is read, and said so', () => {
  test.each([
    ['1/2x', '1/2x is read as (1/2)*x', 'write 1/2*x, or 1/(2*x) if that is meant'],
    ['y + 1/2(x+1)', '1/2(x+1) is read as (1/2)*(x+1)', 'write 1/2*(x+1), or 1/(2*(x+1)) if that is meant'],
    ['-1/2x^2', '-1/2x^2 is read as (-1/2)*x^2', 'write -1/2*x^2, or -1/(2*x^2) if that is meant'],
  ])('%s', (text, message, hint) => {
    const [warning, ...more] = parse(text).warnings!;
    expect(more).toEqual([]);
    expect(warning).toMatchObject({ message, hint });
    expect(text.slice(warning!.span!.start, warning!.span!.end)).toBe(message.slice(0, message.indexOf(' is')));
  });
});

test('a product that is written, or bracketed, is no question', () => {
  for (const text of ['a/2*m', 'a/(2m)', '(a/2)m', 'a/2·m', '(1/2)x', '½x', '2m/a', 'a/b + 2c', 'A[1/2]', 'f(a/b)(c)'])
    expect(parse(text).warnings, text).toBeUndefined();
});
