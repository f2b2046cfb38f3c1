import { describe, expect, test } from 'vitest';
import { derive } from '../../src/index.ts';

/** Likelihoods of answers y in {0, 1}, and chances of events, far beyond where their parts can be told from 0. */

describe.each(['js', 'closure', 'wasm'] as const)('%s', (backend) => {
  const at = (source: string, by: string, values: Record<string, number>) => {
    const { value, gradient } = derive(source, by).compile({ backend }).valueAndGradient(values);
    return [Number(value), Number(gradient[by])] as const;
  };

  test.each<[number, number, number, number]>([
    [800, 0, -800, -1],
    [800, 1, 0, 0],
    [-800, 0, 0, 0],
    [-800, 1, -800, 1],
    [40, 1, -4.248354255291589e-18, 4.248354255291589e-18],
    [-40, 0, -4.248354255291589e-18, -4.248354255291589e-18],
    [0.3, 0.25, -0.770506219043103, -0.26412007479928856],
  ])('log(y*p + (1 - y)*(1 - p)) at z = %d, y = %d', (z, y, value, slope) => {
    for (const source of [
      'p = σ(z); log(y*p + (1 - y)*(1 - p))',
      'log((1 - y)*σ(-z) + y/(1 + exp(-z)))',
      'log(y*exp(z) + 1 - y) - log(1 + exp(z))',
    ]) {
      if (source.startsWith('log(y*exp') && Math.abs(z) > 1) continue;
      const [v, s] = at(source, 'z', { z, y });
      expect(Math.abs(v - value)).toBeLessThanOrEqual(1e-14 * Math.abs(value));
      expect(Math.abs(s - slope)).toBeLessThanOrEqual(1e-14 * Math.abs(slope));
    }
  });

  test.each<[number, number, number]>([
    [-800, -800, 1],
    [-40, -40, 1],
    [0, -0.4586751453870819, 0.5819767068693265],
    [3, -1.8921786966284627e-9, 3.800542511235663e-8],
    [800, 0, 0],
  ])('log(1 - exp(-exp(z))) at %d', (z, value, slope) => {
    const [v, s] = at('log(1 - exp(-exp(z)))', 'z', { z });
    expect(Math.abs(v - value)).toBeLessThanOrEqual(1e-13 * Math.abs(value));
    expect(Math.abs(s - slope)).toBeLessThanOrEqual(1e-13 * Math.abs(slope));
  });

  test('coefficients of any sign, and derivatives by them where they are 0', () => {
    expect(at('log(a*exp(u) + b*exp(v))', 'a', { a: 0, u: 500, b: 1, v: 499 })[1]).toBeCloseTo(Math.E, 12);
    expect(at('log(a*exp(u) + b*exp(v))', 'u', { a: 3, u: 900, b: -1, v: 900 })[0]).toBeCloseTo(900 + Math.LN2, 12);
    expect(at('log(w*exp(z) + 1)', 'z', { w: 2, z: 800 })).toEqual([800 + Math.LN2, 1]);
    expect(at('log(w*exp(z) + 1)', 'z', { w: 2, z: -40 })[0]).toBeCloseTo(2 * Math.exp(-40), 30);
    expect(at('log(a*exp(u) + b*exp(v))', 'u', { a: 1, u: 0, b: -2, v: 0 })[0]).toBeNaN();
  });
});
