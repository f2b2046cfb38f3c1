import { describe, expect, it } from 'vitest';
import { compile, derive, type Tensor } from '../../src/index.ts';
import { hasCompiler, provide } from '../compile/natively.ts';

const backends = ['js', 'wasm', 'closure', ...(hasCompiler ? (['native'] as const) : [])] as const;
if (hasCompiler) provide();

const flat = (value: unknown): number[] => (typeof value === 'number' ? [value] : Array.from((value as Tensor).data));

const close = (found: readonly number[], expected: readonly number[]): void => {
  expect(found).toHaveLength(expected.length);
  found.forEach((y, k) => {
    expect(Math.abs(y / expected[k]! - 1), `${y} for ${expected[k]}`).toBeLessThan(1e-14);
  });
};

describe.each(backends)('roots of means of squares square nothing that leaves the numbers: %s', (backend) => {
  it.each([1e-300, 1e-200, 1e-20, 1, 1e20, 1e200, 1e300])('of numbers near %d', (size) => {
    for (const length of [2, 40]) {
      const x = Array.from({ length }, (_, k) => (k % 2 ? 2 : 1) * size);
      const value = (source: string) => flat(compile(source, { shapes: { x: ['n'] }, backend })({ x }) as unknown);
      const mean = [...x.keys()].reduce((sum, k) => sum + (k % 2 ? 4 : 1), 0) / length;
      close(value('std(x)'), [size / 2]);
      close(value('sqrt(mean(x.^2))'), [size * Math.sqrt(mean)]);
      close(value("sqrt(3*x'*x)"), [size * Math.sqrt(3 * mean * length)]);
      const slope = derive('std(x)', 'x', { shapes: { x: ['n'] } })
        .compile({ backend })
        .gradient({ x }).x;
      close(
        flat(slope),
        x.map((_, k) => (k % 2 ? 1 : -1) / length),
      );
    }
  });

  it('over an axis, for each row its own', () => {
    const X = Array.from({ length: 3 }, (_, i) => Array.from({ length: 20 }, (_, j) => (j % 2 ? 3 : 1) * 10 ** (150 * i - 150)));
    const compiled = (source: string) => flat(compile(source, { shapes: { X: ['m', 'n'] }, backend })({ X }) as unknown);
    close(compiled('std(X, cols)'), [1e-150, 1, 1e150]);
    close(compiled("std(X', rows)"), [1e-150, 1, 1e150]);
  });

  it('comes to whole numbers, and to what is none', () => {
    const f = compile('std(x)', { shapes: { x: ['n'] }, backend });
    expect(
      [
        [1, 3],
        [5, 5, 5, 5],
        [2, 4, 4, 4, 5, 5, 7, 9],
      ].map((x) => flat(f({ x }))[0]),
    ).toEqual([1, 0, 2]);
    expect(flat(f({ x: [1, Number.NaN, 2] }))[0]).toBeNaN();
  });
});
