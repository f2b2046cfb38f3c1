import { describe, expect, test } from 'vitest';
import { compile, derive } from '../../src/index.ts';

/** `f'(2)` of a quantity is no product. */

describe('a prime before a bracket', () => {
  test.each([
    ["f = x^2; f'(2)", "write f(x) = x^2; f'(2)"],
    ["f = x^2; 1 + f''(2)^2", "write f(x) = x^2; 1 + f''(2)^2"],
    ["param w = 2; f = w^2; minimize C = f'(3)", "write param w = 2; f(w) = w^2; minimize C = f'(3)"],
    ["f = x*y; f'(2)", "it is made of x, y: by x, write f(x) = x*y; f'(2)"],
    ["param k = 1, w = 2; f = k*w^2\nminimize C = f'(3)", 'it is made of k, w: by k, a derivative is written diff(f, k)'],
    ["u = x + 1; f = u^2; f'(2)", 'a derivative is written diff(f, x)'],
  ])('%s is refused', (source, hint) => {
    expect(() => compile(source)).toThrow(
      expect.objectContaining({ code: 'name', message: 'f is a number, not a function', hint }),
    );
    const [, line] = /write (.*)/.exec(hint) ?? [];
    if (line) expect(() => compile(line)).not.toThrow();
  });

  test('of a function of several is told which there are', () => {
    expect(() => compile("f(x, y) = x*y; f'(2)")).toThrow(
      expect.objectContaining({
        message: "f' does not say which argument of f it is derived by",
        hint: 'it takes x, y: by x it is diff(f(x, y), x)',
      }),
    );
  });

  test('of a function of one, with other letters in it, is by that one', () => {
    expect(compile("f(x) = a*x^2; f'(2)")({ a: 3 })).toBe(12);
    expect(compile("f(x) = a*x^2; f'(2) + f''(1)")({ a: 3 })).toBe(18);
  });

  test('of an array transposes it', () => {
    expect(derive("r = A*x; r'(r)", 'x', { shapes: { A: ['m', 'n'], x: ['n'] } }).partial.toString()).toBe("2*A'*A*x");
  });
});
