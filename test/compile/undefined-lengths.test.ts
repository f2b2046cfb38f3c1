import { describe, expect, it } from 'vitest';
import type { Backend } from '../../src/compile/index.ts';
import { backends } from '../../src/compile/targets/names.ts';
import { compile } from '../../src/index.ts';
import { hasCompiler, provide } from './natively.ts';

const tried = backends.filter((backend) => backend !== 'native' || hasCompiler);
provide();

/** An infinite number less the mean, which is infinite too, has no value; nor has what is made of it, whatever stands behind. */
describe.each(tried.map((backend): [Backend] => [backend]))('in %s', (backend) => {
  it.each([3, 9, 2000])('a length of %i entries of which one is no number is none', (n) => {
    const given = (at: number, ...first: number[]) => ({ x: Array.from({ length: n }, (_, k) => first[k - at] ?? k + 1) });
    const value = (source: string, inputs: { x: number[] }) => compile(source, { shapes: { x: [n] }, backend })(inputs);
    for (const at of [0, 1, n - 2]) {
      for (const source of ['std(x)', 'var(x)', 'sqrt(var(x))'])
        expect(value(source, given(at, Number.POSITIVE_INFINITY)), source).toBeNaN();
      for (const source of ['norm(x)', 'norm(x, 3)'])
        for (const pair of [
          [Number.NaN, Number.POSITIVE_INFINITY],
          [Number.NEGATIVE_INFINITY, Number.NaN],
        ])
          expect(value(source, given(at, ...pair)), source).toBeNaN();
      for (const source of ['norm(x)', 'norm(x, 3)'])
        expect(value(source, given(at, Number.NEGATIVE_INFINITY))).toBe(Number.POSITIVE_INFINITY);
    }
  });
});
