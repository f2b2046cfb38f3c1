import { describe, expect, it } from 'vitest';
import { derive, hessian, jacobian, type Tensor } from '../../src/index.ts';
import { random } from '../../src/numeric/random.ts';
import { hasCompiler, provide } from '../compile/natively.ts';

const vector = { x: ['n'] };

const productBut = (x: readonly number[], out: readonly number[]): number =>
  new Set(out).size < out.length ? 0 : x.reduce((all, own, k) => (out.includes(k) ? all : all * own), 1) + 0;

/** The entries, without a sign of 0. */
const flat = (value: unknown): number[] => Array.from((value as Tensor).data, (entry) => entry + 0);

const backends = ['js', 'wasm', 'closure', ...(hasCompiler ? (['native'] as const) : [])] as const;
if (hasCompiler) provide();

describe.each(backends)('the derivatives of a product are products of the others: %s', (backend) => {
  const gradient = (x: number[]) => flat(derive('prod(x)', 'x', { shapes: vector }).compile({ backend }).gradient({ x }).x);

  it('in every order, with zeros anywhere', () => {
    const draw = random(3);
    for (let round = 0; round < 30; round++) {
      const n = 1 + (round % 6);
      const x = Array.from(
        { length: n },
        () => Math.max(0, Math.round(draw.uniform(-4, 4))) * (draw.uniform(0, 1) < 0.5 ? -1 : 1),
      );
      const places = x.map((_, k) => k);
      expect(gradient(x)).toEqual(places.map((i) => productBut(x, [i])));
      const second = hessian('prod(x)', 'x', { shapes: vector, backend }).evaluate({ x });
      expect(flat(second)).toEqual(places.flatMap((i) => places.map((j) => productBut(x, [i, j]))));
    }
    const x = [2, 0, 3, 5, 7];
    const places = x.map((_, k) => k);
    const third = jacobian('jacobian(grad(prod(x), x), x)', 'x', { shapes: vector, backend }).evaluate({ x });
    expect(flat(third)).toEqual(places.flatMap((i) => places.flatMap((j) => places.map((k) => productBut(x, [i, j, k])))));
  });

  it('over an axis, for each row its own', () => {
    const X = [
      [2, 0, 5],
      [3, 4, 0],
    ];
    const found = derive('sum(prod(X, cols).*[1; 10])', 'X', { shapes: { X: [2, 3] } })
      .compile({ backend })
      .gradient({ X }).X;
    expect(flat(found)).toEqual([0, 10, 0, 0, 0, 120]);
  });

  it('where parts of a product are out of range, and it is not', () => {
    expect(gradient([1e-200, 3, 1e200, 1e200])[1]).toBeCloseTo(1e200, -188);
    expect(gradient([1e200, 1e200, 1e-300, 7])[3]! / 1e100).toBeCloseTo(1, 12);
    expect(gradient([1e300, 1e300, 1e-300, 1e-300, 7])[4]).toBeCloseTo(1, 12);
    expect(gradient([Number.POSITIVE_INFINITY, 2, 0]).map(String)).toEqual(['0', 'NaN', 'Infinity']);
    const second = hessian('prod(x)', 'x', { shapes: vector, backend }).evaluate({ x: [1e200, 1e200, 1e-300, 2] });
    expect(flat(second)[2]! / 2e200).toBeCloseTo(1, 12);
    expect(flat(second)[14]).toBe(Number.POSITIVE_INFINITY);
  });
});

it('a product of very many entries has its slopes at once', () => {
  const n = 200_000;
  const x = Float64Array.from({ length: n }, (_, k) => 1 + ((k % 7) - 3) / n);
  const found = flat(derive('prod(x)', 'x', { shapes: vector }).compile().gradient({ x }).x);
  const all = x.reduce((a, b) => a * b, 1);
  expect(found[5]! * x[5]!).toBeCloseTo(all, 9);
  expect(found[n - 1]! * x[n - 1]!).toBeCloseTo(all, 9);
});
