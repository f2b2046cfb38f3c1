import { describe, expect, test } from 'vitest';
import { compile, derive } from '../../src/index.ts';

/** `f'(2)` of a quantity is no product. */

describe('a prime before a bracket', () => {
  test.each([
    ["f = x^2; f'(2)", "write f(x) = x^2; f'(2)"],
    ["f = x^2; 1 + f''(2)^2", "write f(x) = x^2; 1 + f''(2)^2"],
    ["param w = 2; f = w^2; minimize C = f'(3)", "write param w = 2; f(w) = w^2; minimize C = f'(3)"],
    ["f = x*y; f'(2)", 'a derivative is written diff(f, x)'],
    ["u = x + 1; f = u^2; f'(2)", 'a derivative is written diff(f, x)'],
  ])('%s is refused', (source, hint) => {
    expect(() => compile(source)).toThrow(
      expect.objectContaining({ code: 'name', message: 'f is a number, not a function', hint }),
    );
    if (hint.startsWith('write ')) expect(() => compile(hint.slice('write '.length))).not.toThrow();
  });

  test('of an array transposes it', () => {
    expect(derive("r = A*x; r'(r)", 'x', { shapes: { A: ['m', 'n'], x: ['n'] } }).partial.toString()).toBe("2*A'*A*x");
  });
});
