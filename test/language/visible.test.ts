import { describe, expect, test } from 'vitest';
import { GradusError } from '../../src/language/diagnostics.ts';
import { listed, visible, visibleLine } from '../../src/language/visible.ts';

describe('text from elsewhere', () => {
  test.each([
    ['colours', '\u001b[31mred', '\\u001b[31mred'],
    ['a title', '\u001b]0;title\u0007', '\\u001b]0;title\\u0007'],
    ['a control sequence in one byte', '\u009b2J', '\\u009b2J'],
    ['a carriage return', 'good\rbad', 'good\\rbad'],
    ['a backspace', 'ab\b\bcd', 'ab\\u0008\\u0008cd'],
    ['delete', '\u007f', '\\u007f'],
    ['another direction', 'a\u202eb\u2066c', 'a\\u202eb\\u2066c'],
    ['nothing to be seen', 'a\u200bb\u2060c\ufeffd\u00ade\u3164f\u034fg', 'a\\u200bb\\u2060c\\ufeffd\\u00ade\\u3164f\\u034fg'],
    ['other line ends', 'a\u2028b\u2029c', 'a\\u2028b\\u2029c'],
    ['half a character', 'a\ud800b', 'a\\ud800b'],
    ['a hidden tag', '\u{e0041}', '\\udb40\\udc41'],
  ])('%s is shown', (_, text, shown) => {
    expect(visible(text)).toBe(shown);
    expect(visibleLine(text)).toBe(shown);
    // What has passed once stays; within JSON it means the same.
    expect(visible(shown)).toBe(shown);
    expect(JSON.parse(`"${shown}"`)).toBe(text);
  });

  test('everything else stays, lines too', () => {
    const text = 'σ(W·X + b)ᵀ — ∂f/∂x ≤ 1\t中文 e\u0301\n𝛼';
    expect(visible(text)).toBe(text);
    expect(visible('a\r\nb')).toBe('a\nb');
    expect(visibleLine('a\nb\tc')).toBe('a\\nb\\tc');
  });
});

describe('an error', () => {
  const error = new GradusError('name', 'no \u001b[2Jname\nhere', { span: { start: 4, end: 6 }, hint: '\u202e', note: '\u0007' });

  test('has one visible line for each of its parts', () => {
    expect([error.message, error.hint, error.note]).toEqual(['no \\u001b[2Jname\\nhere', '\\u202e', '\\u0007']);
  });

  test('marks the place in what is seen', () => {
    expect(error.format('a\u001b + bc', 'fi\u001ble.grad')).toBe(
      [
        'fi\\u001ble.grad:1:5  name error: no \\u001b[2Jname\\nhere',
        '  1 │ a\\u001b + bc',
        '    │          ~~ \\u0007',
        '  hint: \\u202e',
      ].join('\n'),
    );
  });

  test('marks the place under wide letters and marks above letters', () => {
    const at = (source: string, part: string) => {
      const start = source.indexOf(part);
      const span = { start, end: start + part.length };
      return new GradusError('name', 'here', { span }).format(source).split('\n')[2];
    };
    expect(at('变量 + y', 'y')).toBe('    │        ~');
    expect(at('e\u0301 + y', 'y')).toBe('    │     ~');
    expect(at('y + e\u0301z', 'e\u0301z')).toBe('    │     ~~');
    expect(at('\tx + y\r', 'y')).toBe('    │      ~');
  });

  test.each([
    [-1, 1],
    [-5, -3],
    [100, 200],
    [3, 1],
  ])('has a place whatever its span: %d to %d', (start, end) => {
    const lines = new GradusError('name', 'here', { span: { start, end } }).format('x + y').split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[2]).toMatch(/^ {4}│ +~+$/);
  });

  test('is no longer than a screen', () => {
    const long = new GradusError('name', 'x'.repeat(1e6), { hint: 'y'.repeat(1e6) });
    expect(long.message).toHaveLength(1001);
    expect(long.hint).toHaveLength(1001);
  });
});

test('of many names the first few are listed', () => {
  expect(listed(['a', 'b'])).toBe('a, b');
  expect(listed(['a', 'b', 'c'], 2)).toBe('a, b and 1 more');
});
