import { describe, expect, test } from 'vitest';
import { compile, derive, hessian, jacobian } from '../../src/index.ts';
import '../../src/vitest.ts';

const _shapeOf = (x: unknown): number[] => (Array.isArray(x) ? [x.length, ..._shapeOf(x[0])] : []);

const list = (x: unknown): number[] => (typeof x === 'number' ? [x] : Array.from((x as { data: ArrayLike<number> }).data));
describe('by axis', () => {
  const X = [
    [1, 5, 5],
    [4, 2, 5],
  ];
  test.each([
    ['max(X, rows)', [4, 5, 5]],
    ['max(X, cols)', [5, 5]],
    ['min(X, rows)', [1, 2, 5]],
    ['prod(X, cols)', [25, 40]],
    ['prod(X)', [1000]],
    ['max(X)', [5]],
    ['sum(softmax(X, rows), rows)', [1, 1, 1]],
    ['sum(softmax(X, cols), cols)', [1, 1]],
  ])('%s', (source, expected) => {
    list(compile(source, { shapes: { X: [2, 3] } })({ X })).forEach((x, k) => {
      expect(x).toBeCloseTo(expected[k]!, 14);
    });
  });

  test('ties share over a whole matrix', () => {
    expect(list(compile('grad(max(X), X)', { shapes: { X: [2, 3] } })({ X }))).toEqual([0, 1 / 3, 1 / 3, 0, 0, 1 / 3]);
  });
});

describe('what a person would write', () => {
  test.each([
    ['logdet(A)', { A: ['n', 'n'] }, 'A', "inv(A)'"],
    ['tr(inv(A))', { A: ['n', 'n'] }, 'A', "-(inv(A)^2)'"],
    ["b'*inv(A)*b", { A: ['n', 'n'], b: ['n'] }, 'b', "inv(A)*b + inv(A)'*b"],
    ['det(A)', { A: ['n', 'n'] }, 'A', "det(A)*inv(A)'"],
    ['logsumexp(x)', { x: ['n'] }, 'x', 'softmax(x)'],
  ])('the derivative of %s', async (source, shapes, by, written) => {
    expect(derive(source, by, { shapes }).partial.toString().length).toBeLessThan(1.6 * written.length);
    await expect(written).toBeDerivativeOf(source, by, { shapes });
  });

  test('the Jacobian of softmax is diag(s) − s·sᵀ', () => {
    const s = jacobian('softmax(x)', 'x', { shapes: { x: ['n'] } }).toString();
    const f = compile(s, { shapes: { x: [2] } });
    expect(list(f({ x: [0, Math.log(3)] })).map((v) => Number(v.toFixed(12)))).toEqual([0.1875, -0.1875, -0.1875, 0.1875]);
  });

  test('the Hessian of log det is −A⁻ᵀ ⊗ A⁻ᵀ, turned', () => {
    const H = hessian('logdet(A)', 'A', { shapes: { A: [2, 2] } }).toString();
    const found = list(
      compile(H, { shapes: { A: [2, 2] } })({
        A: [
          [2, 1],
          [1, 3],
        ],
      } as never),
    );
    const inv = [0.6, -0.2, -0.2, 0.4];
    found.forEach((x, at) => {
      const [i, j, k, l] = [8, 4, 2, 1].map((b) => (at & b ? 1 : 0)) as [number, number, number, number];
      expect(x).toBeCloseTo(-inv[2 * l + i]! * inv[2 * j + k]!, 14);
    });
  });
});

describe('what is no dimension is refused', () => {
  test.each([
    'zeros(-1)',
    'zeros(2, -1)',
    'ones(-3)',
    'eye(-1)',
    'reshape(x, -1, 2)',
    'zeros(x[1])',
    'zeros(y/2)',
    'zeros(y/2 + 1)',
  ])('%s', (source) => {
    expect(() => compile(source, { shapes: { x: [4], y: [] } })).toThrow(/needs dimensions; .* is not one/);
  });
});

describe('arguments too many are refused', () => {
  test.each([
    ...['inv', 'det', 'cofactor', 'logdet', 'cholesky', 'permutation', 'vec', 'diag', 'tr'].map((f) => [f, 1] as const),
    ...['solve', 'kron', 'triu', 'tril'].map((f) => [f, 2] as const),
  ])('%s takes %i at the most', (name, most) => {
    const args = ['A', ...Array.from({ length: most }, () => '1')];
    const many = `sum(${name}(${args.join(', ')}))`;
    expect(() => compile(many, { shapes: { A: [2, 2] } })).toThrow(`not ${most + 1}`);
  });
});
