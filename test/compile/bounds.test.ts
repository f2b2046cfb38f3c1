import { describe, expect, it } from 'vitest';
import type { ProgramSpec } from '../../src/compile/index.ts';
import { reserved, viewsOf } from '../../src/compile/layout.ts';
import { laidOut } from '../../src/compile/link.ts';
import { looped } from '../../src/compile/loops.ts';
import { type Machine, PLAIN, V8 } from '../../src/compile/machine.ts';
import { closures } from '../../src/compile/targets/closures.ts';
import { prepare } from '../../src/compile/task.ts';
import { corpus } from '../support/corpus.ts';
import { randomGraph, SIZES } from './random.ts';
import { caseOf } from './specs.ts';

/** An array that can be asked for nothing but its entries. */
const strict = <A extends Float64Array | Float32Array>(array: A): A =>
  new Proxy(array, {
    get(own, key) {
      if (typeof key === 'string' && /^-?\d/.test(key) && !(key in own)) throw new RangeError(`${key} of ${own.length}`);
      const value = Reflect.get(own, key, own) as unknown;
      return typeof value === 'function' ? value.bind(own) : value;
    },
    set(own, key, value) {
      if (!(key in own)) throw new RangeError(`${String(key)} of ${own.length}`);
      return Reflect.set(own, key, value, own);
    },
  });

function stays(spec: ProgramSpec, machine: Machine): void {
  const { task } = prepare(spec);
  const made = laidOut(task, looped(task, machine));
  closures.link(made, viewsOf(made.layout, reserved(made.layout)).map(strict)).run(2, undefined, false);
}

describe.each([
  ['in blocks', V8],
  ['in plain loops', PLAIN],
] as const)('%s nothing outside of an array is read', (_, machine) => {
  it.each<[source: string, wrt: string[], shapes: Record<string, (number | string)[]>]>([
    ['y[i=1:n] = x[i] + x[n+1-i]; sum(y.^2)', ['x'], { x: ['n'] }],
    ['sum[i=2:9](x[i]*k[i-1]) + sum[i=1:9, j=1:3](where(i > j, x[i], 0)*k[j])', ['x', 'k'], { x: [9], k: [9] }],
    ['y[i=1:8] = sum[p=1:5](x[i+p-1]*k[p]); sum(y.^3)', ['x', 'k'], { x: [12], k: [5] }],
    ['y[i=1:8,j=1:8] = sum[p=1:3,q=1:3](I[i+p-1,j+q-1]*K[p,q]); sum(y.^3)', ['I', 'K'], { I: [10, 10], K: [3, 3] }],
    ['h[0] = 0; h[t=1:T] = tanh(w*h[t-1] + x[t]); sum(h.^2)', ['w', 'x'], { w: [], x: ['T'] }],
  ])('by %s', (source, wrt, shapes) => {
    stays(caseOf({ source, wrt, shapes }).spec, machine);
  });

  it.each(Array.from({ length: 60 }, (_n, seed) => seed))('by random graph %i', (seed) => {
    const { nodes } = randomGraph(seed);
    stays({ outputs: nodes, sizes: SIZES }, machine);
  });

  it.each(corpus.filter((_s, k) => k % 9 === 0).map((s) => [s.source, s] as const))('by %s', (_source, s) => {
    stays(caseOf(s).spec, machine);
  });
});

describe('reading is checked', () => {
  it('by arrays that refuse', () => {
    expect(() => strict(new Float64Array(2))[2]).toThrow(RangeError);
    expect(() => strict(new Float64Array(2))[-1]).toThrow(RangeError);
  });
});
