import { expect, it } from 'vitest';
import { type DeriveOptions, derive } from '../../src/index.ts';

const shapes = { X: [2, 'm'] };

it.each<[string, string, string[], DeriveOptions?]>([
  ['log(x-2)*y', 'x', ['log(x − 2) needs x − 2 > 0']],
  ['1/x', 'x', ['1/x needs x ≠ 0']],
  ['abs(x)', 'x', ['|x| has a kink at x = 0: its slope there is taken as 0']],
  ['max(x, y)', 'x', ['max(x, y) has a kink at x = y: its slope there is taken as ½']],
  ['atanh(x)+x', 'y', ['atanh(x) needs −1 < x < 1']],
  // The derivative of √x has no value at 0.
  ['sqrt(x)', 'x', ['1/√x needs x > 0']],
  // Of conditions on one argument the strongest.
  ['log(x)/x', 'x', ['log(x) needs x > 0']],
  // Nothing to say: never zero, never negative, sizes.
  ['log(1+x^2)/(2+sin(x))', 'x', []],
  ['sqrt(x^2+1)+log(exp(x)+1)', 'x', []],
  ['1/(1+exp(-x))', 'x', []],
  ['log(cosh(x)) - log(3 - tanh(x))', 'x', []],
  ['-sum(log(1-σ(X)) + log(σ(X)))/(2m)', 'X', [], { shapes }],
])('%s by %s', (source, wrt, notes, options = {}) => {
  expect(derive(source, source.includes(wrt) ? wrt : 'x', options).domain()).toEqual(notes);
});

it('stands at the end of the text and in the JSON, and is silent where there is nothing to say', () => {
  const d = derive('log(x-2)', 'x');
  expect(d.toText().split('\n').at(-1)).toBe('log(x − 2) needs x − 2 > 0');
  expect(d.toText({ ascii: true }).split('\n').at(-1)).toBe('log(x - 2) needs x - 2 > 0');
  expect(d.toJSON()).toMatchObject({ domain: ['log(x − 2) needs x − 2 > 0'] });
  expect(derive('x^2', 'x').toJSON()).not.toHaveProperty('domain');
});

it('says four, and how many more; all of them in full', () => {
  const d = derive('log(a)+log(b)+log(c)+log(p)+log(q)+log(r)', 'a');
  expect(d.toText().split('\n').slice(-5)).toEqual(
    ['a', 'b', 'c', 'p'].map((n) => `log(${n}) needs ${n} > 0`).concat('and 2 more'),
  );
  expect(d.toText({ detail: 'full' })).toContain('log(r) needs r > 0');
});
