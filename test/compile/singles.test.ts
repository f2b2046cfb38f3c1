import { describe, expect, it } from 'vitest';
import { derive } from '../../src/index.ts';
import { random } from '../../src/numeric/random.ts';

/** Gradients that ask which of their entries is an extreme: what is compared has to be the same number each time. */
const SOURCES = [
  'sum(max(A.*A, cols))',
  'sum(max(A.*A, rows))',
  'max(0.1*A)',
  'max(tanh(A)) - min(sin(A))',
  'sum(min(A/3, cols)) + sum(max(abs(A - 0.1), rows))',
  'sum((max(exp(A), cols) - 1).^2)',
  'norm(0.1*A, inf)',
];
const shapes = { A: ['n', 'm'] };
const draw = random(7);
const rounded = (length: number): number[] => Array.from({ length }, () => Math.fround(2 * draw.uniform() - 1));

describe.each(['js', 'wasm', 'closure'] as const)('in single precision with the target %s', (backend) => {
  it.each(SOURCES)('%s knows its extreme entries', (source) => {
    const single = derive(source, 'A', { shapes }).compile({ backend, precision: 'f32' });
    const exact = derive(source, 'A', { shapes }).compile({ backend: 'js' });
    for (const m of [1, 2, 3, 7, 8, 9, 10, 12, 15, 16, 17, 33])
      for (const n of [1, 2, 5, 9]) {
        const A = Array.from({ length: n }, () => rounded(m));
        const [found, wanted] = [single.gradient({ A }).A, exact.gradient({ A }).A].map((x) =>
          typeof x === 'number' ? [x] : [...x.data],
        );
        wanted!.forEach((x, k) => {
          expect(Math.abs(found![k]! - x), `${n}×${m}, entry ${k}: ${found![k]} for ${x}`).toBeLessThan(1e-5);
        });
      }
  });
});

it('a 3 × 3 pooling has a gradient', () => {
  const source = 'data X : [24, 24]; P[i=1:8, j=1:8] = max[a=1:3, b=1:3](tanh(X[3*i-3+a, 3*j-3+b])); minimize sum(P)';
  const X = Array.from({ length: 24 }, () => rounded(24));
  const [single, exact] = (['f32', 'f64'] as const).map((precision) => {
    const { X: found } = derive(source, 'X').compile({ backend: 'wasm', precision }).gradient({ X });
    return typeof found === 'number' ? [found] : [...found!.data];
  });
  expect(exact!.filter((x) => x !== 0)).toHaveLength(64);
  single!.forEach((x, k) => {
    expect(x).toBeCloseTo(exact![k]!, 5);
  });
});
