import { describe, expect, test } from 'vitest';
import { derive, hessian, simplify } from '../../src/index.ts';

type Shapes = Record<string, (number | string)[]>;

const ROSENBROCK = '100*(x[2] - x[1]^2)^2 + (1 - x[1])^2';

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
    ['[x*y; y; x]', 'x', {}, '[y; 0; 1]'],
    ['x[1]^2*x[2]', 'x', { x: [3] }, '[2*x[2]*x[1]; x[1]^2; 0]'],
    [ROSENBROCK, 'x', { x: [2] }, '[400*x[1]*(x[1]^2 - x[2]) + 2*(x[1] - 1); 200*(x[2] - x[1]^2)]'],
    [
      ROSENBROCK,
      'x',
      { x: ['n'] },
      'T[i=1:n] = i == 1 ? 400*x[1]*(x[1]^2 - x[2]) + 2*(x[1] - 1) : i == 2 ? 200*(x[2] - x[1]^2) : 0; T',
    ],
    ['sum[i=2:n](x[i]*x[i-1])', 'x', { x: ['n'] }, 'T[i=1:n] = (i >= 2 ? x[i - 1] : 0) + (i < n ? x[i + 1] : 0); T'],
    ['sum[i=2:n](x[i-1]^2*y[i-1])', 'x', { x: ['n'], y: ['n'] }, 'T[i=1:n] = i < n ? 2*y[i]*x[i] : 0; T'],
    ['exp(x[1]*x[2]) + x[3]', 'x', { x: [3] }, '[x[2]*exp(x[1]*x[2]); x[1]*exp(x[1]*x[2]); 1]'],
    ['[r*cos(t); r*sin(t)]', 't', {}, '[-r*sin(t); r*cos(t)]'],
    ['A \\ b', 'b', { A: ['n', 'n'], b: ['n'] }, 'inv(A)'],
  ] as [string, string, Shapes, string][])('the derivative of %s by %s', (source, wrt, shapes, text) => {
    expect(derive(source, wrt, { shapes }).partial.toString()).toBe(text);
  });

  test('a Hessian by entries is a matrix', () => {
    const text = hessian(ROSENBROCK, 'x', { shapes: { x: [2] } }).toString();
    expect(text).toBe('[1200*x[1]^2 - 400*x[2] + 2, -400*x[1]; -400*x[1], 200]');
  });

  test('a line of a derivation says its entries itself', () => {
    const source = 'Z[b,i,k] = sum[c](X[b,i,c]*W[c,k])\nsum(Z.^2)';
    const text = derive(source, 'W', { shapes: { X: ['b', 'n', 'd'], W: ['d', 'o'] } }).toText();
    expect(text).toContain('Z_bik = Σ_c X_bic W_ck');
    expect(text).toContain('∂f/∂W_ck = Σ_bi dZ_bik X_bic');
  });

  test('LaTeX never takes two subscripts', () => {
    const latex = derive('sum(x[2:n])*sum(x[1]*x)', 'x', { shapes: { x: ['n'] } }).partial.toLatex();
    expect(latex).toContain('T_{i}');
    expect(latex).toContain('(T_{2})_{i}');
  });
});

describe('what is the same along an axis', () => {
  const shapes = { A: ['m', 'k'], B: ['k', 'n'], x: ['k'], y: ['k'] };

  test.each([
    ['sum(A*B)', 'A', "ones(m)*sum(B, n)'"],
    ['sum(A*B)', 'B', "sum(A, m)'*ones(n)'"],
    ['mean(A*x)', 'A', "ones(m)*x'/m"],
    ['-2*sum(A*x)', 'A', "-2*ones(m)*x'"],
  ])('%s by %s is a product with ones', (source, by, text) => {
    const d = derive(source, by, { shapes });
    expect(d.partial.toString()).toBe(text);
    expect(d.toText()).not.toMatch(/⊙ ones/);
  });

  test('is no mean that is turned twice', () => {
    const text = derive('data X : [m, n]; param c : [1, n]; mu = mean(X, rows); minimize L = sum((mu - c).^2)').toText();
    expect(text).toContain('μ = sum(X, m)/m');
  });
});
