import { describe, expect, test } from 'vitest';
import { compile, derive } from '../../src/index.ts';

/** The names that stand for a number, and sources that give them a meaning of their own. */

describe('a name that is a constant elsewhere means one thing in a source', () => {
  test.each([
    ['pi = 3; sum([pi, 1]) + pi', 7],
    ['const pi = 3; data v : [2] = [pi, 1]; minimize pi*sum(v)', 12],
    ['inf = 2; sum([inf; 1])', 3],
    ['f(pi) = sum([pi, 1])*pi; f(2)', 6],
    ['const e = 2; data v : [2] = [e, 1]; minimize sum(v)', 3],
  ])('%s is %d', (source, value) => {
    expect(compile(source)()).toBe(value);
  });

  test.each([
    ['param pi = 3; minimize (pi - 1)^2', 'pi', { start: 6, end: 8 }],
    ['param π = 3; minimize (π - 1)^2', 'pi', { start: 6, end: 7 }],
    ['data e = 3; param a = 1; minimize (e - a)^2', 'e', { start: 5, end: 6 }],
    ['inf = 3; inf*x', 'inf', { start: 0, end: 3 }],
    ['pi[i=1:3] = i; sum(pi)*x', 'pi', { start: 0, end: 2 }],
    ['minimize pi = x^2', 'pi', { start: 0, end: 17 }],
    ['e = 2; e^x', 'e', { start: 0, end: 1 }],
    ['f(e) = e^2; f(x)', 'e', { start: 2, end: 3 }],
  ])('%s warns with the place', (source, name, span) => {
    const warning = { message: `${name} is a constant of the language, and a name of its own here`, span };
    expect(derive(`${source}`, source.includes('param') ? undefined : 'x').warnings).toEqual([expect.objectContaining(warning)]);
  });

  test.each(['pi*x', 'x^2*e', 'param beta = 1; minimize beta^2', 'f(x) = e*x; f(x)', 'e = 1 - x; e^2', 'minimize e = x^2'])(
    '%s warns of nothing',
    (source) => {
      expect(derive(source).warnings).toEqual([]);
    },
  );
});

test('an index that hides a name is said, one that hides nothing is not', () => {
  const warned = (source: string) => derive(source).warnings;
  expect(warned('param i = 2; data x : [n]; minimize i*sum[i](i*x[i])')).toEqual([
    {
      message: 'the index i hides i, which has a value',
      span: { start: 42, end: 43 },
      hint: 'another letter for the index keeps both',
    },
  ]);
  expect(warned('param k = 2; data x : [n]; minimize k*sum[i](i*x[i])')).toEqual([]);
});
