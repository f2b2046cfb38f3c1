import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { train } from '../../../src/index.ts';

/**
 * The certified sets of nonlinear regression of the Statistical Reference Datasets, National Institute of Standards and
 * Technology (USA), in the public domain: data, two starts each, certified values and their standard deviations.
 */
interface CertifiedSet {
  readonly name: string;
  /** The mean as the set gives it, entry by entry. */
  readonly mean: string;
  readonly starts: readonly (readonly number[])[];
  readonly certified: readonly number[];
  readonly deviations: readonly number[];
  readonly squares: number;
  readonly y: readonly number[];
  readonly x?: readonly number[];
  readonly x1?: readonly number[];
  readonly x2?: readonly number[];
}

const sets: readonly CertifiedSet[] = JSON.parse(readFileSync(new URL('sets.json', import.meta.url), 'utf8'));

/** Of which the residuals are below the rounding of the data: their scatter is not to be had in doubles. */
const EXACT = 'Lanczos1';

function modelOf({ name, mean }: CertifiedSet, start: readonly number[]): string {
  const predictors = name === 'Nelson' ? ['x1', 'x2'] : ['x'];
  const response = name === 'Nelson' ? 'log(y)' : 'y';
  return [
    ...[...predictors, 'y'].map((data) => `data ${data} : [n]`),
    ...start.map((value, k) => `param b${k + 1} = ${value}`),
    `minimize S = sum((${response} - (${mean.replace(/[*/^]/g, '.$&')})).^2)`,
  ].join('\n');
}

const digits = (found: number, certified: number): number =>
  found === certified ? 15 : -Math.log10(Math.abs(found - certified) / Math.abs(certified));

/** Evaluations of the residuals by MINPACK's lmder with tolerances of 1e-14, of the runs that it brings to six digits. */
const MINPACK = 3513;
/** The one that it does not. */
const UNREACHED = 'BoxBOD 1';

describe('certified curve fits', () => {
  let evaluations = 0;

  test.each(sets.flatMap((set) => set.starts.map((start, k) => [set.name, k + 1, set, start] as const)))(
    '%s from start %i',
    async (name, k, set, start) => {
      const { x, x1, x2, y } = set;
      const data = { y, ...(x && { x }), ...(x1 && { x1 }), ...(x2 && { x2 }) } as unknown as Record<string, number[]>;
      const result = await train(modelOf(set, start), data, { optimizer: 'auto', epochs: 2000 });
      expect(result.stopped).toBe('converged');
      expect(result.optimizer.name).toBe('levenberg-marquardt');
      set.certified.forEach((certified, at) => {
        expect(digits(Number(result.params[`b${at + 1}`]), certified)).toBeGreaterThan(6);
      });
      if (`${name} ${k}` !== UNREACHED) evaluations += result.evaluations!.values;
      const { estimates, squares, degreesOfFreedom, rSquared } = result.fit!;
      expect(degreesOfFreedom).toBe(y.length - start.length);
      expect(rSquared).toBeGreaterThan(0.5);
      if (name === EXACT) return;
      expect(digits(squares!, set.squares)).toBeGreaterThan(5);
      set.deviations.forEach((deviation, at) => {
        expect(digits(estimates[at]!.error, deviation)).toBeGreaterThan(5);
      });
    },
  );

  test('take no more evaluations than MINPACK', () => {
    expect(evaluations).toBeGreaterThan(0);
    expect(evaluations).toBeLessThanOrEqual(MINPACK);
  });
});
