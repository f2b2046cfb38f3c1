import { expect, test } from 'vitest';
import { derive } from '../../src/index.ts';

/** The definitions that a derivation pauses at. */
const formulas = (source: string, wrt?: string[]): string[] =>
  derive(source, wrt)
    .toText()
    .split('\n')
    .filter((line) => / = .* {2,}(scalar|[a-z0-9]+×[a-z0-9]+)$/.test(line) && !/∂|^ {2}d/.test(line))
    .map((line) => line.replace(/ {2,}\S+$/, '').replace(/\s+/g, ' '));

test.each<[title: string, source: string, parts: readonly string[]]>([
  [
    'a gate and what it lets through',
    'data X : [n, d], T : [n, h]; param W : [d, h], V : [d, h]; H = silu(X*W).*(X*V); minimize sum((H - T).^2)',
    ['Z1 = X·W', 'A = silu(Z1)', 'Z2 = X·V', 'H = A ⊙ Z2'],
  ],
  [
    'a residual in a form',
    "data y : [m], X : [m, d], S : [m, m]; param w : [d]; minimize (y - X*w)'*inv(S)*(y - X*w)",
    ['r = y − X·w', 'f = rᵀ·inv(S)·r'],
  ],
  [
    'the matrix of an inverse and a determinant',
    "data K : [n, n] symmetric, y : [n]; param s; minimize y'*inv(K + s^2*eye(n))*y + log(det(K + s^2*eye(n)))",
    ['U = K + s²·eye(n)', 'v = det(U)', 'f = yᵀ·inv(U)·y + log(v)'],
  ],
  [
    'two forms, one over the other',
    "data A : [n, n], B : [n, n]; param w : [n]; maximize (w'*A*w)/(w'*B*w)",
    ['u = wᵀ·A·w', 'v = wᵀ·B·w', 'f = u/v'],
  ],
  [
    'a variance by columns',
    'data X : [n, d], T : [n, d]; param g : [1, d]; H = (X - mean(X, rows))./sqrt(var(X, rows) + 1e-5); minimize sum((g.*H - T).^2)',
    [],
  ],
  [
    'a mean that has a name already',
    'param X : [n, d]; μ = mean(X, cols); v = var(X, cols); minimize sum(((X - μ)./sqrt(v + 1)).^3)',
    ['μ = sum(X, d)/d', 'v = sum((X − μ)∘², d)/d'],
  ],
  [
    'a variance by columns that moves',
    'data T : [n, d]; param X : [n, d]; H = (X - mean(X, rows))./sqrt(var(X, rows) + 1e-5); minimize sum((H - T).^2)',
    ['U = X − sum(X, n)/n', 'V = sum(U∘², n)/n', 'H = U ⊘ √(V + 1e-5)'],
  ],
  [
    'a layer that is cut off at 0',
    'data X : [d, m]; param W : [h, d], b : [h]; A = max(0, W*X + b); minimize sum(A.^2)',
    ['Z = W·X + b', 'A = max(0, Z)'],
  ],
  [
    'what a logarithm of shares is of',
    'data X : [m, d], Y : [m, k]; param W : [d, k], b : [1, k]; minimize L = -sum(Y.*log_softmax(X*W + b, cols))/m',
    ['Z = X·W + b', 'L = −Σ Y ⊙ (Z − logsumexp(Z, k))/m'],
  ],
])('%s has a name', async (_, source, parts) => {
  const all = formulas(source);
  for (const part of parts) expect(all).toContain(part);
  expect((await derive(source).check()).ok).toBe(true);
});

test('a mean that is named after the variance stays as it is there', () => {
  const source = 'param X : [n, d]; v = var(X, cols); μ = mean(X, cols); minimize sum(((X - μ)./sqrt(v + 1)).^3)';
  expect(formulas(source)[0]).toBe('v = sum((X − sum(X, d)/d)∘², d)/d');
});

test('what a gate within a step is applied to has one name, and stands before what it is within', () => {
  const gate = 'σ(W*s[t-1] + U*X[t,:])';
  const source = `data X : [T, d]; param h0 : [h], W : [h, h], U : [h, d], V : [h, h]
s[0] = h0
s[t=1:T] = ${gate}.*s[t-1] + (1 - ${gate}).*tanh(V*(${gate}.*s[t-1]))
minimize L = sum(s[T].^2)`;
  const text = derive(source).toText();
  expect(text).toContain('zs1[t=1:T] = W·s[t − 1] + U·X[t, :]');
  expect(text).toContain('zs2[t=1:T] = V·(σ(zs1[t]) ⊙ s[t − 1])');
  expect(text).not.toContain('zs3');
});

test('what neighbours make is told of the entries themselves, by cases at both ends', () => {
  const text = derive('sum[i=1:n-1](100*(x[i+1] - x[i]^2)^2 + (1 - x[i])^2)', ['x'], { shapes: { x: ['n'] } }).toText();
  expect(text).toContain('∂f/∂x_i = (i ≥ 2 ? 200(x_i − x[i − 1]²) : 0) + (i < n ? 2(200(x_i² − x[i + 1])·x_i − 1 + x_i) : 0)');
  expect(text).not.toMatch(/^ {2}d[uv] /m);
});
