import { describe, expect, it } from 'vitest';
import { check, compile, derive, GradusError, jacobian, simplify } from '../../src/index.ts';
import { expectSound, type Shapes } from '../support/sound.ts';

const shapesOf = (inputs: Record<string, unknown>): Shapes =>
  Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => {
      const shape: number[] = [];
      for (let at = value; Array.isArray(at); at = at[0]) shape.push(at.length);
      return [name, shape];
    }),
  );

const plain = (x: unknown): unknown => (typeof x === 'number' ? x : (x as { toArray(): unknown }).toArray());
const at = (source: string, inputs: Record<string, unknown>, backend: 'js' | 'closure' = 'js'): unknown =>
  plain(compile(source, { shapes: shapesOf(inputs), backend })(inputs as never));
const gradient = (source: string, inputs: Record<string, unknown>): unknown =>
  plain(
    derive(source, 'x', { shapes: shapesOf(inputs) })
      .compile()
      .gradient(inputs as never).x,
  );
const message = (source: string, shapes: Shapes = {}): string => {
  try {
    derive(source, 'x', { shapes });
  } catch (error) {
    if (error instanceof GradusError) return `${error.message} | ${error.hint ?? ''}`;
    throw error;
  }
  throw new Error('nothing was thrown');
};

const A = [
  [1, 2, 3],
  [4, 5, 6],
  [7, 8, 9],
];

describe.each(['js', 'closure'] as const)('values by %s', (backend) => {
  it.each<[string, Record<string, unknown>, unknown]>([
    ['cumsum(x)', { x: [1, 2, 3, -1] }, [1, 3, 6, 5]],
    ['reverse_cumsum(x)', { x: [1, 2, 3, -1] }, [5, 4, 2, -1]],
    ['cumsum(A, rows)', { A }, [[1, 2, 3], [5, 7, 9], [12, 15, 18]]], // biome-ignore format: a matrix
    ['cumsum(A, cols)', { A }, [[1, 3, 6], [4, 9, 15], [7, 15, 24]]], // biome-ignore format: a matrix
    ['cumsum(x)', { x: 3 }, 3],
    ['sort(x)', { x: [3, -1, 2, -1] }, [-1, -1, 2, 3]],
    ['sort(x)', { x: [3, Number.NaN, Number.NEGATIVE_INFINITY] }, [Number.NEGATIVE_INFINITY, 3, Number.NaN]],
    ['sort(x)', { x: [] }, []],
    ['sort(A, cols)', { A: [[3, 1], [0, 2]] }, [[1, 3], [0, 2]]], // biome-ignore format: a matrix
    ['permutation(x)', { x: [3, -1, 2] }, [[0, 1, 0], [0, 0, 1], [1, 0, 0]]], // biome-ignore format: a matrix
    ['permutation(x)*x', { x: [3, -1, 2, -1] }, [-1, -1, 2, 3]],
    ['triu(A)', { A }, [[1, 2, 3], [0, 5, 6], [0, 0, 9]]], // biome-ignore format: a matrix
    ['triu(A, 1)', { A }, [[0, 2, 3], [0, 0, 6], [0, 0, 0]]], // biome-ignore format: a matrix
    ['triu(A, -1)', { A }, [[1, 2, 3], [4, 5, 6], [0, 8, 9]]], // biome-ignore format: a matrix
    ['tril(A)', { A }, [[1, 0, 0], [4, 5, 0], [7, 8, 9]]], // biome-ignore format: a matrix
    ['tril(A, -1)', { A }, [[0, 0, 0], [4, 0, 0], [7, 8, 0]]], // biome-ignore format: a matrix
    ['norm(x, 1)', { x: [3, -4] }, 7],
    ['norm(x, 2)', { x: [3, -4] }, 5],
    ['norm(x, inf)', { x: [3, -4] }, 4],
    ['norm(x, 3)', { x: [0, 0] }, 0],
    ['norm(x, 3, cols)', { x: [[3, 4, 5], [0, 0, 2]] }, [6, 2]], // biome-ignore format: a matrix
    ['stop_gradient(x)', { x: [3, -4] }, [3, -4]],
  ])('%s of %j is %j', (source, inputs, expected) => {
    const found = at(source, inputs, backend);
    if (source === 'norm(x, 3, cols)')
      (expected as number[]).forEach((v, k) => void expect((found as number[])[k]).toBeCloseTo(v, 14));
    else expect(found).toEqual(expected);
  });

  it('norm neither overflows nor vanishes', () => {
    expect(at('norm(x, 3)', { x: [1e200, 1e200] }, backend)).toBeCloseTo(2 ** (1 / 3) * 1e200, -188);
    expect((at('norm(x, 3)', { x: [1e-200, 0] }, backend) as number) / 1e-200).toBeCloseTo(1, 14);
  });
});

describe('gradients', () => {
  it('ties in sort go by their places', () => {
    expect(gradient('sum(sort(x).*[1, 2, 3, 4])', { x: [5, 1, 5, 1] })).toEqual([3, 1, 4, 2]);
  });

  it('sorting a hundred thousand numbers takes no matrix', () => {
    const x = Array.from({ length: 1e5 }, (_, k) => Math.sin(k));
    const d = derive('sum(sort(x).*w)', 'x', { shapes: { x: ['n'], w: ['n'] } }).compile();
    const found = plain(d.gradient({ x, w: x.map((_, k) => k) }).x) as number[];
    // The weight of the smallest entry is 0.
    expect(found[x.indexOf(Math.min(...x))]).toBe(0);
  });

  it('the Jacobians are the matrices that they are', () => {
    expect(jacobian('sort(x)', 'x', { shapes: { x: ['n'] } }).toString()).toBe('permutation(x)');
    const J = jacobian('cumsum(x)', 'x', { shapes: { x: [3] } });
    expect(plain(J.evaluate({ x: [1, 2, 3] }))).toEqual([[1, 0, 0], [1, 1, 0], [1, 1, 1]]); // biome-ignore format: a matrix
  });

  it('norm(x, p) has the slope 0 at 0', () => {
    for (const p of ['3', '3/2', '1', '2']) expect(gradient(`norm(x, ${p})`, { x: [0, 0] }), p).toEqual([0, 0]);
    const far = gradient('norm(x, 3)', { x: [1e200, 1e200] }) as number[];
    for (const v of far) expect(v).toBeCloseTo(2 ** (-2 / 3), 14);
  });

  it('stop_gradient passes nothing on', () => {
    expect(derive('stop_gradient(x^2)*x', 'x').partial.toString()).toBe('stop_gradient(x^2)');
    expect(derive('stop_gradient(x)', 'x').partial.toString()).toBe('0');
    expect(derive('detach(x)*x', 'x', { order: 2 }).partial.toString()).toBe('0');
    expect(simplify('stop_gradient(x) - x').toString()).toBe('stop_gradient(x) - x');
    // The straight-through estimator: rounded forward, passed on backward.
    expect(derive('(x + stop_gradient(round(x) - x))^2', 'x').compile().valueAndGradient({ x: 1.7 })).toEqual({
      value: 4,
      gradient: { x: 4 },
    });
  });
});

describe('forms', () => {
  it.each<[string, string, Shapes]>([
    ['triu(triu(A, 1))', 'triu(A, 1)', { A: ['n', 'n'] }],
    ['tril(tril(A, -1), -2)', 'tril(A, -2)', { A: ['n', 'n'] }],
    ['sort(sort(x))', 'sort(x)', { x: ['n'] }],
    ['cumsum(2*x) - 2*cumsum(x)', 'zeros(n)', { x: ['n'] }],
    ['stop_gradient(stop_gradient(x))', 'stop_gradient(x)', {}],
    ['norm(x, 2)', 'norm(x)', { x: ['n'] }],
    ['norm(x, 1.5)', 'norm(x, 1.5)', { x: ['n'] }],
  ])('%s is %s', (source, expected, shapes) => {
    expect(simplify(source, { shapes }).toString()).toBe(expected);
  });

  it.each<[string, string, Shapes]>([
    ['norm(x, 3)', '\\left\\lVert x\\right\\rVert_{3}', { x: ['n'] }],
    ['reverse_cumsum(x)', '\\operatorname{reverse\\_cumsum}(x)', { x: ['n'] }],
  ])('%s is written %s', (source, expected, shapes) => {
    expect(simplify(source, { shapes }).toLatex()).toBe(expected);
  });
});

describe('each is derived, printed and compiled right', () => {
  it.each<[string, string, Shapes]>([
    ['sum(cumsum(x).^2)', 'x', { x: ['n'] }],
    ['cumsum(exp(x))', 'x', { x: ['n'] }],
    ['sum(cumsum(X, rows).*Y)', 'X', { X: ['m', 'n'], Y: ['m', 'n'] }],
    ['sum(sin(cumsum(X, cols)))', 'X', { X: ['m', 'n'] }],
    ['C[i,k] = cumsum[k](X[i,k]^2); sum(C.*X)', 'X', { X: ['m', 'n'] }],
    ['sum(reverse_cumsum(x).^3)', 'x', { x: ['n'] }],
    ['sum(sort(x).*w)', 'x', { x: ['n'], w: ['n'] }],
    ['sum(sort(x.^2).^2.*w)', 'x', { x: [3], w: [3] }],
    ['sort(x)', 'x', { x: [3] }],
    ['sum(sort(X, rows).*Y)', 'X', { X: [3, 2], Y: [3, 2] }],
    ["sum(permutation(x)'*w.*x)", 'x', { x: [3], w: [3] }],
    ['sum(triu(A).*B)', 'A', { A: ['n', 'n'], B: ['n', 'n'] }],
    ['sum((tril(A, -1)*x).^2)', 'A', { A: ['n', 'n'], x: ['n'] }],
    ['triu(A, 1)*x', 'A', { A: ['n', 'n'], x: ['n'] }],
    ['norm(x, 3)', 'x', { x: ['n'] }],
    ['norm(A*x, 3/2)^2', 'x', { A: ['m', 'n'], x: ['n'] }],
    ['sum(norm(X, 4, rows))', 'X', { X: ['m', 'n'] }],
    ['norm(x, inf)', 'x', { x: ['n'] }],
    ['stop_gradient(x)*x', 'x', {}],
    ['sum((W*x - stop_gradient(W*x.^2)).^2)', 'x', { W: ['m', 'n'], x: ['n'] }],
    ['x + stop_gradient(round(x) - x)', 'x', { x: ['n'] }],
    ['T = stop_gradient(tanh(W*x)); sum((W*x - T).^2)', 'W', { W: ['m', 'n'], x: ['n'] }],
  ])('%s by %s', (source, wrt, shapes) => expectSound(source, wrt, shapes));

  it.each<[string, string, boolean, Shapes]>([
    ['sum(cumsum(x).*w)', 'reverse_cumsum(w)', true, { x: ['n'], w: ['n'] }],
    ['sum(cumsum(x).*w)', 'cumsum(w)', false, { x: ['n'], w: ['n'] }],
    ['sum(sort(x).*w)', "permutation(x)'*w", true, { x: [3], w: [3] }],
    ['sum(sort(x).*w)', 'permutation(x)*w', false, { x: [3], w: [3] }],
    ['sum(sort(x).*w)', 'w', false, { x: [3], w: [3] }],
    ['sum(triu(x).*w)', 'triu(w)', true, { x: ['n', 'n'], w: ['n', 'n'] }],
    ['sum(triu(x).*w)', "tril(w')'", true, { x: ['n', 'n'], w: ['n', 'n'] }],
    ['sum(triu(x).*w)', 'tril(w)', false, { x: ['n', 'n'], w: ['n', 'n'] }],
    ['norm(x, 3)', 'sign(x).*x.^2/norm(x, 3)^2', true, { x: ['n'] }],
    ['norm(x, 3)', 'x.^2/norm(x, 3)^2', false, { x: ['n'] }],
    ['stop_gradient(x)*x', 'stop_gradient(x)', true, {}],
    ['stop_gradient(x)*x', '2*x', false, {}],
  ])('∂ %s is %s: %s', async (source, claim, ok, shapes) => {
    expect((await check(source, { claim: { x: claim }, shapes })).claims.x!.ok).toBe(ok);
  });
});

describe('errors say what to write', () => {
  it.each<[string, string, Shapes]>([
    ['sum(cumsum(x))', 'cumsum of a matrix needs its axis; x is m×n | cumsum(x, rows) adds down each column, cols along each row', { x: ['m', 'n'] }], // biome-ignore format: a row
    ['sum(sort(x))', 'sort of a matrix needs its axis; x is m×n | sort(x, rows) sorts each column, cols each row', { x: ['m', 'n'] }], // biome-ignore format: a row
    ['sum(triu(x))', 'triu needs a matrix; x is n×1 | ', { x: ['n'] }],
    ['sum(triu(x, 1/2))', 'triu needs an integer as argument 2; 1/2 is not one | ', { x: ['n', 'n'] }],
    ['sum(permutation(x))', 'permutation needs a vector; x is m×n | ', { x: ['m', 'n'] }],
    ['norm(x, 1/2)', 'norm needs a number p ≥ 1 as its order; 1/2 is none | norm(x, 1), norm(x, 3/2), norm(x, inf); of other exponents write sum(abs(x).^p)^(1/p)', { x: ['n'] }], // biome-ignore format: a row
    ['norm(x, p)', 'norm needs a number p ≥ 1 as its order; p is none | norm(x, 1), norm(x, 3/2), norm(x, inf); of other exponents write sum(abs(x).^p)^(1/p)', { x: ['n'] }], // biome-ignore format: a row
  ])('%s', (source, expected, shapes) => {
    expect(message(source, shapes)).toBe(expected);
  });
});
