import fc from 'fast-check';
import { expect } from 'vitest';
import { differencesOf, type MathJs, numbers, type Scope } from './support.ts';

/** Expressions that nobody wrote, of a number a, a vector x of n numbers and an n×n matrix A. */

export const anything = (n: number): fc.Arbitrary<string> =>
  fc.letrec<{ number: string; vector: string; matrix: string }>((tie) => ({
    number: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom('a', '2', `x[${n}]`, `A[1, ${n}]`),
      fc.tuple(tie('vector'), tie('vector')).map(([u, v]) => `dot(${u}, ${v})`),
      fc.tuple(tie('vector'), tie('vector')).map(([u, v]) => `((${u})*(${v}))`),
      tie('matrix').map((m) => `sum(${m})`),
      tie('matrix').map((m) => `trace(${m})`),
      fc.tuple(tie('number'), tie('number')).map(([s, t]) => `(${s} - ${t})`),
      tie('number').map((s) => `tanh(${s})`),
    ),
    vector: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom('x', `flatten(A[:, ${n}])`, 'flatten(A[1, :])'),
      fc.tuple(tie('matrix'), tie('vector')).map(([m, v]) => `((${m})*(${v}))`),
      fc.tuple(tie('vector'), tie('matrix')).map(([v, m]) => `((${v})*(${m}))`),
      fc.tuple(tie('number'), tie('vector')).map(([s, v]) => `((${s})*(${v}))`),
      fc.tuple(tie('vector'), tie('vector')).map(([u, v]) => `(${u} .* ${v})`),
      tie('vector').map((v) => `map(${v}, tanh)`),
      tie('vector').map((v) => `map(${v}, f(t) = t > 0.1 ? max(t, a) : 2)`),
      tie('vector').map((v) => `map(${v}, f(t) = mod(t, 2)*a + log(t^2 + 2, 3))`),
      tie('matrix').map((m) => `sum(${m}, 2)`),
      tie('matrix').map((m) => `mean(${m}, 1)`),
      tie('vector').map((v) => `((${v})')`),
    ),
    matrix: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom('A', "A'"),
      fc.tuple(tie('matrix'), tie('vector')).map(([m, v]) => `(${m} + ${v})`),
      fc.tuple(tie('matrix'), tie('matrix')).map(([m, n]) => `((${m})*(${n}))`),
      tie('vector').map((v) => `diag(${v})`),
      fc.array(tie('vector'), { minLength: n, maxLength: n }).map((rows) => `[${rows.join(', ')}]`),
      tie('matrix').map((m) => `map(${m}, f(t) = t/(1 + t^2))`),
    ),
  })).number;

/** Of no two of them, nor of their means, is a sum that the expressions above jump at. */
const entry = (k: number): number => ((k * Math.SQRT2 * 7) % 1) - 0.41;

/** Their gradients are those of differences. */
export const derived = (math: MathJs, n: number) => {
  const row = (from: number) => Array.from({ length: n }, (_, k) => entry(from + k));
  const small: Scope = { a: 0.3, x: row(1), A: Array.from({ length: n }, (_, k) => row(4 + k * n)) };
  return fc.property(anything(n), fc.constantFrom('a', 'x', 'A'), (text, name) => {
    expect(numbers(math.gradient(text, name, small))).toNearlyEqual(differencesOf(math, text, small, name));
  });
};
