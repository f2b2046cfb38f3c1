import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { elaborate, elaborateWithin } from '../../src/elaborate/elaborate.ts';
import { collect, derive, simplify } from '../../src/index.ts';
import { parse } from '../../src/language/parser.ts';
import { corpus, type Source } from '../support/corpus.ts';
import { describeGenerated, expressions, inChosenNames, partOf, runs } from '../support/generate.ts';
import { wrongTexts } from '../support/printed.ts';

type Shapes = Record<string, (number | string)[]>;

const sourceOf = (source: string, wrt: string, shapes: Shapes = {}): Source => ({ kind: '', source, wrt: [wrt], shapes });

const SQUARES: Shapes = { X: ['n', 'n'], A: ['n', 'n'], B: ['n', 'n'], w: ['k'], T: [2, 3, 2], c: [12] };

describe('every text reads back to the value that it was printed for', () => {
  it.each<[string, string, Shapes]>([
    ['var((x + y)*T)', 'x', { T: [2, 2, 2] }],
    ['sum[i=1:2](sin(i)) + x', 'x', {}],
    ["vec(X)'*kron(A, B)*vec(X) + sum(kron(X, w) + vec(T)'*c)", 'X', SQUARES],
    ['norm(reshape(c, 6, 3)*kron(X, A)*ones(3))^2 + tr(kron(X, X))', 'X', { X: [3, 3], A: [1, 1], c: [18] }],
    ["norm(reshape(c, 2, 3)*A)^2 + vec(A)'*c", 'c', { A: [3, 2], c: [6] }],
    ['sum[i=1:3](i*u[i]^2)', 'u', { u: [5] }],
    ['sum[i=1:n-1](i*u[i+1]^2)', 'u', { u: ['n'] }],
    ['q[i=1:4] = i; q[3]*x^2', 'x', {}],
    ['q[i=1:4, j=1:3] = i - 2*j; q[3,2]*x^2 + q[1,1]', 'x', {}],
    ['q[i=1:n] = i/n; q[2]*x^2', 'x', { u: ['n'] }],
    ['h[0]=1; h[t=1:3]=x*h[t-1]; sum(h)^2', 'x', {}],
    ['h[0]=1; h[t=1:n]=x*h[t-1]; exp(sum(h.^2)/n)*sum(u)', 'x', { u: ['n'] }],
    ['h[0]=x; h[t=1:5]=h[t-1]*t; h[5]', 'x', {}],
    ['sum([[x,x],[x,x]])', 'x', {}],
    ['(x > 0) == (y > 0) ? x^2 : y', 'x', {}],
    ['where((x > y) != (y > x), x, (x < y) < (y < 1))*x', 'x', {}],
    ['where(x > 0, x, sqrt(-x))', 'x', {}],
    ['A = softmax(v); B = A.*A; sum(exp(B).*B)', 'v', { v: ['n'] }],
    ['h[0] = a; h[t=1:T] = tanh(x[t]*h[t-1]); h[T] + 2*h[0] + h[1]^2', 'a', { x: ['T'] }],
    // What the language has names for, and what a printer would call its parts.
    ['erf(pi*x)*e*exp(1)', 'x', { pi: [], e: [] }],
    ['sum(erf(w))*exp(1)', 'w', { w: ['pi'], v: ['e'] }],
    ['log(x)*inf', 'x', { inf: [] }],
    ['cols*sum[i](sum[j](A[i,j])^2) + sum[i](max[j](A[i,j])^2)', 'A', { A: ['n', 'm'], cols: [] }],
    ['sum[a=1:n](where(a > i, v[a]^2*a, 0)) + sum(w)', 'v', { v: ['n'], w: ['i'] }],
    ['T = x*y; t = sin(T); t2 = t*T; t2^2', 'x', {}],
  ])('%s by %s', (source, wrt, shapes) => {
    expect(wrongTexts(sourceOf(source, wrt, shapes))).toEqual([]);
  });

  // A part of the corpus, another part for another seed.
  const sample = partOf(corpus, 160);
  it.each(sample.map((s) => [s.source, s] as const))('%s', { timeout: 600_000 }, (_, source) => {
    expect(wrongTexts(source)).toEqual([]);
  });
});

it('random expressions too, in any names', { timeout: 600_000 }, () => {
  const random = fc.oneof(expressions({ depth: 2, wider: true }), expressions({ depth: 2, wider: true }).map(inChosenNames));
  fc.assert(
    fc.property(random, (generated) => {
      const { source, wrt, shapes } = generated;
      expect(wrongTexts({ kind: 'random', source, wrt: [wrt], shapes }), describeGenerated(generated)).toEqual([]);
    }),
    { numRuns: runs(60, 0.1) },
  );
});

describe('what is told of a place is put in', () => {
  it.each<[string, string, Shapes, string]>([
    ['q[i=1:4] = i; q[3]*x^2', 'x', {}, '6*x'],
    ['sum([[x,x],[x,x]])', 'x', {}, '4'],
    ['sum[i=1:3](i*u[i]^2)', 'u', { u: [5] }, 'T[i=1:5] = i <= 3 ? 2*i*u[i] : 0; T'],
  ])('%s by %s', (source, wrt, shapes, text) => {
    expect(derive(source, wrt, { shapes }).partial.toString()).toBe(text);
  });
});

describe('definitions of a text', () => {
  it('come along where powers are collected', () => {
    expect(collect('sum[i=1:2](sin(i)) + x^2', 'x').toString()).toBe('T[i=1:2] = i; x^2 + sum(sin(T))');
  });

  it('may have the names of the model that they are read within, and hide them', () => {
    const model = elaborate(parse('data X : [2, m]\nparam W : [2, 2]\nA = tanh(W*X)\nminimize L = sum(A.^2)'));
    const read = elaborateWithin(model, parse('A = W*X; sum(A)'));
    expect(read.definitions[0]!.node.value).toBe(elaborateWithin(model, parse('W*X')).objective!.node);
    expect(() => elaborateWithin(model, parse('W = X; sum(W)'))).toThrow('W is defined twice');
    expect(() => elaborateWithin(model, parse('A = X; A = W; sum(A)'))).toThrow('A is defined twice');
  });

  it('take no names from what is printed later', () => {
    const derivation = derive('sum((σ(W*X + b) - Y).^2)/(2m)', ['W', 'b'], { shapes: { W: [1, 2], X: [2, 'm'], Y: [1, 'm'] } });
    const before = derivation.partials.W!.toString();
    elaborateWithin(derivation.model, parse('t = W*X; t2 = t.^2; sum(t2)'));
    expect(
      derive('sum((σ(W*X + b) - Y).^2)/(2m)', ['W', 'b'], {
        shapes: { W: [1, 2], X: [2, 'm'], Y: [1, 'm'] },
      }).partials.W!.toString(),
    ).toBe(before);
    expect(derivation.model.graph.names.has('t2')).toBe(false);
  });
});

describe('Unicode is read as it is written', () => {
  const shapes = { x: ['n'], y: ['n'] };
  it.each([
    ['Σ (x − y)∘²/(2n)', 'sum((x - y).^2)/(2*n)'],
    ['2·Σ x·3 + 1', '6*sum(x) + 1'],
    ['Σ(x)^2', 'sum(x)^2'],
    ['Σ |x| − 1', 'sum(abs(x)) - 1'],
    ['Σ[i](i·x[i]) + Σ*s', 'sum[i=1:n](i*x[i]) + Σ*s'],
    ['s·d/ds(sin(s))/2', 's*cos(s)/2'],
    ['d/s*ds', 'd*ds/s'],
    ['ds(z) = z^2; d/ds(s)', 'd/s^2'],
  ])('%s', (text, ascii) => {
    expect(simplify(text, { shapes }).toString()).toBe(simplify(ascii, { shapes }).toString());
  });

  it('a name Σ is no sum', () => {
    expect(simplify('Σ = s^2; Σ s').toString()).toBe('s^3');
    expect(() => simplify("x' Σ x", { shapes: { x: ['n'], Σ: ['n', 'n'] } })).toThrow('Σ is a name here');
  });
});

it('a comparison of comparisons keeps its parentheses', () => {
  expect(simplify('(x > 0) == (y > 0)').toString()).toBe('(x > 0) == (y > 0)');
  expect(simplify('(x > 0) == (y > 0)').toLatex()).toBe('[(x > 0) = (y > 0)]');
});

it('the derivative of a choice is the choice of derivatives', () => {
  const [step] = derive('x > 0 ? x^2 : sqrt(-x)', 'x').steps;
  expect(step!.after.toString()).toBe('x > 0 ? diff(x^2, x) : diff(sqrt(-x), x)');
});
