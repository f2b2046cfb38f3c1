import { describe, expect, test } from 'vitest';
import { compile, derive } from '../../src/index.ts';

/** Scalars: every line a step, every step named. */
test.each([
  ['a^x', ['= a^x·ln(a)   exponential rule, (aᵘ)′ = aᵘ·ln a·u′']],
  ['2^(3x)', ['exponential rule, chain rule', 'put in']],
  ['x^x', ['= x^x·d/dx(x·ln(x))', 'logarithmic differentiation, (uᵛ)′ = uᵛ·(v·ln u)′', '= x^x·(ln(x) + 1)']],
  ['x^2*log(x)', ['product rule, (uv)′ = u′v + uv′', '= 2x·log(x) + x²·(1/x)', 'put in', '= 2x·log(x) + x ', 'simplify']],
  ['sin(x)/x', ['quotient rule, (u/v)′ = (u′v − uv′)/v²']],
])('%s', (source, parts) => {
  const text = derive(source, 'x').toText({ detail: 'full' });
  for (const part of parts) expect(text).toContain(part);
});

test('told briefly, the rules have no formulas and nothing is put in', () => {
  const text = derive('x^2*log(x)', 'x').toText();
  expect(text).not.toContain('put in');
  expect(text).not.toContain('(uv)′');
});

describe('a quotient is derived whatever stands above and below', () => {
  const parts = [
    'x',
    'x + 1',
    'sin(x)',
    'x^3',
    'x^(y + 1)',
    'x^x',
    '2^x',
    'sqrt(x)',
    'exp(x)*x',
    '(x + y)^y',
    'x^(1/x)',
    '(1/x)^x',
  ];

  test.each(parts)('%s above', (above) => {
    for (const below of parts) {
      const d = derive(`(${above})/(${below})`, 'x');
      expect(d.toText({ detail: 'full' }), below).toContain(' = ');
      expect(d.verifySteps(), below).toMatchObject({ ok: true });
    }
  });
});

test('the largest of three is not read by the cases of two', () => {
  const d = derive('max(x, y, x*y)', 'x');
  expect(d.verifySteps()).toMatchObject({ ok: true });
});

test('a sum of products with a vector that stretches is no diagonal', () => {
  const shapes = { B: ['n', 3], u: [3], dG: ['n', 3] };
  const d = derive('sum[i,j](dG[i,j]*u[j]*sum[k](B[i,k]*u[k]))', 'B', { shapes });
  expect(d.verifySteps()).toMatchObject({ ok: true });
});

/** What is written in decimals is answered in them. */
test.each([
  ['x/(x + 0.1)', '0.1/(x + 0.1)²'],
  ['1/(1 + 0.01*x^2)', '−0.02x/(1 + 0.01x²)²'],
  ['log(x + 1e-7)', '1/(x + 1e-7)'],
  ['1e-5*sin(3x)', '3e-5·cos(3x)'],
  ['0.1*x^2', '0.2x'],
])('%s in decimals', (source, derivative) => {
  const { partial } = derive(source, 'x');
  expect(partial.toUnicode()).toBe(derivative);
});

describe('several kinks in one letter are told by intervals', () => {
  const last = (source: string): string => {
    const lines = derive(source, 'x')
      .toText()
      .split('\n')
      .filter((line) => line.startsWith('  = '));
    return lines
      .at(-1)!
      .slice(4)
      .replace(/ {3}.*$/, '');
  };

  test.each([
    ['min(max(x, 0), 1)', '0 < x < 1 ? 1 : x < 0 or x > 1 ? 0 : ½'],
    ['max(min(x, 2), -1/2)', '−½ < x < 2 ? 1 : x < −½ or x > 2 ? 0 : ½'],
    ['x < 0 ? 0 : x < 1 ? x : 1', '0 ≤ x < 1 ? 1 : 0'],
    ['max(x, 2*x, -1)', '−1 < x < 0 ? 1 : x > 0 ? 2 : x < −1 ? 0 : x == −1 ? ½ : 3/2'],
    // One kink is told as it is, and what has a letter in its conditions.
    ['max(x, 0)', 'x > 0 ? 1 : x < 0 ? 0 : ½'],
    ['min(max(x, y), 1)', 'max(x, y) < 1 ? (x > y ? 1 : x < y ? 0 : ½) : max(x, y) > 1 ? 0 : (x > y ? 1 : x < y ? 0 : ½)/2'],
  ])('(%s)′ is %s', (source, cases) => expect(last(source)).toBe(cases));

  test('each value is that of the derivative', () => {
    for (const source of ['min(max(x, 0), 1)', 'max(x, 2*x, -1)', 'abs(max(x, 1) - 2) + min(x, 3)']) {
      const slope = derive(source, 'x').partial.toString();
      const told = last(source)
        .replaceAll('½', '(1/2)')
        .replaceAll('−', '-')
        .replaceAll('≤', '<=')
        .replaceAll('≥', '>=')
        .replaceAll('·', '*');
      for (const x of [-3, -1, -0.5, 0, 0.5, 1, 1.5, 2, 3, 4])
        expect(compile(told)({ x })).toBeCloseTo(compile(slope)({ x }) as number, 12);
    }
  });
});
