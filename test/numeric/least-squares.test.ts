import { describe, expect, test } from 'vitest';
import { LeastSquares } from '../../src/numeric/linear/least-squares.ts';
import { columnLengths } from '../../src/numeric/linear/vectors.ts';
import { random } from '../../src/numeric/random.ts';

const [M, N] = [160, 90];

const drawn = (length: number, seed: number): Float64Array => {
  const draw = random(seed);
  return Float64Array.from({ length }, () => draw.normal());
};

function gram(a: Float64Array): Float64Array {
  const n = N;
  const result = new Float64Array(n * n);
  for (let i = 0; i < a.length / n; i++)
    for (let j = 0; j < n; j++) for (let k = 0; k < n; k++) result[j * n + k]! += a[i * n + j]! * a[i * n + k]!;
  return result;
}

const never = (): never => {
  throw new Error('squares were asked for');
};

/** What squares give, and what factors do: those lack squares that are numbers. */
function both(a: Float64Array, b: Float64Array) {
  const columns = columnLengths(a, b.length, N);
  const without = () => new Float64Array(N * N).fill(Number.NaN);
  return { squares: new LeastSquares(a, b, columns, gram), factors: new LeastSquares(a, b, columns, without) };
}

const apart = (x: Float64Array, y: Float64Array): number =>
  x.reduce((most, entry, j) => Math.max(most, Math.abs(entry / y[j]! - 1)), 0);

describe('least squares of many columns', () => {
  test.each([
    ['alike', () => 1],
    ['of lengths far apart', (j: number) => 10 ** ((j % 7) - 3)],
    ['at the edge of what squares have digits for', (j: number) => (j === 5 ? 1e-9 : 1)],
  ])('that are %s come out of squares as of factors', (_, scale) => {
    const a = drawn(M * N, 1).map((x, at) => x * scale(at % N));
    const { squares, factors } = both(a, drawn(M, 2));
    const [found, wanted] = [squares.whole, factors.whole];
    expect(apart(found.x, wanted.x)).toBeLessThan(1e-11);
    expect(found.isOnly).toBe(true);
    expect(wanted.isOnly).toBe(true);
    expect(found.rest / wanted.rest).toBeCloseTo(1, 12);
    expect(found.reached / wanted.reached).toBeCloseTo(1, 12);
    const d = columnLengths(a, M, N).map((size) => size * 0.1);
    const [bent, turned] = [squares.damped(d), factors.damped(d)];
    expect(apart(bent.x, turned.x)).toBeLessThan(1e-10);
    const length = (v: Float64Array) => Math.hypot(...v);
    const v = drawn(N, 3).map((x, j) => x * d[j]!);
    expect(length(bent.turned(v)) / length(turned.turned(v))).toBeCloseTo(1, 10);
  });

  test.each([1e-3, 1e-5, 1e-7, 1e-9])('of which two differ by %d are as exact as with factors', (difference) => {
    const a = drawn(M * N, 4);
    for (let i = 0; i < M; i++) a[i * N + 8] = a[i * N + 3]! + difference * a[i * N + 8]!;
    const wanted = drawn(N, 5);
    const b = new LeastSquares(a, drawn(M, 6), columnLengths(a, M, N), never).along(wanted);
    const { squares, factors } = both(a, b);
    const error = (x: Float64Array) => Math.max(...x.map((entry, j) => Math.abs(entry - wanted[j]!)));
    expect(squares.whole.isOnly).toBe(true);
    expect(error(squares.whole.x)).toBeLessThan(Math.max(1e-13, 10 * error(factors.whole.x)));
  });

  test('of which one is another are told to be', () => {
    const a = drawn(M * N, 4);
    for (let i = 0; i < M; i++) a[i * N + 8] = a[i * N + 3]!;
    const { squares } = both(a, drawn(M, 6));
    expect(squares.whole.isOnly).toBe(false);
    expect(squares.dampedBySquares(new Float64Array(N))).toBeUndefined();
    expect(squares.dampedBySquares(new Float64Array(N).fill(1))).toBeDefined();
  });

  test('of few columns take no squares', () => {
    const [a, b] = [drawn(20 * 6, 1), drawn(20, 2)];
    const few = new LeastSquares(a, b, columnLengths(a, 20, 6), never);
    expect(few.isLarge).toBe(false);
    expect(few.whole.isOnly).toBe(true);
    expect(few.damped(new Float64Array(6).fill(1)).x).toHaveLength(6);
  });
});

test('where b is out of reach of the columns, squares say so', () => {
  const a = drawn(M * N, 7);
  const b = drawn(M, 8);
  const columns = columnLengths(a, M, N);
  const { x } = new LeastSquares(a, b, columns, gram).whole;
  const rest = new LeastSquares(a, b, columns, gram).along(x).map((y, i) => b[i]! - y);
  let asked = 0;
  const again = new LeastSquares(a, rest, columns, (of) => {
    asked++;
    return gram(of);
  });
  expect(again.whole.reached).toBeLessThan(1e-12 * again.whole.rest);
  expect(again.whole.rest / Math.hypot(...rest)).toBeCloseTo(1, 12);
  expect(asked).toBe(1);
});
