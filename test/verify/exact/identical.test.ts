import { describe, expect, test } from 'vitest';
import { elaborate, elaborateWithin } from '../../../src/elaborate/elaborate.ts';
import { parse } from '../../../src/language/parser.ts';
import { identical } from '../../../src/verify/exact/identical.ts';

const all = { A: ['n', 'n'], B: ['n', 'n'], X: ['m', 'n'], x: ['n'], y: ['n'] };

/** What the field says of left = right, with the names a, b, c for numbers. */
function compare(left: string, right: string, declared = '') {
  const shapes = Object.fromEntries(Object.entries(all).filter(([name]) => new RegExp(`\\b${name}\\b`).test(left + right)));
  const model = declared ? elaborate(parse(`${declared}\n${left}`)) : elaborate(parse(`${left} + 0*(a + b + c)`), { shapes });
  const node = (text: string) => elaborateWithin(model, parse(text)).objective!.node;
  return identical(model, [[node(left), node(right)]])[0]!;
}

describe('what holds is identical:', () => {
  test.each([
    ['(a + b)^2', 'a^2 + 2*a*b + b^2'],
    ['(a^2 - b^2)/(a - b)', 'a + b'],
    ["(A*B)'", "B'*A'"],
    ["tr(A*x*y')", "y'*A*x"],
    ['inv(A*B)', 'inv(B)*inv(A)'],
    ['det(A*B)', 'det(A)*det(B)'],
    ['sum(x.*ones(n))/n', 'mean(x)'],
  ])('%s = %s, for rational functions', (left, right) => {
    expect(compare(left, right)).toMatchObject({ outcome: 'identical', rational: true });
  });

  test.each([
    ['exp(a + b)', 'exp(a)*exp(b)'],
    ['exp(2*a)', 'exp(a)^2'],
    ['exp(-log(a))', '1/a'],
    ['log(a*b^2)', 'log(a) + 2*log(b)'],
    ['a^(b - 1)*a', 'a^b'],
    ['exp(b*log(a))', 'a^b'],
    ['sin(a)^2 + cos(a)^2', '1'],
    ['sin(a + b)', 'sin(a)*cos(b) + cos(a)*sin(b)'],
    ['cos(2*a)', '1 - 2*sin(a)^2'],
    ['tanh(a)', '(exp(a) - exp(-a))/(exp(a) + exp(-a))'],
    ['σ(a)*(1 - σ(a))', 'exp(a)/(1 + exp(a))^2'],
    ['sqrt(a)*sqrt(b)', 'sqrt(a*b)'],
    ['1/sqrt(8)', 'sqrt(2)/4'],
    ['sqrt(sin(a)^2 + b^2)^2', 'sin(a)^2 + b^2'],
    ['cbrt(a^3*b)', 'a*cbrt(b)'],
    ['logsumexp(x)', 'log(sum(exp(x)))'],
    ['softmax(x)', 'exp(x)/sum(exp(x))'],
    ["norm(x)*sqrt(x'*x)", "x'*x"],
  ])('%s = %s, by the laws of functions', (left, right) => {
    expect(compare(left, right)).toMatchObject({ outcome: 'identical', laws: true });
  });

  test.each([
    ['exp(a + b)', 'exp(a)*exp(b)', ['exp']],
    ['exp(-a)*exp(a)', '1', ['exp']],
    ['log(a*b)', 'log(b) + log(a)', ['exp']],
    ['tanh(a)', '1 - 2/(1 + exp(a)^2)', ['exp']],
    ['a^(b - 1)*a', 'a^b', ['powers']],
    ['sqrt(a)*sqrt(b)', 'sqrt(a*b)', ['roots']],
    ['sin(a)^2 + cos(a)^2', '1', ['sin']],
    ['exp(2*a)*sin(2*b)', '2*exp(a)^2*sin(b)*cos(b)', ['exp', 'sin']],
    ['exp(a)*(b + 1) - exp(a)', 'b*exp(a)', []],
    ['σ(a)', '1/(1 + exp(-a))', []],
    ['a*log(b) + log(b)', '(a + 1)*log(b)', []],
    ['a^b/b + a^b', 'a^b*(1 + b)/b', []],
    ['1/sqrt(a)', 'a^(-1/2)', []],
    ['sin(-a)*b', '-(b*sin(a))', []],
    ['cosh(a) + sinh(a)', 'exp(a)', []],
  ] as const)('%s = %s by the laws of %j', (left, right, used) => {
    expect(compare(left, right)).toMatchObject({ outcome: 'identical', laws: true, used });
  });

  test.each([
    ['abs(a)*sign(a)', 'a'],
    ['sqrt(a^2)', 'abs(a)'],
    ['max(a, b) + min(a, b)', 'a + b'],
    ['relu(a) - relu(-a)', 'a'],
    ['where(a > b, a, b)', 'max(a, b)'],
    ['abs(a*b)', 'abs(a)*abs(b)'],
    ['relu(a)*step(relu(a))', 'relu(a)'],
    ['max([a; b; c])', 'max(a, max(b, c))'],
    ['(a > b) + (b > a)', '1'],
  ])('%s = %s, on every branch', (left, right) => {
    expect(compare(left, right)).toMatchObject({ outcome: 'identical', branches: true });
  });

  test.each([
    ['erf(a - b)', '-erf(b - a)'],
    ['gamma(a + b)', 'gamma(b + a)'],
  ])('%s = %s, for functions of which only the parity is known', (left, right) => {
    expect(compare(left, right).outcome).toBe('identical');
  });

  test("x'·A·y = y'·A·x for a symmetric A", () => {
    const declared = 'data A : [n, n] symmetric\ndata x : [n]\ndata y : [n]';
    expect(compare("x'*A*y", "y'*A*x", declared).outcome).toBe('identical');
    expect(compare("x'*A*y", "y'*A*x").outcome).toBe('different');
  });
});

describe('what does not hold is different:', () => {
  test.each([
    ['(a + b)^2', 'a^2 + b^2'],
    ['A*B', 'B*A'],
    ["A*A'", "A'*A"],
    ['mean(x)', 'sum(x)/2'],
    ['mean(x)', 'sum(x)/3'],
    ['sum(x)/m', 'sum(x)/n'],
    ['1e-300*a', '0'],
    ['a + 1e-40*b', 'a'],
  ])('%s = %s, which proves it', (left, right) => {
    const declared = 'data A : [n, n]\ndata B : [n, n]\ndata X : [m, n]\ndata x : [n]\ndata a\ndata b';
    expect(compare(left, right, declared)).toMatchObject({ outcome: 'different', rational: true });
  });

  test.each([
    ['sqrt(a^2)', 'a'],
    ['exp(a + b)', 'exp(a) + exp(b)'],
    ['abs(a + b)', 'abs(a) + abs(b)'],
    ['max(a, b)', 'a'],
    ['relu(a)', 'a'],
    ['sin(a)', 'cos(a)'],
    ['softmax(x)', 'softmax(y)'],
    ['step(a)', '1'],
    ['max(x)', 'x[1]'],
    ['sign(max(a, b, a*b) - b)', 'sign(max(a, b) - b)'],
    ['where(a > b, where(b > c, where(c > a*b, 1, 2), 2), 2)', '2'],
  ])('%s = %s', (left, right) => {
    expect(compare(left, right).outcome).not.toBe('identical');
  });
});
