import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { train } from '../../src/index.ts';

/** What SciPy's curve_fit makes of the same data, as test/outside/python/curve_fits.py tells it. */
interface Curve {
  readonly name: string;
  readonly source: string;
  readonly names: readonly string[];
  readonly start: readonly number[];
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly sigma: readonly number[] | null;
  readonly known: 'relative' | 'absolute' | null;
  readonly values: readonly number[];
  readonly errors: readonly number[];
  readonly squares: number;
  readonly rSquared: number;
  readonly degreesOfFreedom: number;
}

const curves = JSON.parse(readFileSync(new URL('curve-fits.json', import.meta.url), 'utf8')) as readonly Curve[];
const COSTS: Readonly<Record<'plain' | 'weighted', readonly ((curve: string) => string)[]>> = {
  plain: [(f) => `sum((${f} - y).^2)`, (f) => `mse(${f}, y)`, (f) => `mean((y - (${f})).^2)/2`],
  weighted: [(f) => `sum(((${f} - y)./s).^2)`, (f) => `mean(((${f} - y)./s).^2)/2`, (f) => `sum((${f} - y).^2./s.^2)`],
};
const digits = (a: number, b: number): number => (a === b ? 16 : -Math.log10(Math.abs(a - b) / Math.abs(b)));

describe.each(curves)('$name', ({ source, names, start, x, y, sigma, known, ...expected }) => {
  test.each(COSTS[sigma ? 'weighted' : 'plain'])('%s', async (cost) => {
    const params = names.map((name, k) => `param ${name} = ${start[k]}`).join('; ');
    const model = `data x : [n], y : [n]${sigma ? ', s : [n]' : ''}; ${params}; minimize ${cost(source)}`;
    const options = { optimizer: 'auto', ...(known === 'absolute' && { errors: 'known' as const }) };
    const { fit, stopped } = await train(model, { x: [...x], y: [...y], ...(sigma && { s: [...sigma] }) }, options);
    expect(stopped).toBe('converged');
    for (const [k, { name, value, error }] of fit!.estimates.entries()) {
      expect(name).toBe(names[k]);
      expect(digits(value, expected.values[k]!)).toBeGreaterThan(6);
      expect(digits(error, expected.errors[k]!)).toBeGreaterThan(5);
    }
    expect(fit!.degreesOfFreedom).toBe(expected.degreesOfFreedom);
    expect(digits(fit!.squares!, expected.squares)).toBeGreaterThan(10);
    expect(digits(fit!.rSquared!, expected.rSquared)).toBeGreaterThan(10);
  });
});
