import { describe, expect, it } from 'vitest';
import { compile, derive } from '../../src/index.ts';
import { refusalOf } from '../support/refusal.ts';
import '../../src/vitest.ts';

const shapes = { A: ['m', 'n'], S: ['n', 'n'], T: ['b', 't', 'x'], v: ['n'], r: [1, 'm'] };

const value = (source: string, inputs: Record<string, unknown>) => {
  const own = Object.fromEntries(Object.entries(shapes).filter(([name]) => new RegExp(`\\b${name}\\b`).test(source)));
  return JSON.parse(JSON.stringify(compile(source, { shapes: own })(inputs as never)));
};
const text = (source: string) => String(derive(source, 'A', { shapes: { A: ['m', 'n'] } }).partial);

const A = [
  [1, 2, 3],
  [4, 5, 7],
];

describe('an axis by the name of its length', () => {
  it.each([
    ['sum', 'm', 'rows'],
    ['sum', 'n', 'cols'],
    ['mean', 'm', 'rows'],
    ['softmax', 'n', 'cols'],
    ['logsumexp', 'm', 'rows'],
    ['std', 'n', 'cols'],
    ['prod', 'm', 'rows'],
  ])('%s(A, %s) is that over the %s', (name, length, word) => {
    expect(value(`${name}(A, ${length})`, { A })).toEqual(value(`${name}(A, ${word})`, { A }));
  });

  it('is derived by', async () => {
    await expect(
      'data A : [m, n] = [[1, 2, 3], [4, 5, 7]]\nparam w = 2\nminimize sum(softmax(w*A, m).*mean(A.^2, n))',
    ).toHaveCorrectGradients();
  });

  it('is any axis of an array', () => expect(text('sum(sum(A, n).^2)')).toBe("2*sum(A, n)*ones(n)'"));

  it('is a number where another value may stand', () => {
    expect(value('max(A, n)', { A })).toEqual(value('max(A, 3)', { A }));
  });

  it('is printed where the length has a name that nothing else has', () => {
    expect(text('sum(sum(A, rows).^2)')).toBe('2*ones(m)*sum(A, m)');
    expect(derive('sum(sum(A, rows).^2)', 'A', { shapes: { A: ['m', 'n'] } }).partial.toLatex()).toContain('\\sum_{m} A');
    expect(String(derive('sum(sum(A, rows).^2)', 'A', { shapes: { A: [2, 3] } }).partial)).toContain('sum(A, rows)');
    const named = 'data m = 2\ndata A : [m, 3]\nparam w : [m, 3]\nminimize sum(sum(A + w, rows).^2)';
    expect(String(derive(named).partial)).toContain(', rows)');
  });

  it.each([
    ['sum(A, k)', 'k is no axis of A, which is m×n', 'sum(A, m), sum(A, n), sum(A, rows), sum(A, cols)'],
    ['sum(S, n)', 'S is n×n: several axes have the length n', 'say which: sum(S, rows) or sum(S, cols)'],
    ['sum(A, b)', 'A is m×n: no axis has the length b', 'sum(A, m), sum(A, n), sum(A, rows), sum(A, cols)'],
  ])('%s: %s', (source, message, hint) => {
    const { message: found, hint: told } = refusalOf(() => derive(source, 'A', { shapes }));
    expect([found, told]).toEqual([message, hint]);
  });
});

describe('an index that counts, too', () => {
  it.each(['A', '(2*A - A)', "(A')'"])('ranges over the axis of %s that it indexes', (array) => {
    expect(value(`sum[i,j](i*j*${array}[i,j])`, { A })).toBe(1 + 4 + 9 + 8 + 20 + 42);
  });
});

it('the steps of a recurrence need an index', () => {
  expect(() =>
    derive('c[0] = 0; h[0] = 0; c[T] = c[t-1] + h[t-1]; h[t=1:T] = tanh(c[t] + x[t]); sum(h)', 'x', { shapes: { x: ['T'] } }),
  ).toThrow('the steps of c have no index that runs through them');
});
