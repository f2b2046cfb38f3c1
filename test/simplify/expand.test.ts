import { describe, expect, test } from 'vitest';
import { compile, derive, simplify } from '../../src/index.ts';

describe('multiplied out', () => {
  const one = derive('(y - (w*x + b))^2', ['w', 'b']);
  const terms = (text: string) => new Set(text.replaceAll(' ', '').replaceAll('-', '+-').split('+').filter(Boolean));

  test('the partials of a line through one point are the tutorial’s', () => {
    expect(terms(simplify(one.partials.w!, { expand: true }).toString())).toEqual(new Set(['2*w*x^2', '2*b*x', '-2*y*x']));
    expect(terms(simplify(one.partials.b!, { expand: true }).toString())).toEqual(new Set(['2*w*x', '2*b', '-2*y']));
  });

  test('two layers without an activation are one linear layer', () => {
    const shapes = { W1: [3, 2], X: [2, 'm'], W2: [1, 3], b1: [3] };
    expect(simplify('W2*(W1*X + b1) + b2', { expand: true, shapes }).toString()).toBe('W2*W1*X + W2*b1 + b2');
  });

  test.each([
    ['(x+1)^2', 'x^2 + 2*x + 1'],
    ['x*(x+1)^2', 'x^3 + 2*x^2 + x'],
    ['(a+b)*(a-b)', 'a^2 - b^2'],
    ['(x+y+1)^3', 'x^3 + y^3 + 1 + 3*x^2*y + 3*x*y^2 + 3*x^2 + 3*x + 3*y^2 + 3*y + 6*x*y'],
    ['(3*x + 2)^2*((3*x + 2)^3 + 1)', '243*x^5 + 810*x^4 + 1080*x^3 + 729*x^2 + 252*x + 36'],
    ['(b*x + c*x^2)^3', 'b^3*x^3 + 3*b^2*x^4*c + 3*b*x^5*c^2 + c^3*x^6'],
    ['(x - 2/x)^3', 'x^3 - 6*x + 12/x - 8/x^3'],
  ])('%s is %s', (source, expected) => {
    expect(terms(simplify(source, { expand: true }).toString())).toEqual(terms(expected));
  });

  test.each(['(x+1)^100', '(b + 2*c*x)*(a + b*x + c*x^2)^13', '(x+1)^20*(x-1)^20', '(X + Y)^2*(X - Y)'])(
    '%s keeps its value',
    (source) => {
      const shapes = { X: [2, 2], Y: [2, 2] };
      const point = {
        x: 0.3,
        a: 1.1,
        b: -0.7,
        c: 0.4,
        X: [
          [1, 2],
          [3, 4],
        ],
        Y: [
          [0.5, -1],
          [2, 7],
        ],
      };
      const used = Object.fromEntries(Object.entries(point).filter(([name]) => new RegExp(`\\b${name}\\b`).test(source)));
      const declared = source.includes('X') ? { shapes } : {};
      const entries = (form: string): number[] => {
        const value = compile(form, declared)(used) as number | { readonly data: Float64Array };
        return typeof value === 'number' ? [value] : [...value.data];
      };
      const after = entries(simplify(source, { expand: true, ...declared }).toString());
      for (const [k, value] of entries(source).entries()) expect(after[k]! / value).toBeCloseTo(1, 12);
    },
  );

  test('thousands of terms are refused', () => {
    expect(() => simplify('(a+b+c+d+e1+f)^16', { expand: true })).toThrow('more than 4096 terms');
    expect(() => simplify('(a+b)^4096*(c+d)^9', { expand: true })).toThrow('more than 4096 terms');
  });
});
