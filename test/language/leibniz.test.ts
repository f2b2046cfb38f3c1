import { describe, expect, test } from 'vitest';
import { derive } from '../../src/index.ts';
import { refusalOf } from '../support/refusal.ts';

/** The same derivative however it is written, and quotients of functions whose names begin with d stay quotients. */

const partialBy = (text: string): string => derive(text, 'y').partials.y!.toString();

const FUNCTIONS = ['f', 'y1', 'loss', 'φ'];

describe.each(FUNCTIONS)('of a function %s', (f) => {
  const body = `${f}(x) = x^3*y^2`;
  const first = partialBy(`${body}; diff(${f}(x), x)`);
  const second = partialBy(`${body}; diff(${f}(x), x, 2)`);
  test.each([
    `d${f}(x)/dx`,
    `d ${f}(x)/d x`,
    `d${f}(x) / dx`,
    `d${f}/dx`,
    `d/dx ${f}(x)`,
    `d/dx(${f}(x))`,
    `∂${f}(x)/∂x`,
    `∂ ${f}(x) / ∂ x`,
    `∂${f}/∂x`,
    `∂/∂x ${f}(x)`,
  ])('%s', (written) => {
    expect(partialBy(`${body}; ${written}`)).toBe(first);
    expect(partialBy(`${body}; 1 + ${written}`)).toBe(first);
    expect(partialBy(`${body}; g = 2*${written}; g`)).toBe(partialBy(`${body}; 2*diff(${f}(x), x)`));
  });
  test.each([`d²${f}(x)/dx²`, `d^2${f}(x)/dx^2`, `∂²${f}(x)/∂x²`, `∂^2 ${f}(x)/∂x^2`, `d²/dx² ${f}(x)`, `∂²${f}/∂x²`])(
    '%s',
    (written) => expect(partialBy(`${body}; ${written}`)).toBe(second),
  );
});

const shapes = { S: ['n', 'n'], T: ['n', 'n'], a: ['n'], b: ['n'] };

test.each([
  ['det(S)/det(T)', 'S', '(det(S))*(1/det(T))'],
  ['dot(a, b)/dot(b, b)', 'a', "(a'*b)/(b'*b)"],
  ['dot(a, b)/delta', 'a', "(a'*b)/delta"],
  ['digamma(x)/digamma(y)', 'x', '(digamma(x))/(digamma(y))'],
  ['2/dot(a, a)', 'a', "2/(a'*a)"],
  ['d/det(S)', 'S', 'd*(1/det(S))'],
  ['d/dot(a, a)', 'a', "d/(a'*a)"],
  ['det(S)*d/det(T)', 'S', 'd*(det(S))*(1/det(T))'],
])('%s is a quotient', (source, wrt, apart) => {
  const known = Object.fromEntries(Object.entries(shapes).filter(([name]) => source.split(/\W+/).includes(name)));
  expect(derive(source, wrt, { shapes: known }).partials[wrt]!.toString()).toBe(
    derive(apart, wrt, { shapes: known }).partials[wrt]!.toString(),
  );
});

test.each([
  ['y = x^2; dy/dx^2', 'dy/dx^2', 'd^2 y/dx^2'],
  ['f(x) = x^3; d²f(x)/dx', 'd²f(x)/dx', 'd^2 f(x)/dx^2'],
  ['f = x^3; ∂²f/∂x', '∂²f/∂x', '∂^2 f/∂x^2'],
])('%s has two orders', (source, written, right) => {
  expect(() => derive(source, 'x')).toThrow(`${written} has not the same order above and below the line`);
  expect(derive(source.replace(written, right), 'x').partials.x!.toString()).not.toBe('');
});

/** What is said of a function's name is said of the function, at its own parameters. */
describe.each([
  ['g(x, y) = x^3*y^2', 'g(x, y)'],
  ['function g(x, y)', 'g(x, y)'],
  ['function h(x), g(x, y)', 'g(x, y)'],
])('after %s', (declared, call) => {
  test.each([
    ['∂g/∂x', 'x'],
    ['dg/dx', 'x'],
    ['d/dx g', 'x'],
    ['diff(g, x)', 'x'],
    ['grad(g, x)', 'x'],
    ['∂²g/∂x²', 'x, x'],
    ['∂²g/∂x∂y', 'x, y'],
    ['∂²g/(∂x ∂y)', 'x, y'],
  ])('%s', (written, by) => {
    expect(partialBy(`${declared}; ${written}`)).toBe(partialBy(`${declared}; diff(${call}, ${by})`));
  });
});

test.each([
  ['f(t) = t^2; df/dx', 'diff(f(x), x)'],
  ['f(t, s) = t^2*s; ∂f/∂x', 'diff(f(x, s), x)'],
  ['function f(t); d/dx f', 'diff(f(x), x)'],
])('%s is by no parameter', (text, spelling) => {
  const { hint, span } = refusalOf(() => derive(text, 'x'));
  expect(hint).toBe(`write ${spelling}`);
  derive(text.slice(0, span!.start) + spelling + text.slice(span!.end), 'x');
});
