import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { core, scope } from './expressions.ts';
import { differencesOf, numbers, type Scope, withBridge } from './support.ts';

/** What mathjs computes, derived: every number beside differences that mathjs takes of the same text. */

const math = withBridge();

describe('the gradient', () => {
  it.each(core.map((c) => [c[0], c.slice(1)] as const))('of %s by %j', (text, names) => {
    const found = math.gradient(text, [...names], scope);
    const scalars = names.every((name) => typeof scope[name] === 'number');
    const of = (name: string, k: number) =>
      names.length === 1 ? numbers(found) : scalars ? [numbers(found)[k]!] : numbers(found[name]);
    names.forEach((name, k) => {
      expect(of(name, k)).toNearlyEqual(differencesOf(math, text, scope, name));
    });
  });

  it('of expressions that nobody wrote', () => {
    const number = fc.letrec<{ number: string; vector: string; matrix: string }>((tie) => ({
      number: fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom('a', '2', 'x[2]', 'A[1, 2]'),
        fc.tuple(tie('vector'), tie('vector')).map(([u, v]) => `dot(${u}, ${v})`),
        fc.tuple(tie('vector'), tie('vector')).map(([u, v]) => `((${u})*(${v}))`),
        tie('matrix').map((m) => `sum(${m})`),
        tie('matrix').map((m) => `trace(${m})`),
        fc.tuple(tie('number'), tie('number')).map(([s, t]) => `(${s} - ${t})`),
        tie('number').map((s) => `tanh(${s})`),
      ),
      vector: fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom('x', 'A[:, 2]', 'A[1, :]'),
        fc.tuple(tie('matrix'), tie('vector')).map(([m, v]) => `((${m})*(${v}))`),
        fc.tuple(tie('vector'), tie('matrix')).map(([v, m]) => `((${v})*(${m}))`),
        fc.tuple(tie('number'), tie('vector')).map(([s, v]) => `((${s})*(${v}))`),
        fc.tuple(tie('vector'), tie('vector')).map(([u, v]) => `(${u} .* ${v})`),
        tie('vector').map((v) => `map(${v}, tanh)`),
        tie('vector').map((v) => `((${v})')`),
      ),
      matrix: fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom('A', "A'"),
        fc.tuple(tie('matrix'), tie('vector')).map(([m, v]) => `(${m} + ${v})`),
        fc.tuple(tie('matrix'), tie('matrix')).map(([m, n]) => `((${m})*(${n}))`),
        tie('vector').map((v) => `diag(${v})`),
        fc.tuple(tie('vector'), tie('vector'), tie('vector')).map((rows) => `[${rows.join(', ')}]`),
        tie('matrix').map((m) => `map(${m}, f(t) = t/(1 + t^2))`),
      ),
    })).number;
    const small: Scope = {
      a: 0.3,
      x: [0.2, -0.5, 0.4],
      A: [
        [0.3, -0.2, 0.1],
        [0.5, 0.4, -0.3],
        [-0.1, 0.2, 0.6],
      ],
    };
    fc.assert(
      fc.property(number, fc.constantFrom('a', 'x', 'A'), (text, name) => {
        expect(numbers(math.gradient(text, name, small))).toNearlyEqual(differencesOf(math, text, small, name));
      }),
      { numRuns: 8 },
    );
  });
});
