import { describe, expect, test } from 'vitest';
import { elaborate } from '../../src/elaborate/elaborate.ts';
import { check, compile, derive } from '../../src/index.ts';
import { parse } from '../../src/language/parser.ts';
import { refusalOf } from '../support/refusal.ts';

/** A whole number that has a name is a size: `T = 10`, `const T = 10`. */

describe('a size by its number', () => {
  test.each([
    ['n = 3; sum[i=1:n](x^i)', 14],
    ['n = 3; sum[i=1:n-1](x^i)', 6],
    ['n = 2; sum[i=1:n^2](x)', 8],
    ['k = 1 + 2; sum[i=k:k+1](x^i)', 24],
    ['T = 3; h[0] = 1; h[t=1:T] = x*h[t-1]; h[T]', 8],
    ['T = 3; g[T] = 1; g[t=1:T-1] = x*g[t+1]; g[1]', 4],
    ['f(n) = sum[i=1:n](x^i); f(2) + f(3)', 20],
    ['const T = 3\nparam x = 2\nh[0] = 1\nh[t=1:T] = x*h[t-1]\nminimize h[T]', 8],
    ['data y : [3] = [5, 6, 7]\nparam x = 2\nk = 2\nminimize x*y[k] + sum(y[k:3])', 25],
  ])('%s', (text, value) => {
    expect(compile(text)({ x: 2 })).toBe(value);
  });

  test('that is given otherwise holds', () => {
    const run = compile('const T = 3\nparam x = 2\nh[0] = 1\nh[t=1:T] = x*h[t-1]\nminimize h[T]');
    expect(run({ x: 2, T: 5 })).toBe(32);
  });
});

test('a constant that is a size is derived, checked and printed', async () => {
  const text = 'const T = 3\nparam x = 2\nh[0] = 1\nh[t=1:T] = x*h[t-1]\nminimize h[T] + T*x';
  const derivation = derive(text);
  expect((await derivation.check()).ok).toBe(true);
  expect((await check(text, { claim: { x: 'T*x^(T - 1) + T' } })).claims.x!.ok).toBe(true);
});

describe('a bound that is no size says what it lacks', () => {
  test.each([
    ['h[0] = 1; h[t=1:T] = x*h[t-1]; h[T]', 'T = 3; h[0] = 1; h[t=1:T] = x*h[t-1]; h[T]'],
    ['param w = 1\nh[0] = 0\nh[t=1:T] = h[t-1]*w\nh[T]', 'T = 3; h[t=1:T] = h[t-1]*w'],
    ['sum[i=1:n](x^i)', 'n = 3; sum[i=1:n](x^i)'],
    ['data x : [3]\nsum[i=a:b](x[i])', 'a = 1; b = 3; sum[i=a:b](x[i])'],
    ['data x : [3]\nx[1:k]', 'k = 3; x[1:k]'],
    ['sum[i=1:inf](x^i)', 'sum[i=1:100](x^i)'],
    ['Sum[x^i, {i, n}]', 'n = 3; sum[i=1:n](x^i)'],
    ['\\sum_{i=1}^{\\infty} x^i', 'sum[i=1:100](x^i)'],
  ])('%s', (text, spelling) => {
    const { hint, span } = refusalOf(() => elaborate(parse(text)));
    expect(hint!.endsWith(`write ${spelling}`), hint).toBe(true);
    const from = text.lastIndexOf('\n', span!.start - 1) + 1;
    const to = text.indexOf('\n', span!.start);
    elaborate(parse(text.slice(0, from) + spelling + (to < 0 ? '' : text.slice(to))));
  });

  test.each([
    ['data T = 3\nparam x = 2\nminimize sum[i=1:T](x^i)', 'a length does not change: const T = 3'],
    ['param T = 3, x = 2\nminimize sum[i=1:T](x^i)', 'a length does not change: const T = 3'],
    ['T = 2.5; sum[i=1:T](x^i)', undefined],
  ])('%s', (text, hint) => {
    expect(refusalOf(() => derive(text)).hint).toBe(hint);
  });
});
