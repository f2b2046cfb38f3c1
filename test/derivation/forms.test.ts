import { describe, expect, test } from 'vitest';
import { derive } from '../../src/index.ts';

/** Forms that people write, of what derivations print. */

const stepsOf = (source: string): string =>
  derive(source)
    .toText()
    .split('\n')
    .filter((line) => line.startsWith('  '))
    .join('\n');

describe('a step is written as people write it', () => {
  test.each([
    [
      'an inverse stands where it is, without a name for it',
      "data x : [n]; param mu : [n], S : [n, n]; minimize L = logdet(S)/2 + (x - mu)'*inv(S)*(x - mu)/2",
      '∂L/∂S = inv(S)ᵀ/2 − inv(S)ᵀ·(x − μ)·(x − μ)ᵀ·inv(S)ᵀ/2',
    ],
    [
      'differences that are squared stay alike, and their terms meet',
      "data X : [n, m]; param mu : [n], S : [n, n] symmetric; minimize L = m*logdet(S)/2 + sum[k=1:m]((X[:,k] - mu)'*inv(S)*(X[:,k] - mu))/2",
      '∂L/∂S = m·inv(S)/2 − inv(S)·(X − μ)·(X − μ)ᵀ·inv(S)/2',
    ],
    ['a Jacobian of softmax', 'param z : [n]; softmax(z)', '∂f/∂z = diag(softmax(z)) − softmax(z)·softmax(z)ᵀ'],
    [
      'what a condition says is used where it holds',
      'param q : [d], L : [d, d]; Q[i,j] = where(i == j, exp(q[i]), where(i > j, L[i,j], 0)); minimize C = sum(Q.^2)',
      '∂C/∂L_ij = i > j ? dQ_ij : 0',
    ],
    [
      'a sum of what stands on a diagonal is that',
      'param q : [d], L : [d, d]; Q[i,j] = where(i == j, exp(q[i]), where(i > j, L[i,j], 0)); minimize C = sum(Q.^2)',
      '∂C/∂q = diag(dQ) ⊙ exp(q)',
    ],
    [
      'entries at places of their own are cases, also where they have different factors',
      'data Y : [n, 2]; param G : [n, 3]; H[n,j=1:2] = G[n,j]/G[n,3]; minimize L = sum((H - Y).^2)/2',
      'G_nj = (j == 1 ? G[n, 3] dH[n, 1] : j == 2 ? G[n, 3] dH[n, 2] : j == 3 ? −(dH[n, 1] G[n, 1] + dH[n, 2] G[n, 2]) : 0)/G[n, 3]²',
    ],
    [
      'a choice is read as one: no name for what it compares, nor for what a branch makes of its argument',
      'data X : [m, n], y : [m]; param w : [n]; r = X*w - y; minimize L = sum(abs(r) < 1 ? r.^2/2 : abs(r) - 1/2)',
      'dr = |r| < 1 ? r : sign(r)',
    ],
    [
      'the largest of a window: who it came from, among those that tie, without names that only the printout has',
      'data X : [b, 5]; param w : [2]; C[b,i=1:4] = sum[p=1:2](X[b,i+p-1]*w[p]); M[b,i=1:2] = max[p=1:2](C[b,2i+p-2]); minimize L = sum(M.^2)',
      'dC_bi = Σ_k (2k − 1 ≤ i ≤ 2k ? dM_bk·(C_bi == M_bk)/sum[p=1:2](C[b, 2k + p − 2] == M_bk) : 0)',
    ],
  ])('%s', (_, source, text) => expect(stepsOf(source)).toContain(text));

  test('the letters along which an operator runs are those of the source, and one at least is the largest', () => {
    const text = derive('param X : [b, 4]; M[b,i=1:2] = max[p=1:2](X[b,2i+p-2]); minimize L = sum(M.^2)').toText();
    expect(text).toContain('M_bi = max_p(X[b, 2i + p − 2])');
    expect(text).not.toContain('needs');
  });

  test('columns of entries in a sum are one column', () => {
    const source =
      'data a : [3], b : [3]; param x : [3]; cross(a, b) = [a[2]*b[3] - a[3]*b[2]; a[3]*b[1] - a[1]*b[3]; a[1]*b[2] - a[2]*b[1]]; u = x/2; minimize L = dot(a, cross(u, b)) + norm(u)^2';
    expect(stepsOf(source)).not.toMatch(/\]\s*[+−]\s*\[/);
  });
});

describe('in one line', () => {
  test('what takes more is named', () => {
    const source =
      'data X : [n, m], Y : [1, m]; param W : [p, n], v : [1, p]; H = tanh(W*X); G = v*tanh(H.*H); minimize L = sum((G - Y).^2.*exp(G))';
    const [, closed = ''] = derive(source).toText().split('In one line');
    expect(closed).toContain('longer than a line: ∂L/∂W');
  });

  test('no letters that the source does not have', () => {
    const source =
      'data X : [b, t, 3], Y : [b, t, 2]; param W : [3, 2]; Q[b,i,k] = sum[c](X[b,i,c]*W[c,k]); minimize L = sum((Q - Y).^2)/(b*t)';
    expect(derive(source).toText()).not.toContain('In one line');
  });
});

describe('the quotient rule', () => {
  const rule = (source: string): string =>
    derive(source, 'x')
      .toText()
      .split('\n')
      .find((line) => line.startsWith('  = '))!;
  test.each([
    ['(x + 1)^3*sqrt(x - 2)/(x + 5)^4', '(d/dx((x + 1)³·√(x − 2))·(x + 5)⁴ − (x + 1)³·√(x − 2)·d/dx((x + 5)⁴))/(x + 5)⁸'],
    ['x/sqrt(1 - x^2)', '(√(1 − x²) − x·d/dx(√(1 − x²)))/(1 − x²)'],
    ['sin(x)/(x*cos(x))', '(d/dx(sin(x))·x·cos(x) − sin(x)·d/dx(x·cos(x)))/(x·cos(x))²'],
  ])('is that of %s', (source, line) => {
    expect(rule(source)).toContain(line);
    expect(rule(source)).toContain('quotient rule');
    expect(derive(source, 'x').verifySteps().ok).toBe(true);
  });
});

test('every order of a higher derivative stands in LaTeX, the function first', () => {
  const lines = derive('x^3*sin(x)', 'x', { order: 2 }).toLatex().split('\n');
  expect(lines.slice(1, 4).map((line) => line.split(' &=')[0])).toEqual(['f', "f'", "f''"]);
});
