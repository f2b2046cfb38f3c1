import { expect, test } from 'vitest';
import { derive } from '../../src/index.ts';

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
