import { describe, expect, it } from 'vitest';
import type { Backend } from '../../src/compile/index.ts';
import { backends } from '../../src/compile/targets/names.ts';
import { compile, derive, type Tensor } from '../../src/index.ts';
import { hasCompiler, provide } from './natively.ts';

const tried = backends.filter((backend) => backend !== 'native' || hasCompiler);
provide();

/** Written out, and in loops. */
const lengths = [3, 9, 2000];

const cases = tried.flatMap((backend) => lengths.map((n): [Backend, number] => [backend, n]));

/** No quotient here is 1/u times something: that is rounded twice, and 1/u is ∞ for the least numbers. */
describe.each(cases)('in %s a quotient of %i entries', (backend, n) => {
  const full = (value: number, length = n) => Array<number>(length).fill(value);
  const shapes = { x: ['n'], y: ['n'] };

  it('by one number is rounded once', () => {
    const f = compile('x/s', { shapes: { x: ['n'] }, backend });
    for (const s of [49, 98, 103, 107]) expect((f({ x: full(s), s }) as Tensor).data).toEqual(new Float64Array(n).fill(1));
    expect((f({ x: full(3e-310), s: 1e-310 }) as Tensor).data).toEqual(new Float64Array(n).fill(3));
    const twice = compile('x/s/t', { shapes: { x: ['n'] }, backend });
    expect((twice({ x: full(3e-310), s: 1e-310, t: 1 }) as Tensor).data).toEqual(new Float64Array(n).fill(3));
  });

  it('by what is summed up keeps its range', () => {
    const share = compile('x/sum(x)', { shapes: { x: ['n'] }, backend });
    for (const one of (share({ x: full(1e-310) }) as Tensor).data) expect(Math.abs(n * one - 1)).toBeLessThan(1e-12);
  });

  it('of rows by a number for each of them is rounded once', () => {
    const f = compile('X./r', { shapes: { X: ['m', 'n'], r: ['m', 1] }, backend });
    const X = [full(49), full(3e-310)];
    expect((f({ X, r: [[49], [1e-310]] }) as Tensor).data).toEqual(Float64Array.from([...full(1), ...full(3)]));
  });

  it('stays one where its derivative divides by the same', () => {
    const given = { x: full(1e-310), y: full(1e-310) };
    const value = (source: string, inputs: Record<string, number[]>): number => {
      const own = Object.fromEntries(Object.entries(shapes).filter(([name]) => name in inputs));
      const found = derive(source, 'x', { shapes: own }).compile({ backend }).valueAndGradient(inputs);
      return found.value as number;
    };
    expect(value('sum(y./x)', given)).toBe(n);
    expect(value('sum(sin(x)./x)', { x: given.x })).toBe(n);
    expect(value('sum(y./x)', { y: full(1e305), x: full(5e304) })).toBe(2 * n);
  });
});
