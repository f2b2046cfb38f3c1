import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { check, compile, derive, type GradusError } from '../../src/index.ts';
import { refusalOf } from '../support/refusal.ts';

const failure = (source: string): GradusError => refusalOf(() => derive(source));

/** Declarations without values and with values whose sizes happen to agree; the rest; what is wrong with it. */
const CLASHES: readonly (readonly [string, string, string, string, string?])[] = [
  [
    'data X : [m, d]; param W : [d, k]; param b : [k]',
    'data X : [m, d] = [[1,2],[3,4]]; param W : [d, k] = [[1,2],[3,4]]; param b : [k] = [1,2]',
    'minimize C = sum((X·W + b).^2)',
    'the sizes m and k differ',
    "b' goes to every row, as does b : [1, k]",
  ],
  [
    'data X : [m, d], y : [d]',
    'data X : [m, d] = [[1,2],[3,4]], y : [d] = [1,2]',
    "minimize C = sum(X'·y)",
    "X' is d×m, y is d×1: the inner sizes m and d differ",
    'X·y is (m×d)·(d×1) = m×1',
  ],
  ['data x : [n]', 'data x : [n] = [1,2,3]', 'minimize C = sum(x + [1,2,3])', 'the sizes n and 3 differ'],
  ['data x : [n]', 'data x : [n] = [1,2,3]', 'minimize C = dot(x, ones(3))', 'the sizes n and 3 differ'],
  ['data A : [m, n]', 'data A : [m, n] = [[1,2],[3,4]]', 'minimize C = tr(A)', 'tr needs a square matrix'],
  ['data A : [m, n]', 'data A : [m, n] = [[1,2],[3,4]]', 'minimize C = det(A)', 'det needs a square matrix'],
  ['data A : [m, n]', 'data A : [m, n] = [[1,2],[3,4]]', 'minimize C = sum(A^2)', '^ on a matrix is the matrix power'],
  [
    'data A : [n, n], b : [m]',
    'data A : [n, n] = [[2,0],[0,2]], b : [m] = [1,2]',
    'minimize C = sum(A \\ b)',
    'n equations, m right sides',
  ],
  [
    'data A : [m, n], B : [k, l]',
    'data A : [m, n] = [[1,2]], B : [k, l] = [[1,2]]',
    'minimize C = sum(concat(A, B))',
    'cannot be joined',
  ],
  ['data x : [n]', 'data x : [n] = [1,2,3,4]', 'minimize C = sum(reshape(x, 2, 2))', 'x has n entries, 2×2 has 4'],
  [
    'data x : [n], y : [m]',
    'data x : [n] = [1,2], y : [m] = [3,4]',
    'minimize C = sum[i](x[i]*y[i])',
    'the index i ranges over n elsewhere and over m here',
  ],
  ['data x : [n], y : [2*m]', 'data x : [n] = [1,2], y : [2*m] = [3,4]', 'minimize C = sum(x.*y)', 'the sizes n and 2*m differ'],
  ['data x : [n/2], y : [m]', 'data x : [n/2] = [1,2], y : [m] = [3,4]', 'minimize C = mse(x, y)', 'the sizes n/2 and m differ'],
];

const told = ({ message, note = '', hint = '' }: GradusError): string => `${message}; ${note}; ${hint}`;

describe('two names, or a name and a number, are different sizes whatever the data', () => {
  test.each(CLASHES)('%s', (bare, given, use, message, hint = '') => {
    const without = failure(`${bare}; ${use}`);
    expect(told(without)).toContain(message);
    expect(told(without)).toContain(hint);
    expect(told(failure(`${given}; ${use}`))).toBe(told(without));
  });

  test('shapes that fit do so for all sizes, and the data do not change what is derived', () => {
    const sizes = fc.integer({ min: 1, max: 3 });
    fc.assert(
      fc.property(sizes, sizes, sizes, (m, d, k) => {
        const array = (rows: number, columns: number) =>
          `[${Array.from({ length: rows }, (_, i) => `[${Array.from({ length: columns }, (_, j) => i + 2 * j + 1).join()}]`).join()}]`;
        const of = (x: string, y: string) =>
          derive(
            `data X : [m, d]${x}, Y : [m, k]${y}; param W : [d, k]; param b : [1, k]; minimize C = sum((X·W + b - Y).^2)/m`,
          ).toText();
        expect(of(` = ${array(m, d)}`, ` = ${array(m, k)}`)).toBe(of('', ''));
      }),
      { numRuns: 10 },
    );
  });

  it('so too in a claim', async () => {
    const source = 'data x : [n] = [1,2]; param w : [n]; minimize C = sum(w)';
    const claims = async (w: string) => (await check(source, { claim: { w } })).claims.w!;
    expect(await claims('ones(n)')).toMatchObject({ ok: true });
    expect(await claims('ones(2)')).toMatchObject({ ok: false });
    expect((await claims('ones(2)')).message).toContain('the claim is 2×1, the derivative by w is n×1');
  });

  it('has a hint that holds for every size', () => {
    const { hint } = failure('data X : [m, 2] = [[1,2],[3,4]]; param w : [2]; minimize C = sum(w*X)');
    expect(hint).toBe('X·w is (m×2)·(2×1) = m×1');
    expect(failure('data X : [m, 2] = [[1,2],[3,4]]; param w : [1, 2]; minimize C = sum(w*X)').hint).toBe(
      "w·X' is (1×2)·(2×m) = 1×m",
    );
  });

  it('finds the two that clash among several', () => {
    expect(failure('data A : [m, k], B : [m, k], b : [k]; minimize C = sum(A + b + B)').hint).toContain('b : [1, k]');
    expect(failure('data A : [m, k], B : [m, k], b : [k]; minimize C = sum(b + A + B)').hint).toContain("b' goes to every row");
  });
});

describe('then the data bind', () => {
  it.each([
    ['data x : [k+1] = [1,2,3,6]; sum(x)/k', 4],
    ['data x : [2*k] = [1,2,3,4]; sum(x)/k', 5],
    ['data x : [n/2] = [1,2,3]; sum(x)/n', 1],
    ['data y : [n+m] = [1,2,3,4,5]; data x : [n] = [1,2]; m', 3],
    ['data X : [n, n*k] = [[1,2,3,4],[1,2,3,4]]; k', 2],
    ['const n = 3; data x : [m] = [1,2,3]; sum(x)/n', 2],
  ])('%s', (source, value) => {
    expect(compile(source)({})).toBe(value);
  });

  it.each([
    ['data x : [k+1] = [1,2,3]; data y : [k] = [1,2,3]; sum(x) + sum(y)', 'axis 1 has length 3, declared is k = 2 (by x)'],
    [
      'data y : [k] = [1,2,3]; data x : [k+1] = [1,2,3]; sum(x) + sum(y)',
      'axis 1 has length 3, declared is k+1 = 4 (k = 3 by y)',
    ],
    ['data x : [2*k] = [1,2,3]; sum(x)', 'axis 1 has length 3, declared is 2*k: it does not go evenly'],
    ['data x : [3] = [1,2]; sum(x)', 'axis 1 has length 2, declared is 3'],
    ['const n = 3; data x : [n] = [1,2]; sum(x)/n', 'axis 1 has length 2, declared is n = 3 (by n)'],
    ['data x : [n] = [1,2]; const n = 3; sum(x)/n', 'axis 1 has length 2, declared is n = 3 (by n)'],
  ])('%s', (source, note) => {
    const error = failure(source);
    expect(error.message).toContain('does not have its shape');
    expect(error.note).toBe(note);
  });

  it.each([
    ['data x : [n/(k+1)]; sum(x)', 'n cannot be divided by k+1'],
    ['data x : [7/2]; sum(x)', '7 cannot be divided by 2'],
    ['data x : [sin(n)]; sum(x)', 'a dimension is an integer, a name, or a sum, product or whole quotient of these'],
  ])('%s', (source, message) => {
    expect(failure(source).message).toBe(message);
  });
});

describe('a dimension that is printed', () => {
  it.each([
    ['sum(x)/(n-2*k)', { x: ['n-2*k'], y: ['k'] }, 'ones(n - 2*k)/(n - 2*k)'],
    ['mean(x)', { x: ['n/k'], y: ['k'] }, 'ones(n/k)/(n/k)'],
    ['x[(n+1)/2]', { x: ['n'] }, 'T[i=1:n] = i == (n + 1)/2; T'],
  ] as [string, Record<string, (string | number)[]>, string][])('%s', (source, shapes, text) => {
    expect(derive(source, 'x', { shapes }).partial!.toString()).toBe(text);
  });
});

describe('sizes that are drawn', () => {
  it.each([
    ['sum(x.^2)*sum(y)', { x: ['n/k'], y: ['k'] }],
    ['sum[i=1:n/3](x[3*i-2]^2) + sum[j=1:n/2](x[j])', { x: ['n'] }],
    ['sum((reshape(x, h, d/h)*z).^2)', { x: ['d'], y: ['h'], z: ['d/h'] }],
  ] as [string, Record<string, (string | number)[]>][])('go evenly: %s', async (source, shapes) => {
    expect(await check(source, { shapes, wrt: 'x' })).toMatchObject({ ok: true });
  });
});

describe('a value that is an expression', () => {
  it('binds names as an array does', () => {
    expect(compile('data b : [2] = [1,2]; data a : [m] = 2*b; sum(a)/m')({})).toBe(3);
    expect(failure('data a : [n] = zeros(3); data b : [n] = [1,2]; sum(a) + sum(b)').note).toContain('n = 3 (by a)');
    expect(failure('data b : [n]; data a : [m] = 2*b; sum(a)').note).toBe('axis 1 has length n, declared is m');
    expect(failure('data b : [n]; data a : [3] = 2*b; sum(a)').note).toBe('axis 1 has length n, declared is 3');
    expect(compile('data b : [n] = [1,2]; data a : [n] = 3; sum(a + b)')({})).toBe(9);
  });
});

describe('an axis of one entry', () => {
  it.each([
    ['b[1]', 3],
    ['B[1,1] + B[1]', 6],
    ['sum[i](b[i]) + sum[i,j](B[i,j])', 6],
    ['b[:] + b[1:1]', 6],
    ['diag(b) + diag(B) + tr(B) + det(B) + b\\B', 13],
    ['sum(outer(b, c))', 9],
    ['sum(outer(c, b))', 9],
    ['(B*B)[1,1]', 9],
    ['max[i](b[i])', 3],
  ])('%s', (expression, value) => {
    expect(compile(`data b : [1] = [3]; data B : [1,1] = [[3]]; data c : [2] = [1,2]; ${expression}`)({})).toBe(value);
  });

  it('is one, and no more', () => {
    expect(failure('data b : [1] = [3]; b[2]').message).toBe('the subscript reaches 2, outside of an axis of length 1');
    // No one said that x is an array.
    expect(failure('sum[i](x[i]^2)').message).toBe('x has 0 axes, not 1');
    expect(failure('data a; a[1]').message).toBe('a has 0 axes, not 1');
  });
});
