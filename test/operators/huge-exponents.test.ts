import { describe, expect, it } from 'vitest';
import { compile, derive, type Tensor } from '../../src/index.ts';
import { hasCompiler, provide } from '../compile/natively.ts';

const backends = ['js', 'wasm', 'closure', ...(hasCompiler ? (['native'] as const) : [])] as const;
if (hasCompiler) provide();

/** Above 2⁵³ every double is even; below, and at half of it, the last bit tells. */
const exponents = [3, 4, 2 ** 31 + 1, 2 ** 32 + 1, 2 ** 52 + 1, 2 ** 53 - 1, 2 ** 53, 2 ** 53 + 2, 2 ** 54, 1e300];
const points = [-1 - Number.EPSILON, -1, -0.5, -2].flatMap((x) => exponents.flatMap((y) => [[x, y] as const, [x, -y] as const]));
const [x, y] = [points.map(([base]) => base), points.map(([, p]) => p)];
const shapes = { x: ['n'], y: ['n'] };

describe.each(backends)('a power of a negative number has the sign that the last bit of its exponent tells: %s', (backend) => {
  const expectAll = (found: unknown, expected: (base: number, p: number) => number): void => {
    Array.from((found as Tensor).data).forEach((value, k) => {
      const sought = expected(...points[k]!);
      const isSame = Object.is(value, sought) || Math.abs(value - sought) <= 1e-12 * Math.abs(sought);
      expect(isSame, `${points[k]}: ${value}, not ${sought}`).toBe(true);
    });
  };

  it('its value', () => {
    expectAll(compile('x.^y', { shapes, backend })({ x, y }), (base, p) => base ** p);
  });

  it('its slope', () => {
    const slope = derive('sum(x.^y)', 'x', { shapes }).compile({ backend }).gradient({ x, y }).x;
    expectAll(slope, (base, p) => p * base ** (p - 1));
  });
});
