import { describe, expect, test } from 'vitest';
import { derive, simplify } from '../../src/index.ts';

type Shapes = Record<string, (number | string)[]>;

describe('arrays read back as people write them', () => {
  test.each([
    ['[x; y]', {}, '[x; y]'],
    ['[x, 1; 1, x]', {}, '[x, 1; 1, x]'],
    ['[x^2; 2; x*y]', {}, '[x^2; 2; x*y]'],
    ['x[2:n] - x[1:n-1]', { x: ['n'] }, 'x[2:n] - x[1:n - 1]'],
    ['C[i=1:n] = x[n-i+1]\nC', { x: ['n'] }, 'T[i=1:n] = x[n + 1 - i]; T'],
    ['sum(K.^2)', { K: ['b', 'n', 'm'] }, 'sum(K.^2)'],
  ] as [string, Shapes, string][])('%s', (source, shapes, text) => {
    expect(simplify(source, { shapes }).toString()).toBe(text);
  });

  test.each([
    ['x[2]^2 + x[1]*x[3]', 'x', { x: [3] }, '[x[3]; 2*x[2]; x[1]]'],
    ['A \\ b', 'b', { A: ['n', 'n'], b: ['n'] }, 'inv(A)'],
  ] as [string, string, Shapes, string][])('the derivative of %s by %s', (source, wrt, shapes, text) => {
    expect(derive(source, wrt, { shapes }).partial.toString()).toBe(text);
  });

  test('a line of a derivation says its entries itself', () => {
    const source = 'Z[b,i,k] = sum[c](X[b,i,c]*W[c,k])\nsum(Z.^2)';
    const text = derive(source, 'W', { shapes: { X: ['b', 'n', 'd'], W: ['d', 'o'] } }).toText();
    expect(text).toContain('Z[i, j, k] = sum[l](X[i, j, l]·W[l, k])');
    expect(text).toContain('∂f/∂W[i, j] = sum[k, l](dZ[k, l, j]·X[k, l, i])');
  });

  test('LaTeX never takes two subscripts', () => {
    const latex = derive('sum[i=1:n-1]((x[i+1]-x[i])^2)', 'x', { shapes: { x: ['n'] } }).partial.toLatex();
    expect(latex).toContain('T_{i}');
    expect(latex).toContain('(T_{2})_{i}');
  });
});
