import * as math from 'mathjs';
import { describe, expect, it } from 'vitest';
import { compile, Tensor } from '../../src/index.ts';
import { linear } from '../../src/operators/linear.ts';

const A = [
  [1.5, -2],
  [0.25, 3],
  [-1, 0.5],
];
const B = [
  [2, 0.5],
  [-1, 4],
  [3, -0.75],
];
const S = [
  [2, -1],
  [0.5, 3],
];
const v = [1, -2];
const w = [0.5, 4, -3];
const inputs = { A, B, S, v, w, c: 1.75, k: 3 };
const shapes = { A: ['m', 'n'], B: ['m', 'n'], S: ['n', 'n'], v: ['n'], w: ['m'] };
const shapesIn = (source: string) => Object.fromEntries(Object.entries(shapes).filter(([name]) => source.includes(name)));

/** What each function of the language means, as mathjs says it. */
const oracle: Readonly<Record<string, readonly (readonly [source: string, mathjs: string])[]>> = {
  '+': [
    ['A + B', 'A + B'],
    ['A + c', 'A + c'],
    ['A + w', 'A + w*[[1, 1]]'],
    ["A + v'", "A + [1; 1; 1]*v'"],
  ],
  '-': [
    ['A - B', 'A - B'],
    ['-A', '-A'],
    ['c - A', 'c - A'],
  ],
  '.*': [
    ['A .* B', 'A .* B'],
    ['A .* w', 'A .* (w*[[1, 1]])'],
  ],
  '*': [
    ['A*S', 'A*S'],
    ['A*v', 'A*v'],
    ["w'*A", "w'*A"],
    ["v*w'", "v*w'"],
    ['c*A', 'c*A'],
    ['A*S*v*c', 'A*S*v*c'],
    ['k*c', 'k*c'],
  ],
  '/': [
    ['A/c', 'A/c'],
    ['c/k', 'c/k'],
  ],
  './': [
    ['A ./ B', 'A ./ B'],
    ['c ./ A', 'c ./ A'],
  ],
  '.^': [
    ['A .^ 2', 'A .^ 2'],
    ['abs(A) .^ c', 'abs(A) .^ c'],
    ['2 .^ A', '2 .^ A'],
  ],
  '^': [
    ['S^3', 'S^3'],
    ['S^0', 'identity(2)'],
    ['c^k', 'c^k'],
  ],
  transpose: [
    ["A'", "A'"],
    ["(A*S)'", "(A*S)'"],
    ["w'", "w'"],
  ],
  sum: [
    ['sum(A)', 'sum(A)'],
    ['sum(A, rows)', '[[sum(A[:,1]), sum(A[:,2])]]'],
    ['sum(A, cols)', '[sum(A[1,:]); sum(A[2,:]); sum(A[3,:])]'],
    ['sum(w)', 'sum(w)'],
    ['sum(c)', 'c'],
  ],
  mean: [
    ['mean(A)', 'mean(A)'],
    ['mean(A, rows)', '[[mean(A[:,1]), mean(A[:,2])]]'],
    ['mean(A, cols)', '[mean(A[1,:]); mean(A[2,:]); mean(A[3,:])]'],
  ],
  dot: [
    ['dot(w, w + 1)', 'sum(w .* (w + 1))'],
    ['dot(A, B)', 'sum(A .* B)'],
  ],
  tr: [
    ['tr(S)', 'trace(S)'],
    ["tr(A'*B)", "trace(A'*B)"],
  ],
  diag: [
    ['diag(v)', '[v[1,1], 0; 0, v[2,1]]'],
    ['diag(S)', '[S[1,1]; S[2,2]]'],
  ],
  outer: [['outer(v, w)', "v*w'"]],
  norm: [
    ['norm(w)', 'sqrt(sum(w .^ 2))'],
    ['norm(A)', 'sqrt(sum(A .^ 2))'],
  ],
  norm1: [['norm1(A)', 'sum(abs(A))']],
  sqrt: [['sqrt(abs(A))', 'abs(A) .^ 0.5']],
  eye: [['eye(n)', 'identity(2)']],
  ones: [
    ['ones(m, n)', 'ones(3, 2)'],
    ['ones(3)', '[1; 1; 1]'],
  ],
  zeros: [['zeros(2, 3)', 'zeros(2, 3)']],
};

/** Numbers in row-major order, whichever way the array is held. */
const flat = (value: unknown): number[] => {
  if (value instanceof Tensor) return [...value.data];
  return (Array.isArray(value) ? value.flat(Number.POSITIVE_INFINITY) : [value]) as number[];
};

const column = (x: number[]) => x.map((entry) => [entry]);

describe.each(linear.map((f) => [f.name, f] as const))('%s', (name, f) => {
  it.each(oracle[name] ?? [])('%s is %s in mathjs', (source, expression) => {
    const scope = { ...inputs, v: column(v), w: column(w) };
    const matrices = Object.fromEntries(Object.entries(scope).map(([key, x]) => [key, Array.isArray(x) ? math.matrix(x) : x]));
    const evaluated: unknown = math.evaluate(expression, matrices);
    const expected = flat(math.isMatrix(evaluated) ? evaluated.toArray() : evaluated);
    const declared = source.includes('(m') || source.includes('(n') ? `${source} + 0*sum(A)` : source;
    const free = Object.fromEntries(Object.entries(inputs).filter(([key]) => new RegExp(`\\b${key}\\b`).test(declared)));
    const found = flat(compile(declared, { shapes: shapesIn(declared) })(free));
    expect(found).toHaveLength(expected.length);
    found.forEach((entry, at) => {
      expect(entry).toBeCloseTo(expected[at]!, 12);
    });
  });

  it('has a value that is held against mathjs', () => {
    expect(oracle[name]).toBeDefined();
    expect(f.help).not.toBe('');
  });
});
