import { describe, expect, it } from 'vitest';
import { collect, expand } from '../../src/index.ts';

describe('a source as a polynomial in one of its names', () => {
  it.each([
    ['(a+x)*(b+x)', 'x', 'x^2 + x*(a + b) + a*b'],
    ['1 + x^2', 'x', 'x^2 + 1'],
    ['a*(x+1)^2 + b*x', 'x', 'a*x^2 + x*(2*a + b) + a'],
    ['(x+y)^2', 'y', 'y^2 + 2*x*y + x^2'],
    ['x*sin(x) + a*x + 2*x - 3', 'x', 'x*(sin(x) + a + 2) - 3'],
    ['x + 1/x', 'x', 'x + 1/x'],
    ['(x+1)^2 - (x-1)^2', 'x', '4*x'],
    ['sqrt(x) + 2*x', 'x', '2*x + sqrt(x)'],
    ['f = x + 1; f^2', 'x', 'x^2 + 2*x + 1'],
  ])('%s in %s', (source, name, expected) => {
    expect(collect(source, name).toString()).toBe(expected);
  });

  it('arrays may be coefficients', () => {
    const shapes = { v: ['n'], w: ['n'] };
    expect(collect('x*(v + x*w) + x*w', 'x', { shapes }).toString()).toBe('x^2*w + x*(v + w)');
  });

  it('what is no number of the source is told', () => {
    expect(() => collect('x + y', 'z')).toThrow('there is no z to collect');
    expect(() => collect("v'*v", 'v', { shapes: { v: ['n'] } })).toThrow('v is no scalar');
  });
});

describe('multiplied out', () => {
  it.each([
    ['(x+1)^3', 'x^3 + 3*x^2 + 3*x + 1'],
    ['(a+b)*(a-b)', 'a^2 - b^2'],
  ])('%s', (source, expected) => {
    expect(expand(source).toString()).toBe(expected);
  });
});
