import { describe, expect, test } from 'vitest';
import { derive, simplify } from '../../src/index.ts';

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
  ])('%s is %s', (source, expected) => {
    expect(terms(simplify(source, { expand: true }).toString())).toEqual(terms(expected));
  });

  test('thousands of terms are refused', () => {
    expect(() => simplify('(a+b+c+d+e1+f)^16', { expand: true })).toThrow('more than 4096 terms');
  });
});
