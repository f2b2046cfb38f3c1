import { describe, expect, it } from 'vitest';
import { elaborate } from '../../src/elaborate/elaborate.ts';
import { derive, simplify } from '../../src/index.ts';
import { parse } from '../../src/language/parser.ts';
import { judgeClaim } from '../../src/verify/claims/index.ts';
import '../../src/vitest.ts';

type Shapes = Record<string, (number | string)[]>;

const MN: Shapes = { X: ['m', 'n'], A: ['m', 'n'] };
const NN: Shapes = { X: ['n', 'n'], A: ['n', 'n'], B: ['n', 'n'] };

const KM: Shapes = { Z: ['k', 'm'], Y: ['k', 'm'] };

/** What a source derives to, as people write it. */
const forms: readonly (readonly [source: string, wrt: string, shapes: Shapes, text: string])[] = [
  ['tr(A)^2*tr(A)', 'A', { A: ['n', 'n'] }, '3*tr(A)^2*eye(n)'],
  ['sum(x)*sum(x)^2', 'x', { x: ['n'] }, '3*sum(x)^2*ones(n)'],
  ["x'*y*x'*y*z", 'y', { x: ['n'], y: ['n'], z: [] }, "2*z*x'*y*x"],
  ["vec(X)'*vec(A)", 'A', MN, 'X'],
  ['tr(kron(X, X))', 'X', NN, '2*tr(X)*eye(n)'],
  ["vec(X)'*kron(A, B)*vec(X)", 'X', NN, "B*X*A' + B'*X*A"],
  ['tr(kron(A, X)*kron(X, B))', 'X', NN, "tr(X*A)*B' + tr(X*B)*A'"],
  ['sum(kron(A, X))', 'X', NN, 'sum(A)*ones(n, n)'],
  ['norm(vec(X))^2', 'X', MN, '2*X'],
  ['sum(exp(vec(X)))', 'X', MN, 'exp(X)'],
  ["c'*vec(A*X*B)", 'X', { ...NN, c: ['n*n'] }, "(B*reshape(c, n, n)*A)'"],
  ['norm(reshape(c, m, n)*w)^2', 'c', { c: ['m*n'], w: ['n'] }, '2*kron(reshape(c, m, n)*w, w)'],
  ['sum(softmax(Z, rows).*Y)', 'Z', KM, 'softmax(Z, k).*(Y - sum(Y.*softmax(Z, k), k))'],
  ['sum(softmax(Z, rows).^2)', 'Z', { Z: ['k', 'm'] }, 't = softmax(Z, k); 2*t.*(t - sum(t.^2, k))'],
];

/** Sources that stay as they are. */
const written: readonly (readonly [source: string, shapes: Shapes])[] = [
  ["vec(B*X*A')", NN],
  ["kron(w', X)", { ...MN, w: ['k'] }],
  ['kron(A, B)', NN],
  ['kron(X, w)', { ...MN, w: ['k'] }],
  ['kron(w, w)', { w: ['k'] }],
  ['vec(A*X)', NN],
  ['vec(T)', { T: [2, 3, 'n'] }],
  ['reshape(c, 2, 3)', { c: [6] }],
  ["reshape(c, 2, 3)'", { c: [6] }],
];

describe('arrays come back as matrices', () => {
  it.each(forms)('%s by %s', async (source, wrt, shapes, text) => {
    const { partial } = derive(source, wrt, { shapes });
    expect(partial.toString()).toBe(text);
    await expect(text).toBeDerivativeOf(source, wrt, { shapes });
  });

  it.each(written)('%s', (source, shapes) => {
    expect(simplify(source, { shapes }).toString()).toBe(source);
  });
});

it.each([
  ['vec(A)[2]*x', 'A'],
  ['x*vec(A)', 'x'],
  ['sum(x*y*vec(A))', 'A'],
  ['x^2*reshape(v, 2, 3)', 'v'],
])('a number in front of what stands in one row is written once: %s by %s', (source, by) => {
  const shapes = { A: [2, 3], v: [6] };
  const { partial } = derive(source, by, { shapes });
  expect(judgeClaim(elaborate(parse(source), { shapes }), by, partial.toString()).ok).toBe(true);
});
