import { describe, expect, it, test } from 'vitest';
import { sizeOf } from '../../src/graph/dimension.ts';
import { check, compile, derive } from '../../src/index.ts';

type Shapes = Record<string, (number | string)[]>;

const SIZES: Record<string, number> = { n: 4, m: 3, b: 2 };
const numeric = (shape: readonly (number | string)[]) => shape.map((d) => sizeOf(d, new Map(Object.entries(SIZES))));
const volume = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);

/** Different numbers of both signs, none of them an integer. */
const filled = (shape: readonly number[], salt: number) =>
  Float64Array.from({ length: volume(shape) }, (_, k) => Number((1.7 * Math.sin(1.3 * k + salt) + 0.05).toFixed(3)));

/** Reads entries of a row-major array by subscripts that count from 1. */
const entries =
  (data: ArrayLike<number>, shape: readonly number[]) =>
  (...at: number[]): number => {
    if (at.some((i, axis) => i < 1 || i > shape[axis]!)) throw new Error(`no entry ${at}`);
    return data[at.reduce((place, i, axis) => place * shape[axis]! + i - 1, 0)]!;
  };

type Array = (...at: number[]) => number;

/** What a source gives, entry by entry in row-major order; the reference is written with plain loops. */
interface Case {
  readonly source: string;
  readonly shapes: Shapes;
  readonly is: (a: Record<string, Array>) => number[];
  /** Names not to derive by: what they decide jumps. */
  readonly not?: string[];
}

const upTo = (n: number): number[] => Array.from({ length: n }, (_, k) => k + 1);
const sum = (count: number, term: (i: number) => number, from = 1): number => {
  let total = 0;
  for (let i = from; i < from + count; i++) total += term(i);
  return total;
};
const grid = (rows: number, columns: number, entry: (i: number, j: number) => number): number[] =>
  upTo(rows).flatMap((i) => upTo(columns).map((j) => entry(i, j)));

const [n, m] = [4, 3];
const x: Shapes = { x: ['n'] };
const xy: Shapes = { x: ['n'], y: ['n'] };
const A: Shapes = { A: ['n', 'm'] };
const S: Shapes = { S: ['n', 'n'] };
const X: Shapes = { X: [5, 6], F: [3, 2] };
const K: Shapes = { K: ['b', 'n', 'm'] };
const Q: Shapes = { Q: ['b', 'n', 'm', 2] };

const cases: Record<string, Case[]> = {
  sums: [
    { source: 'sum[k](A[1,k]*A[2,k])', shapes: A, is: ({ A }) => [sum(m, (k) => A!(1, k) * A!(2, k))] },
    { source: 'Σ[i, j](A[i,j]^2)', shapes: A, is: ({ A }) => [sum(n, (i) => sum(m, (j) => A!(i, j) ** 2))] },
    {
      source: 'C[i,j] = sum[k](A[i,k]*A[j,k])\nC',
      shapes: A,
      is: ({ A }) => grid(n, n, (i, j) => sum(m, (k) => A!(i, k) * A!(j, k))),
    },
    { source: 'C[j,i] = A[i,j]\nC', shapes: A, is: ({ A }) => grid(m, n, (j, i) => A!(i, j)) },
    {
      source: 'sum[i](x[i]*sum[j](x[j]*S[i,j]))',
      shapes: { ...x, ...S },
      is: ({ x, S }) => [sum(n, (i) => x!(i) * sum(n, (j) => x!(j) * S!(i, j)))],
    },
    { source: 'sum[i](x[i]*sum[i](x[i]^2))', shapes: x, is: ({ x }) => [sum(n, (i) => x!(i)) * sum(n, (i) => x!(i) ** 2)] },
    { source: 'sum[i=1:3](2)*x[1]', shapes: x, is: ({ x }) => [6 * x!(1)] },
    { source: 'sum[i](A[i])', shapes: A, is: ({ A }) => upTo(m).map((j) => sum(n, (i) => A!(i, j))) },
    { source: 'sum[i](S[i,i])', shapes: S, is: ({ S }) => [sum(n, (i) => S!(i, i))] },
  ],
  'halves and other parts': [
    { source: 'sum[i=1:n/2](x[2*i-1]*x[2*i]^2)', shapes: x, is: ({ x }) => [sum(n / 2, (i) => x!(2 * i - 1) * x!(2 * i) ** 2)] },
    {
      source: 'z[i=1:n/2] = x[2*i-1]; w[i=1:n/2] = x[2*i]; concat(z, z.*w)',
      shapes: x,
      is: ({ x }) => [...upTo(n / 2).map((i) => x!(2 * i - 1)), ...upTo(n / 2).map((i) => x!(2 * i - 1) * x!(2 * i))],
    },
    { source: 'x[1:n/2].*x[n/2+1:n]', shapes: x, is: ({ x }) => upTo(n / 2).map((i) => x!(i) * x!(i + n / 2)) },
    {
      source: 'C[i=1:n/2, j=1:m] = A[i+n/2,j]*A[2*i-1,j]; C',
      shapes: A,
      is: ({ A }) => grid(n / 2, m, (i, j) => A!(i + n / 2, j) * A!(2 * i - 1, j)),
    },
    {
      source: 'reshape(x, 2, n/2)*ones(n/2)*n/2',
      shapes: x,
      is: ({ x }) => [(n * (x!(1) + x!(2))) / 2, (n * (x!(3) + x!(4))) / 2],
    },
    {
      source: 'z[i=1:n/2] = x[2*i-1] + w[i]*x[2*i]; u[i=1:n/2] = x[2*i-1] - w[i]*x[2*i]; concat(z, u)',
      shapes: { ...x, w: ['n/2'] },
      is: ({ x, w }) =>
        upTo(n).map((k) => {
          const i = k <= n / 2 ? k : k - n / 2;
          return x!(2 * i - 1) + (k <= n / 2 ? 1 : -1) * w!(i) * x!(2 * i);
        }),
    },
    { source: 'sum[i=n/2+1:n](x[i-n/2]*x[i])', shapes: x, is: ({ x }) => [sum(n / 2, (i) => x!(i) * x!(i + n / 2))] },
    {
      source: 'sum[i=1:n/b](x[i]*sum(K[1,i,:]))',
      shapes: { ...x, ...K },
      is: ({ x, K }) => [sum(2, (i) => x!(i) * sum(m, (j) => K!(1, i, j)))],
    },
  ],
  'indices as numbers': [
    { source: 'sum[i](i*x[i])', shapes: x, is: ({ x }) => [sum(n, (i) => i * x!(i))] },
    { source: 'sum[i](x[i]^i)', shapes: x, is: ({ x }) => [sum(n, (i) => x!(i) ** i)] },
    { source: 'sum[i=2:n](x[i]/(i-1))', shapes: x, is: ({ x }) => [sum(n - 1, (i) => x!(i) / (i - 1), 2)] },
    { source: 'C[i,j] = where(i > j, S[i,j], 0)\nC', shapes: S, is: ({ S }) => grid(n, n, (i, j) => (i > j ? S!(i, j) : 0)) },
    {
      source: 'C[i,j] = where(i == j, x[i], exp(S[i,j]))\nC',
      shapes: { ...S, ...x },
      is: ({ S, x }) => grid(n, n, (i, j) => (i === j ? x!(i) : Math.exp(S!(i, j)))),
    },
    {
      source: 'C[i,j] = i <= j ? i + S[i,j] : j*x[i]\nC',
      shapes: { ...S, ...x },
      is: ({ S, x }) => grid(n, n, (i, j) => (i <= j ? i + S!(i, j) : j * x!(i))),
    },
    {
      source: 'sum[i, j](where(i != j and i + j < n + 2, S[i,j], 0))',
      shapes: S,
      is: ({ S }) => [sum(n, (i) => sum(n, (j) => (i !== j && i + j < n + 2 ? S!(i, j) : 0)))],
    },
    { source: 'I[i=1:3, j=1:2] = 10*i + j\nI*x[1]', shapes: x, is: ({ x }) => grid(3, 2, (i, j) => (10 * i + j) * x!(1)) },
    {
      source: 'C[i=1:n] = sum[j=1:n](where(j <= i, x[j], 0))\nC',
      shapes: x,
      is: ({ x }) => upTo(n).map((i) => sum(i, (j) => x!(j))),
    },
  ],
  'index arithmetic': [
    { source: 'sum[i=1:n-1](x[i]*x[i+1])', shapes: x, is: ({ x }) => [sum(n - 1, (i) => x!(i) * x!(i + 1))] },
    { source: 'C[i=1:n] = x[n-i+1]\nC', shapes: x, is: ({ x }) => upTo(n).map((i) => x!(n - i + 1)) },
    { source: 'C[i=1:2] = x[2*i]\nC', shapes: x, is: ({ x }) => [x!(2), x!(4)] },
    { source: 'C[i=1:2] = x[2*i-1] + i\nC', shapes: x, is: ({ x }) => [x!(1) + 1, x!(3) + 2] },
    { source: 'sum[i=2:n](x[i-1]*y[i])', shapes: xy, is: ({ x, y }) => [sum(n - 1, (i) => x!(i - 1) * y!(i), 2)] },
    { source: 'sum[i=1:n-1](S[i,i+1])', shapes: S, is: ({ S }) => [sum(n - 1, (i) => S!(i, i + 1))] },
    {
      source: 'sum[i=1:2, j=1:2](x[i+j]*y[2*i-j+1])',
      shapes: xy,
      is: ({ x, y }) => [sum(2, (i) => sum(2, (j) => x!(i + j) * y!(2 * i - j + 1)))],
    },
    {
      source: 'Y[i=1:3, j=1:5] = sum[p=1:3, q=1:2](X[i+p-1, j+q-1]*F[p,q])\nY',
      shapes: X,
      is: ({ X, F }) => grid(3, 5, (i, j) => sum(3, (p) => sum(2, (q) => X!(i + p - 1, j + q - 1) * F!(p, q)))),
    },
    {
      source: 'Y[i=1:2, j=1:3] = sum[p, q](X[2*i+p-2, 2*j+q-2]*F[p,q])\nY',
      shapes: X,
      is: ({ X, F }) => grid(2, 3, (i, j) => sum(3, (p) => sum(2, (q) => X!(2 * i + p - 2, 2 * j + q - 2) * F!(p, q)))),
    },
    {
      source: 'C[i=1:n] = sum[p=1:3](where(i+p-2 >= 1 and i+p-2 <= n, x[i+p-2], 0)*y[p])\nC',
      shapes: xy,
      is: ({ x, y }) => upTo(n).map((i) => sum(3, (p) => (i + p - 2 >= 1 && i + p - 2 <= n ? x!(i + p - 2) : 0) * y!(p))),
    },
    {
      source: 'P[i=1:n, j=1:n] = where(i + j - 1 <= n, x[i+j-1], 0)\nP',
      shapes: x,
      is: ({ x }) => grid(n, n, (i, j) => (i + j - 1 <= n ? x!(i + j - 1) : 0)),
    },
  ],
  'entries and blocks': [
    { source: 'A[1,2]*A[3,1]', shapes: A, is: ({ A }) => [A!(1, 2) * A!(3, 1)] },
    { source: 'x[n] - x[1]', shapes: x, is: ({ x }) => [x!(n) - x!(1)] },
    { source: 'A[2]', shapes: A, is: ({ A }) => upTo(m).map((j) => A!(2, j)) },
    { source: 'A[:, 2]', shapes: A, is: ({ A }) => upTo(n).map((i) => A!(i, 2)) },
    { source: 'A[2:3, :]', shapes: A, is: ({ A }) => grid(2, m, (i, j) => A!(i + 1, j)) },
    { source: 'A[3:, :2]', shapes: A, is: ({ A }) => grid(n - 2, 2, (i, j) => A!(i + 2, j)) },
    { source: 'A[2:n, 1:m-1]', shapes: A, is: ({ A }) => grid(n - 1, m - 1, (i, j) => A!(i + 1, j)) },
    { source: 'x[2:n] - x[1:n-1]', shapes: x, is: ({ x }) => upTo(n - 1).map((i) => x!(i + 1) - x!(i)) },
    { source: "(A*A')[1:2, 3]", shapes: A, is: ({ A }) => upTo(2).map((i) => sum(m, (k) => A!(i, k) * A!(3, k))) },
    { source: 'exp(x)[2]', shapes: x, is: ({ x }) => [Math.exp(x!(2))] },
    { source: 'K[2]', shapes: K, is: ({ K }) => grid(n, m, (i, j) => K!(2, i, j)) },
    { source: 'K[1, :, 2:3]', shapes: K, is: ({ K }) => grid(n, 2, (i, j) => K!(1, i, j + 1)) },
    { source: 'Q[2, 3, :, 1]', shapes: Q, is: ({ Q }) => upTo(m).map((k) => Q!(2, 3, k, 1)) },
  ],
  'ranks 3 and 4': [
    { source: 'C[b,i] = sum[j](K[b,i,j]^2)\nC', shapes: K, is: ({ K }) => grid(2, n, (b, i) => sum(m, (j) => K!(b, i, j) ** 2)) },
    { source: 'C[j,b,i] = K[b,i,j]\nC', shapes: K, is: ({ K }) => upTo(m).flatMap((j) => grid(2, n, (b, i) => K!(b, i, j))) },
    {
      source: 'C[b,i,j] = K[b,i,j]*x[i]\nC',
      shapes: { ...K, ...x },
      is: ({ K, x }) => upTo(2).flatMap((b) => grid(n, m, (i, j) => K!(b, i, j) * x!(i))),
    },
    {
      source: "C[b] = K[b]'*K[b]\nC",
      shapes: K,
      is: ({ K }) => upTo(2).flatMap((b) => grid(m, m, (i, j) => sum(n, (k) => K!(b, k, i) * K!(b, k, j)))),
    },
    {
      source: 'sum[b,i,j,k](Q[b,i,j,k]*K[b,i,j])',
      shapes: { ...Q, ...K },
      is: ({ Q, K }) => [sum(2, (b) => sum(n, (i) => sum(m, (j) => sum(2, (k) => Q!(b, i, j, k) * K!(b, i, j)))))],
    },
    {
      source: 'C[k,b] = sum[i,j](Q[b,i,j,k]*A[i,j])\nC',
      shapes: { ...Q, ...A },
      is: ({ Q, A }) => grid(2, 2, (k, b) => sum(n, (i) => sum(m, (j) => Q!(b, i, j, k) * A!(i, j)))),
    },
    { source: 'C[b] = det(K[b, 1:2, 2:3])\nC', shapes: K, is: ({ K }) => upTo(2).map((b) => determinant((i, j) => K!(b, i, j))) },
  ],
  reductions: [
    {
      source: 'C[i] = max[j](A[i,j])\nC',
      shapes: A,
      is: ({ A }) => upTo(n).map((i) => Math.max(...upTo(m).map((j) => A!(i, j)))),
    },
    { source: 'min[i,j](A[i,j])', shapes: A, is: ({ A }) => [Math.min(...grid(n, m, (i, j) => A!(i, j)))] },
    { source: 'prod[i](x[i] + 1)', shapes: x, is: ({ x }) => [upTo(n).reduce((p, i) => p * (x!(i) + 1), 1)] },
    {
      source: 'C[j] = prod[i](A[i,j])\nC',
      shapes: A,
      is: ({ A }) => upTo(m).map((j) => upTo(n).reduce((p, i) => p * A!(i, j), 1)),
    },
    {
      source: 'C[i] = logsumexp[k](A[i,k])\nC',
      shapes: A,
      is: ({ A }) => upTo(n).map((i) => Math.log(sum(m, (k) => Math.exp(A!(i, k))))),
    },
    {
      source: 'C[i,k] = softmax[k](A[i,k])\nC',
      shapes: A,
      is: ({ A }) => grid(n, m, (i, k) => Math.exp(A!(i, k)) / sum(m, (l) => Math.exp(A!(i, l)))),
    },
    {
      source: 'C[i,k] = softmax[i](2*A[i,k])\nC',
      shapes: A,
      is: ({ A }) => grid(n, m, (i, k) => Math.exp(2 * A!(i, k)) / sum(n, (l) => Math.exp(2 * A!(l, k)))),
    },
    {
      source: 'C[i,k] = softmax[i,k](A[i,k])\nC',
      shapes: A,
      is: ({ A }) => grid(n, m, (i, k) => Math.exp(A!(i, k)) / sum(n, (p) => sum(m, (q) => Math.exp(A!(p, q))))),
    },
    { source: 'C[i] = mean[j](A[i,j])\nC', shapes: A, is: ({ A }) => upTo(n).map((i) => sum(m, (j) => A!(i, j)) / m) },
    { source: 'C[j] = var[i](A[i,j])\nC', shapes: A, is: ({ A }) => upTo(m).map((j) => variance(upTo(n).map((i) => A!(i, j)))) },
    {
      source: 'C[i] = norm[j](A[i,j])\nC',
      shapes: A,
      is: ({ A }) => upTo(n).map((i) => Math.hypot(...upTo(m).map((j) => A!(i, j)))),
    },
    { source: 'max[i=1:n-1](x[i+1] - x[i])', shapes: x, is: ({ x }) => [Math.max(...upTo(n - 1).map((i) => x!(i + 1) - x!(i)))] },
    {
      source: 'sum[i](x[i]*max[j](S[i,j]*x[j]))',
      shapes: { ...x, ...S },
      is: ({ x, S }) => [sum(n, (i) => x!(i) * Math.max(...upTo(n).map((j) => S!(i, j) * x!(j))))],
    },
  ],
  'arrays put together': [
    { source: '[x[1], A[1,1]]', shapes: { ...x, ...A }, is: ({ x, A }) => [x!(1), A!(1, 1)] },
    { source: '[x[1], x[2]; x[3], 1]', shapes: x, is: ({ x }) => [x!(1), x!(2), x!(3), 1] },
    { source: '[x; y]', shapes: xy, is: ({ x, y }) => [...upTo(n).map((i) => x!(i)), ...upTo(n).map((i) => y!(i))] },
    { source: '[x, y]', shapes: xy, is: ({ x, y }) => upTo(n).flatMap((i) => [x!(i), y!(i)]) },
    {
      source: "[S, A; A', eye(m)]",
      shapes: { ...S, ...A },
      is: ({ S, A }) =>
        grid(n + m, n + m, (i, j) => (i <= n ? (j <= n ? S!(i, j) : A!(i, j - n)) : j <= n ? A!(j, i - n) : i === j ? 1 : 0)),
    },
    { source: 'concat(A, A)', shapes: A, is: ({ A }) => grid(2 * n, m, (i, j) => A!(((i - 1) % n) + 1, j)) },
    {
      source: 'concat(A, x, cols)',
      shapes: { ...A, ...x },
      is: ({ A, x }) => grid(n, m + 1, (i, j) => (j <= m ? A!(i, j) : x!(i))),
    },
    {
      source: 'kron(A, F)',
      shapes: { ...A, F: [3, 2] },
      is: ({ A, F }) =>
        grid(3 * n, 2 * m, (i, j) => A!(Math.ceil(i / 3), Math.ceil(j / 2)) * F!(((i - 1) % 3) + 1, ((j - 1) % 2) + 1)),
    },
    { source: 'x ⊗ y', shapes: xy, is: ({ x, y }) => grid(n, n, (i, j) => x!(i) * y!(j)) },
    { source: 'vec(A)', shapes: A, is: ({ A }) => grid(m, n, (j, i) => A!(i, j)) },
    { source: 'reshape(A, m, n)', shapes: A, is: ({ A }) => grid(n, m, (i, j) => A!(i, j)) },
    { source: 'reshape(x, 2, 2)', shapes: { x: [4] }, is: ({ x }) => upTo(4).map((i) => x!(i)) },
    { source: 'reshape(K, b*n, m)', shapes: K, is: ({ K }) => upTo(2).flatMap((b) => grid(n, m, (i, j) => K!(b, i, j))) },
    {
      source: 'reshape(reshape(K, b*n*m), b, n, m)',
      shapes: K,
      is: ({ K }) => upTo(2).flatMap((b) => grid(n, m, (i, j) => K!(b, i, j))),
    },
    { source: 'vector(x[1], 2, x[3])', shapes: x, is: ({ x }) => [x!(1), 2, x!(3)] },
  ],
};

const variance = (data: number[]): number => {
  const mean = sum(data.length, (i) => data[i - 1]!) / data.length;
  return sum(data.length, (i) => (data[i - 1]! - mean) ** 2) / data.length;
};

const determinant = (a: (i: number, j: number) => number): number => a(1, 2) * a(2, 3) - a(1, 3) * a(2, 2);

describe.each(Object.entries(cases))('%s', (_, own) => {
  describe.each(own.map((c) => [c.source.replaceAll('\n', '; '), c] as const))('%s', (__, { source, shapes, is }) => {
    it('is what plain loops give', () => {
      const inputs = Object.fromEntries(Object.entries(shapes).map(([name, shape], k) => [name, filled(numeric(shape), k)]));
      const arrays = Object.fromEntries(
        Object.entries(shapes).map(([name, shape]) => [name, entries(inputs[name]!, numeric(shape))]),
      );
      const concrete = Object.fromEntries(
        Object.entries(inputs).map(([name, data]) => [name, nested(data, numeric(shapes[name]!))]),
      );
      const expected = is(arrays);
      for (const backend of ['js', 'closure'] as const) {
        const value = compile(source, { shapes, backend })(concrete as never);
        const data = typeof value === 'number' ? [value] : Array.from(value.data);
        expect(data).toHaveLength(expected.length);
        data.forEach((entry, k) => {
          expect(entry, `entry ${k + 1}`).toBeCloseTo(expected[k]!, 12);
        });
      }
    });

    it('has the right derivatives', async () => {
      for (const wrt of Object.keys(shapes)) {
        const report = await check(source, { wrt, shapes, points: 2 });
        expect(report, wrt).toMatchObject({ ok: true });
      }
    });
  });
});

/** As nested arrays. */
function nested(data: ArrayLike<number>, shape: readonly number[]): unknown {
  const [first, ...rest] = shape;
  if (first === undefined) return data[0]!;
  const step = volume(rest);
  return upTo(first).map((k) =>
    nested(
      Array.from({ length: step }, (_, at) => data[(k - 1) * step + at]!),
      rest,
    ),
  );
}

describe('a definition by entries, used', () => {
  it('has the derivative of what it stands for', async () => {
    const source = "C[i,j] = where(i >= j, L[i,j], 0)\nlogdet(C*C' + eye(n))";
    expect(await check(source, { wrt: 'L', shapes: { L: ['n', 'n'] } })).toMatchObject({ ok: true });
  });

  it('an index means the innermost of its name', () => {
    const f = compile('sum[i=1:3](i*x) + i', { shapes: { x: [], i: [] } });
    expect(f({ x: 2, i: 100 })).toBe(112);
  });
});

describe('an index whose range is looked for in what it indexes', () => {
  test.each(['sum[i](cos(i*s)[i])', 'sum[a](a*log(x/(a+x))[a,a])', 'sum[i](where(i < n, v[i+1], s)[i])'])('%s', (source) => {
    expect(() => derive(source)).toThrow(/nothing tells what . ranges over/);
  });
});
