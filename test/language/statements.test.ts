import { describe, expect, test } from 'vitest';
import { parse } from '../../src/language/parser.ts';
import { stated } from './notation.ts';

const statements = (text: string) => parse(text).statements.map(stated);

test('a model', () => {
  const text = `# XOR with one hidden layer
data  X : [2, m] = [[0,0,1,1],[0,1,0,1]]
data  Y : [1, m] = [[0,1,1,0]]
param W1 : [3, 2] ~ xavier,  b1 : [3] = 0
param W2 : [1, 3] ~ xavier,  b2 = 0
A1 = σ(W1·X + b1)
A2 = σ(W2·A1 + b2)
minimize Cost = sum((A2 − Y).^2) / (2m)
`;
  expect(statements(text)).toEqual([
    'data X [2, m] = [[0, 0, 1, 1], [0, 1, 0, 1]]',
    'data Y [1, m] = [[0, 1, 1, 0]]',
    'param W1 [3, 2] ~ xavier',
    'param b1 [3] = 0',
    'param W2 [1, 3] ~ xavier',
    'param b2 = 0',
    'A1 = (σ (+ (* W1 X) b1))',
    'A2 = (σ (+ (* W2 A1) b2))',
    'minimize Cost = (/ (sum (.^ (- A2 Y) 2)) (* 2 m))',
  ]);
});

describe('declarations', () => {
  test.each([
    ['param x', 'param x'],
    ['param a positive', 'param a positive'],
    ['param S : [n,n] symmetric positive = 2A', 'param S [n, n] symmetric positive = (* 2 A)'],
    ['param s positive ~ ones', 'param s positive ~ ones'],
    ['param W : [3] ~ normal(0, 0.1)', 'param W [3] ~ normal 0 0.1'],
    ['param W:[2m, n+1] ~ zeros()', 'param W [(* 2 m), (+ n 1)] ~ zeros'],
    ['data n : [1] int', 'data n [1] int'],
    ['data Y : [k, m] distribution rows', 'data Y [k, m] distribution rows'],
    ['data Y : [k, m] onehot k int = [[1]]', 'data Y [k, m] onehot k int = [[1]]'],
    ['const g = 9.81', 'const g = 9.81'],
    ['data X : [n, 3] from x1, x₂, x3', 'data X [n, 3] from x1, x2, x3'],
    ['data X : [n, d] from x*', 'data X [n, d] from x*'],
    ['data X : [n, d] from x₁ … x₉, dx', 'data X [n, d] from x1..x9, dx'],
    ['data y : [n] positive from y', 'data y [n] positive from y'],
    ['data y : [n] from y positive', 'data y [n] positive from y'],
    ['data Y : [n, k] onehot cols from species', 'data Y [n, k] onehot cols from species'],
    ['data X : [n, 2] from in,\n  from', 'data X [n, 2] from in, from'],
    ['data from = 1', 'data from = 1'],
    ['data from : [n] from from', 'data from [n] from from'],
    ['data data = 1', 'data data = 1'],
  ])('%s', (text, read) => {
    expect(statements(text)).toEqual([read]);
  });

  test('columns end where the next name is declared', () => {
    expect(statements('data X : [n, 2] from a, b, y : [n] from c, k = 2; data z from d, e')).toEqual([
      'data X [n, 2] from a, b',
      'data y [n] from c',
      'data k = 2',
      'data z from d, e',
    ]);
  });

  test('facts of one name do not reach the next', () => {
    expect(statements('param a positive, b, c : [2] ~ uniform(-1, 1), d = x y')).toEqual([
      'param a positive',
      'param b',
      'param c [2] ~ uniform (- 1) 1',
      'param d = (* x y)',
    ]);
  });
});

describe('definitions and objectives', () => {
  test.each([
    ['f(z) = z^2', 'f(z) = (^ z 2)'],
    ['f(a, b) = a b', 'f(a, b) = (* a b)'],
    ['C[i,j] = sum[k](A[i,k]*B[k,j])', 'C[i, j] = (sum[k] (* A[i, k] B[k, j]))'],
    ['h[0] = h0', 'h[0] = h0'],
    ['h[t=1:T] = tanh(W·h[t-1] + U·x[t])', 'h[t=1:T] = (tanh (+ (* W h[(- t 1)]) (* U x[t])))'],
    ['Y[i=1:h-2, j=1:w-2] = X[i, j]', 'Y[i=1:(- h 2), j=1:(- w 2)] = X[i, j]'],
    ['minimize f(x)', 'minimize (f x)'],
    ['maximize Gain = x', 'maximize Gain = x'],
    ['maximize -x^2', 'maximize (- (^ x 2))'],
    ['minimize (x - 1)^2', 'minimize (^ (- x 1) 2)'],
    ['minimize ‖x‖²', 'minimize (^ (norm x) 2)'],
    ['minimize 2x', 'minimize (* 2 x)'],
    ['minimize √x', 'minimize (sqrt x)'],
    ['x^2', 'none (^ x 2)'],
  ])('%s', (text, read) => {
    expect(statements(text)).toEqual([read]);
  });

  test('the words of statements are ordinary names elsewhere', () => {
    expect(statements('data = 3; minimize = data - 1; param + const; minimize - data')).toEqual([
      'data = 3',
      'minimize = (- data 1)',
      'none (+ param const)',
      'none (- minimize data)',
    ]);
  });
});

describe('lines', () => {
  test.each([
    ['semicolons and empty statements', '; a = 1;; b = 2 ;', ['a = 1', 'b = 2']],
    ['Windows line ends and tabs', 'a\t=\t1\r\nb = 2\r\n', ['a = 1', 'b = 2']],
    ['comments', '# first\na = 1 # then\n# last', ['a = 1']],
    ['an operator at the end goes on', 'a = b + # why\n\n  c\nd = 1', ['a = (+ b c)', 'd = 1']],
    [
      'so do a comma, `=`, `:`, `~` and `?`',
      'param a,\n b :\n [2] ~\n he, c =\n 1\nx = p ?\n q :\n r',
      ['param a', 'param b [2] ~ he', 'param c = 1', 'x = (where p q r)'],
    ],
    ['line breaks in brackets are spaces', 'a = f(b\n,\nc\n)[\n1\n]\n', ['a = (f b c)[1]']],
    ['a line that starts with an operator does not go on', 'a = b\n+ c', ['a = b', 'none c']],
  ])('%s', (_, text, read) => {
    expect(statements(text)).toEqual(read);
  });
});
