import { describe, expect, it } from 'vitest';
import { compile, derive } from '../../src/index.ts';
import { ellipticEDerivative, ellipticFDerivative } from '../../src/operators/elliptic.ts';
import { ellipticE, ellipticF } from '../../src/operators/kernels/elliptic.ts';
import { relative } from '../support/sample.ts';

/** mpmath, thirty digits, at the doubles that these print as. */
it.each([
  [0.999999999999, 15.20181598007012],
  [0.9999, 5.991589340507051],
  [-3, 1.0782578237498217],
])('the complete integral K(%f) has its digits next to 1 too', (m, expected) => {
  expect(relative(Number(compile('elliptic_k(m)')({ m })), expected)).toBeLessThan(1e-14);
});

/** π/2·(1/2)ₙ·(±1/2)ₙ/n!, the n-th derivatives of K and E at 0. */
const K = [Math.PI / 2, Math.PI / 8, (Math.PI / 2) * (9 / 32), (Math.PI / 2) * (75 / 128), (Math.PI / 2) * (3675 / 2048)];
const E = [Math.PI / 2, -Math.PI / 8, (Math.PI / 2) * (-3 / 32), (Math.PI / 2) * (-15 / 128), (Math.PI / 2) * (-525 / 2048)];
const NEAR_ZERO = [0, 1e-300, -1e-300, 1e-17, -1e-16, 1e-16, 1e-15];

describe.each(NEAR_ZERO)('beside m = 0, at %d', (x) => {
  it('the derivatives of K and E by m have their digits, up to the fourth', () => {
    for (const [source, expected] of [
      ['elliptic_k(x)', K],
      ['elliptic_e(x)', E],
    ] as const)
      for (let order = 1; order <= 4; order++) {
        const d = derive(source, 'x', { order });
        expect(relative(Number(d.compile().value({ x })), expected[order - 1]!)).toBeLessThan(2e-14);
        expect(relative(Number(d.compile().gradient({ x }).x), expected[order]!)).toBeLessThan(2e-14);
        expect(relative(Number(d.partial.evaluate({ x })), expected[order]!)).toBeLessThan(2e-14);
      }
  });

  it('those of the incomplete ones, and the numbers beside the steps, do too', () => {
    // (φ − sin φ·cos φ)/4 at 1.
    const expected = (1 - Math.sin(2) / 2) / 4;
    expect(relative(Number(compile('grad(elliptic_f(1, x), x)')({ x })), expected)).toBeLessThan(1e-14);
    expect(relative(Number(compile('grad(elliptic_e(1, x), x)')({ x })), -expected)).toBeLessThan(1e-14);
    // sin²φ/2 is what the derivative by the angle moves by.
    expect(relative(Number(compile('grad(grad(elliptic_f(y, x), x), y)')({ x, y: 1 })), Math.sin(1) ** 2 / 2)).toBeLessThan(
      1e-14,
    );
    const { backward } = derive('elliptic_e(1, x)', 'x').values({ x });
    expect(relative(Number(backward.at(-1)!.data[0]), -expected)).toBeLessThan(1e-14);
  });
});

/** mpmath, 25 digits, by quadrature or hypergeometric functions: m, n, the n-th derivatives of K and E. */
it.each([
  [-1e6, 1, 3.647022209784834e-9, -0.000499998051488266],
  [-1e6, 4, 4.34296046871683e-26, -9.374766445495603e-22],
  [0.9999, 1, 4998.87700518413, -2.495906969735168],
  [0.9999, 3, 999987501404.3287, -24998127.72533398],
  [1 - 2 ** -40, 2, 6.0446290980717715e23, -274877906938.96906],
  [1 - 2 ** -52, 1, 2251799813685243.5, -9.204060527839236],
  [1 - 2 ** -52, 4, 1.2341284179909045e63, -4.567192616659071e46],
])('the derivatives of the complete integrals at m = %d, n = %i', (m, n, first, second) => {
  expect(relative(ellipticFDerivative(n).kernel(Math.PI / 2, m), first)).toBeLessThan(1e-14);
  expect(relative(ellipticEDerivative(n).kernel(Math.PI / 2, m), second)).toBeLessThan(1e-14);
});

describe('at the ends of their domain the integrals are what they tend to', () => {
  it.each([
    [Math.PI / 2, 1, Infinity, 1],
    [-Math.PI / 2, 1, -Infinity, -1],
    [2, 1, Infinity, 2 - Math.sin(2)],
    [Infinity, 0.5, Infinity, Infinity],
    [-Infinity, 0.5, -Infinity, -Infinity],
    [1, -Infinity, 0, Infinity],
    [2, -Infinity, 0, Infinity],
  ])('φ = %d, m = %d', (phi, m, first, second) => {
    expect(ellipticF(phi, m)).toBe(first);
    expect(ellipticE(phi, m)).toBeCloseTo(second, 14);
  });

  it('and so are the slopes by m', () => {
    expect(derive('elliptic_k(x)', 'x').compile().gradient({ x: 1 }).x).toBe(Infinity);
    expect(derive('elliptic_e(x)', 'x').compile().gradient({ x: 1 }).x).toBe(-Infinity);
    // −∫₀^φ sin²t/cos t dt/2
    const expected = (Math.sin(1) - Math.atanh(Math.sin(1))) / 2;
    expect(relative(Number(compile('grad(elliptic_e(1, x), x)')({ x: 1 })), expected)).toBeLessThan(1e-14);
  });
});
