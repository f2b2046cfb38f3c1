import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { elaborate } from '../../src/elaborate/elaborate.ts';
import { compile, derive, jacobian } from '../../src/index.ts';
import { attempt } from '../../src/language/attempt.ts';
import type { GradusError } from '../../src/language/diagnostics.ts';
import { parse } from '../../src/language/parser.ts';
import { refusalOf } from '../support/refusal.ts';

/** Lines of Python, NumPy, PyTorch, MATLAB, Julia, R, Mathematica, LaTeX and spreadsheets: each has a line here. */

const rows = readFileSync(new URL('elsewhere.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => {
    const [text, spellings] = line.split(' ⟹ ') as [string, string];
    return { text: text.replaceAll(' ⏎ ', '\n'), spellings: spellings.split(' | ') };
  });

const refusal = (text: string): GradusError => refusalOf(() => elaborate(parse(text)));

/** A spelling stands for the line that was refused, for the place in it, or for the whole. */
function isAccepted(text: string, { span }: GradusError, spelling: string): boolean {
  const { start, end } = span!;
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const to = text.indexOf('\n', start) < 0 ? text.length : text.indexOf('\n', start);
  const sources = [text.slice(0, from) + spelling + text.slice(to), text.slice(0, start) + spelling + text.slice(end), spelling];
  return sources.some((source) => attempt(() => elaborate(parse(source))) !== undefined);
}

describe('a hint that is typed back works', () => {
  test.each(rows)('$text', ({ text, spellings }) => {
    const error = refusal(text);
    expect(error.message).not.toContain('\n');
    for (const spelling of spellings) {
      expect(error.hint).toContain(spelling);
      expect(isAccepted(text, error, spelling), spelling).toBe(true);
    }
  });
});

/** What is refused with no line of its own: nothing here is meant by it. */
test.each([
  ['for i in 1:3: x', 'a sum over an index is written sum[i=1:n](…), a recurrence h[t=1:n] = …'],
  ['-- comment\nx^2', 'a comment is written # comment'],
  ['x xor y', 'one of two is written a != b'],
  ['int(x^2)', 'there are no integrals; a derivative is written diff(f, x)'],
  ['linspace(0, 1, 3)', 'numbers in a row are written x[i=1:n] = i'],
  ['a + … + b', 'what is left out has an index: sum[i=1:n](…)'],
  ['Integrate[x^2, x]', 'there are no integrals; a derivative is written diff(f, x)'],
  ['\\int_0^1 x^2 dx', 'there are no integrals; a derivative is written diff(f, x)'],
  ['\\lim_{x \\to 0} x', 'there are no limits: a formula has its value where it is written'],
  ['Solve[x^2 == 4, x]', 'equations are not solved; A \\ b solves a linear system'],
  ["y' = 2x", 'differential equations are not solved; the derivative of y = … is written diff(y, x)'],
  ['dy/dx = y', 'differential equations are not solved; the derivative of y = … is written diff(y, x)'],
  ['integrate(x**2, (x, 0, 1))', 'there are no integrals; a derivative is written diff(f, x)'],
  ['limit(sin(x)/x, x, 0)', 'there are no limits: a formula has its value where it is written'],
  ['Table[i^2, {i, 1, 5}]', 'numbers in a row are written x[i=1:n] = i'],
  ['sum(A, 1)', 'write sum(A, rows) or sum(A, cols)'],
  ['integral of x^2', 'there are no integrals; a derivative is written diff(f, x)'],
  ['lim(x->0, sin(x)/x)', 'there are no limits: a formula has its value where it is written'],
  ['n choose k', 'write factorial(n)/(factorial(k)*factorial(n - k))'],
  ['f(x+1)', 'a function is defined as f(x) = …, or declared: function f(x); for the product write f*(x+1)'],
  ['g[t=T-1..1]', 'a range is written 1:n; a recurrence that reads h[t+1] runs backward by itself'],
  ['J(w) = w^2; param w = 1; minimize J', 'call it: J(w)'],
  ['limit x->0 sin(x)/x', 'there are no limits: a formula has its value where it is written'],
  ['softmax(z)_i', 'an entry is written softmax(z)[i]'],
  ['data X from file.csv', 'a file is given outside of the source, --data FILE; its columns fill data X : [n, 2] from x1, x2'],
  ['loss.backward()', 'derivatives need no call, and gradus train descends: what it learns is declared with param'],
  ['np.sum((y - X.dot(w))**2) / len(y)', 'a length is the name of a dimension: data x : [n]'],
  ['x;y', 'write f = y'],
  ['x^2; print(x)', 'write f = x'],
  ['param w ~ N(0, 1)', 'did you mean normal?'],
])('%s', (text, hint) => {
  expect(refusal(text).hint).toBe(hint);
});

describe('read as it is meant', () => {
  test.each(['minimize(w^2)', 'minimize (w^2)', 'param w = 1\nminimize(w^2)'])('%s', (text) => {
    expect(derive(text).partial.toString()).toBe('2*w');
    expect(derive(text).model.objective!.sense).toBe('minimize');
  });

  test('a function of that name is one', () => {
    expect(derive('minimize(a) = a^3; minimize(x)').partial.toString()).toBe('3*x^2');
  });
});

describe('several names that stand side by side are one', () => {
  test('in a model, which has no such name', () => {
    expect(refusal("data A : [2,2], x : [2]\nx'Ax").hint).toBe('write A*x');
    expect(refusal('param w : [2]\ndata X : [3,2], y : [3]\nminimize sum((Xw - y).^2)').hint).toBe('write X*w');
  });

  test('beside arrays, which no scalar is multiplied with so', () => {
    const shapes = { A: [2, 2], x: [2] };
    expect(refusalOf(() => derive("x'Ax", 'x', { shapes })).hint).toBe('write A*x');
    expect(jacobian("x'*A*x", 'x', { shapes }).toString()).not.toBe('');
  });

  test.each([
    ['ab + a + b', 'ab is read as one name', 'for the product write a*b'],
    ['1/2mv^2', 'mv is read as one name', 'for the product write m*v'],
    ['√(2gh)', 'gh is read as one name', 'for the product write g*h'],
    ['xy', 'xy is read as one name', 'for the product write x*y'],
    ['2pir', 'pir is read as one name', 'for the product write pi*r'],
  ])('%s is read, and said so', (text, message, hint) => {
    expect(elaborate(parse(text)).warnings).toContainEqual(expect.objectContaining({ message, hint }));
  });

  test.each([
    ['ax^2 + bx + c', 'say which: ax, bx, c; for the products write a*x^2 + b*x + c'],
    ['y = mx + b', 'say which: mx, b; for the products write y = m*x + b'],
    ['c*e^kx', 'say which: c, kx; for the products write c*e^(k*x)'],
  ])('%s is asked about', (text, hint) => {
    expect(refusalOf(() => derive(text)).hint).toBe(hint);
  });

  test.each(['vx^2', '2mu', 'lr*2'])('%s is one', (text) => {
    expect(elaborate(parse(text)).warnings).toEqual([]);
  });

  test('what the source has as a whole is a name', () => {
    expect(elaborate(parse('ab = 3; a = 1; b = 2; ab + a + b')).warnings).toEqual([]);
    expect(elaborate(parse('ab*a*b + ab^2')).warnings).toEqual([]);
  });
});

test.each([
  ["(x^2)'", 'for the derivative write diff(x^2, x)'],
  ["f'(x)", "for the derivative of a function write function f(x); f'(x)"],
])('%s: the transpose of a number is no derivative', (text, hint) => {
  const { warnings } = elaborate(parse(text));
  expect(warnings).toHaveLength(1);
  expect(warnings[0]!.message).toMatch(/^the transpose of .* is .* itself$/);
  expect(warnings[0]!.hint).toBe(hint);
});

test.each([
  ['log(det(A))', 'A is taken for a number in det'],
  ['tr(A*B)', 'A*B is taken for a number in tr'],
  ['x + inv(2*A)', '2*A is taken for a number in inv'],
])('%s: a matrix without a shape is told', (text, message) => {
  const { warnings } = elaborate(parse(text));
  expect(warnings.map((w) => w.message)).toEqual([message]);
  expect(warnings[0]!.hint).toBe('a matrix is declared with its shape: param A : [n, n]');
});

test('with a shape, or of what is a number for sure, nothing is said', () => {
  expect(elaborate(parse('log(det(A))'), { shapes: { A: ['n', 'n'] } }).warnings).toEqual([]);
  expect(elaborate(parse('a = 3; det(a)*y')).warnings).toEqual([]);
});

test("a vector's transpose is one", () => {
  expect(elaborate(parse("x'*x"), { shapes: { x: [3] } }).warnings).toEqual([]);
});

test.each(['sum(:,', '(', '‖', ']?,', 'x[i]^=>', 'range(a1]', '-=1', ' where ', '\\frac{', 'if x ', 'A[:', 'd(', '{1,'])(
  'a line of %j has a hint in no time',
  (part) => {
    const line = part.repeat(200).slice(0, 199);
    const start = performance.now();
    attempt(() => elaborate(parse(`data x : [n], A : [2, 3]\n${line}`)));
    expect(performance.now() - start).toBeLessThan(2000);
  },
);

test('what is shown in place of a line keeps the shapes that are given, and makes up none that are too short', () => {
  const hintOf = (shapes: Record<string, number[]>): string => {
    try {
      compile('sum(x[2:2:8].*y)', { shapes });
    } catch (error) {
      return (error as GradusError).hint!;
    }
    throw new Error('it is read');
  };
  const shapes = { x: [9], y: [4] };
  const shown = /^write (x_part\[.*)$/.exec(hintOf(shapes))![1]!;
  expect(compile(shown, { shapes })({ x: [1, 2, 3, 4, 5, 6, 7, 8, 9], y: [1, 10, 100, 1000] })).toBe(8642);
  expect(hintOf({})).toContain('x : [n]');
});
