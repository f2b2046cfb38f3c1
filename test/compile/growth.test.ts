import { describe, expect, it } from 'vitest';
import { programOf } from '../../src/compile/link.ts';
import { type Machine, PLAIN, V8 } from '../../src/compile/machine.ts';
import { prepare } from '../../src/compile/task.ts';
import { runningGradient } from '../../src/model/running.ts';
import { modelOf } from '../support/values.ts';
import { workOf } from '../support/work.ts';

interface Form {
  readonly source: string;
  readonly shapes?: Record<string, number[]>;
  readonly wrt: readonly string[];
}

const lines = (...list: readonly string[]): string => list.join('\n');

/** What reads or writes where index arithmetic says, with as much work to do as it is told. */
const forms: Record<string, (n: number) => Form> = {
  'max pooling': (n) => ({
    source: lines(
      `param X : [${2 * n}, 32]`,
      `M[i=1:${n},j=1:16] = max[p=1:2, q=1:2](sin(X[2i+p−2,2j+q−2]))`,
      'minimize L = sum(M.^2)',
    ),
    wrt: ['X'],
  }),
  'max pooling whose windows overlap': (n) => ({
    source: lines(
      `param X : [${2 * n + 1}, 33]`,
      `M[i=1:${n},j=1:16] = max[p=1:3, q=1:3](sin(X[2i+p−2,2j+q−2]))`,
      'minimize L = sum(M.^2)',
    ),
    wrt: ['X'],
  }),
  convolution: (n) => ({
    source: lines(
      `param X : [${n + 2}, 18], F : [2, 3, 3]`,
      `C[o,i=1:${n},j=1:16] = sum[p=1:3, q=1:3](X[i+p−1,j+q−1]*F[o,p,q])`,
      'minimize L = sum(tanh(C))',
    ),
    wrt: ['X', 'F'],
  }),
  'convolution by steps': (n) => ({
    source: lines(
      `param X : [${2 * n + 1}, 33], F : [2, 3, 3]`,
      `C[o,i=1:${n},j=1:16] = sum[p=1:3, q=1:3](X[2i+p−2,2j+q−2]*F[o,p,q])`,
      'minimize L = sum(tanh(C))',
    ),
    wrt: ['X', 'F'],
  }),
  'a convolution along an axis': (n) => ({
    source: lines(`param x : [${n + 9}], f : [10]`, `c[i=1:${n}] = sum[p=1:10](x[i+p−1]*f[p])`, 'minimize L = sum(tanh(c))'),
    wrt: ['x', 'f'],
  }),
  vec: (n) => ({ source: 'sum(sin(vec(A)).*x)', shapes: { A: [n, 30], x: [30 * n] }, wrt: ['A', 'x'] }),
  'vec of a product': (n) => ({
    source: 'sum(sin(vec(A*B)).*x)',
    shapes: { A: [n, 30], B: [30, 30], x: [30 * n] },
    wrt: ['A', 'B'],
  }),
  reshape: (n) => ({
    source: 'sum(sin(reshape(A, 30, n)).*B)'.replace('n)', `${n})`),
    shapes: { A: [n, 30], B: [30, n] },
    wrt: ['A', 'B'],
  }),
  kron: (n) => ({ source: 'sum(sin(kron(A, B)))', shapes: { A: [n, 4], B: [4, 4] }, wrt: ['A', 'B'] }),
  'blocks side by side': (n) => ({ source: 'sum(sin([A, B; B, A]))', shapes: { A: [n, 30], B: [n, 30] }, wrt: ['A', 'B'] }),
  'a block of a matrix': (n) => ({
    source: `sum(sin(A[1:${n / 2},:]).*B[2:${n / 2 + 1},:])`,
    shapes: { A: [n, 30], B: [n, 30] },
    wrt: ['A', 'B'],
  }),
  'a product': (n) => ({ source: `sum(prod(A, cols).^2)*prod(x)`, shapes: { A: [2, n], x: [n] }, wrt: ['A', 'x'] }),
  'the slope of a slope of a product': (n) => ({ source: 'sum(grad(prod(x), x).^2)', shapes: { x: [n] }, wrt: ['x'] }),
  neighbours: (n) => ({ source: `sum(sin(x[2:${n}] - x[1:${n - 1}]).^2)`, shapes: { x: [n] }, wrt: ['x'] }),
  'a recurrence of two states': (n) => ({
    source: lines(
      `param W : [8, 8], V : [8, 8], x : [8, ${n}]`,
      `h[0] = zeros(8, ${n})`,
      `c[0] = zeros(8, ${n})`,
      'c[t=1:5] = tanh(V·h[t-1]) ⊙ c[t-1] + x',
      'h[t=1:5] = tanh(W·h[t-1] + c[t])',
      'minimize L = sum(h.^2)',
    ),
    wrt: ['W', 'V', 'x'],
  }),
  'a recurrence of three states': (n) => ({
    source: lines(
      `param x : [${n}]`,
      ...['a', 'b', 'c'].map((s) => `${s}[0] = zeros(${n})`),
      'a[t=1:5] = tanh(c[t-1] + x)',
      'b[t=1:5] = sin(a[t] + b[t-1])',
      'c[t=1:5] = tanh(b[t]).*a[t-1]',
      'minimize L = sum(c.^2)',
    ),
    wrt: ['x'],
  }),
};

const machines: Record<string, Machine> = {
  loops: { ...V8, written: -1 },
  products: { ...PLAIN, product: 64 },
};

function work({ source, shapes = {}, wrt }: Form, machine: Machine): number {
  const model = modelOf({ source, shapes });
  const { task } = prepare({ outputs: runningGradient(model, wrt), sizes: new Map() });
  return workOf(programOf(task, machine));
}

describe.each(Object.entries(forms))('twice as much is twice the work: %s', (_, form) => {
  it.each(Object.entries(machines))('%s', (_name, machine) => {
    const [once, twice] = [64, 128].map((n) => work(form(n), machine)) as [number, number];
    expect(twice / once).toBeLessThan(2.3);
  });
});
