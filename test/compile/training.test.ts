import { describe, expect, it } from 'vitest';
import type { Executable, ProgramSpec } from '../../src/compile/index.ts';
import { Graph } from '../../src/graph/graph.ts';
import { HALF, rational } from '../../src/graph/rational.ts';
import { log } from '../../src/operators/power.ts';
import { ways } from './ways.ts';
import { XOR_COST, xorStart, xorStep } from './xor.ts';

function started(compile: (spec: ProgramSpec) => Executable, spec = xorStep()): Executable {
  const program = compile(spec);
  for (const [name, data] of Object.entries(xorStart())) program.input(name)!.data.set(data);
  return program;
}

describe.each(Object.entries(ways))('%s', (_, compile) => {
  it('learns XOR in 5000 epochs', () => {
    const program = started(compile);
    const history = new Float64Array(5000);
    expect(program.repeat(5000, history)).toBe(5000);
    expect(history[0]).toBeGreaterThan(0.1);
    expect(Math.abs(history[4999]! / XOR_COST - 1)).toBeLessThan(1e-9);
    expect(program.outputs[0]!.data[0]).toBe(history[4999]);
  });

  it('takes the same steps one by one', () => {
    const together = started(compile);
    const alone = started(compile);
    together.repeat(10);
    for (let k = 0; k < 10; k++) alone.run();
    for (const [name, { data }] of together.inputs) expect(alone.input(name)!.data).toEqual(data);
  });

  it('computes all updates from the old values', () => {
    const g = new Graph();
    const p = g.variable('p', [2]);
    const q = g.variable('q', [2]);
    const r = g.variable('r', [2, 2]);
    const s = g.variable('s');
    const t = g.variable('t');
    const transposed = g.contract({
      factors: [r],
      indices: [[0, 1]],
      result: [1, 0],
      sizes: new Map([
        [0, 2],
        [1, 2],
      ]),
    });
    const program = compile({
      outputs: [],
      updates: [
        { variable: p, value: q },
        { variable: q, value: g.sum(p, q) },
        { variable: r, value: transposed },
        { variable: s, value: t },
        { variable: t, value: g.sum(s, t) },
      ],
      sizes: new Map(),
    });
    program.input('p')!.data.set([1, 2]);
    program.input('q')!.data.set([10, 20]);
    program.input('r')!.data.set([1, 2, 3, 4]);
    program.input('s')!.data.set([1]);
    program.input('t')!.data.set([10]);
    program.repeat(3);
    expect([...program.input('p')!.data]).toEqual([21, 42]);
    expect([...program.input('q')!.data]).toEqual([32, 64]);
    expect([...program.input('r')!.data]).toEqual([1, 3, 2, 4]);
    expect([...program.input('s')!.data]).toEqual([21]);
    expect([...program.input('t')!.data]).toEqual([32]);
  });

  it('stops after the first step whose objective is not finite, before its updates', () => {
    const g = new Graph();
    const x = g.variable('x');
    const v = g.variable('v', [3]);
    const spec = {
      graph: g,
      outputs: [g.apply(log, x)],
      updates: [
        { variable: x, value: g.sum(x, -1) },
        { variable: v, value: g.mul(2, v) },
      ],
      sizes: new Map(),
    };
    const program = compile(spec);
    program.input('x')!.data[0] = 3;
    program.input('v')!.data.fill(1);
    const history = new Float64Array(9).fill(7);
    expect(program.repeat(9, history)).toBe(4);
    expect([...history.slice(0, 5)]).toEqual([Math.log(3), Math.log(2), 0, Number.NEGATIVE_INFINITY, 7]);
    expect(program.input('x')!.data[0]).toBe(0);
    expect([...program.input('v')!.data]).toEqual([8, 8, 8]);
    program.run();
    expect(program.input('x')!.data[0]).toBe(-1);
  });

  it('reads what was written into its buffers between runs, and keeps the buffers', () => {
    const g = new Graph();
    const x = g.variable('x', ['n']);
    const program = compile({ outputs: [g.mul(HALF, x, x)], sizes: new Map([['n', 2]]) });
    const before = [program.input('x')!.data, program.outputs[0]!.data];
    program.input('x')!.data.set([1, 2]);
    program.run();
    expect([...program.outputs[0]!.data]).toEqual([0.5, 2]);
    program.input('x')!.data.set([3, 4]);
    program.run();
    expect([...program.outputs[0]!.data]).toEqual([4.5, 8]);
    expect([program.input('x')!.data, program.outputs[0]!.data]).toSatisfy((now: unknown[]) =>
      now.every((b, k) => b === before[k]),
    );
  });

  it('rounds single-precision parameters at every step', () => {
    const g = new Graph();
    const x = g.variable('x');
    const program = compile({
      outputs: [x],
      updates: [{ variable: x, value: g.sum(x, rational('1/1000000000')) }],
      sizes: new Map(),
      precision: 'f32',
    });
    program.input('x')!.data[0] = 1;
    program.repeat(1000);
    expect(program.input('x')!.data[0]).toBe(1);
  });
});
