import { describe, expect, it, vi } from 'vitest';
import { compileProgram, type ProgramSpec } from '../../src/compile/index.ts';
import type { Dim } from '../../src/graph/dimension.ts';
import { Graph } from '../../src/graph/graph.ts';
import type { Node } from '../../src/graph/node.ts';
import { rational } from '../../src/graph/rational.ts';
import { compile as compileSource } from '../../src/index.ts';
import { extremum } from '../../src/operators/extremum.ts';
import { sin, tanh } from '../../src/operators/trigonometric.ts';
import { difference, fill, randomInputs, reference, ways } from './ways.ts';
import { product, xorStep } from './xor.ts';

const repeated = (times: number, shape: readonly number[], step: (g: Graph, y: Node, k: number) => Node): ProgramSpec => {
  const graph = new Graph();
  let y: Node = graph.variable('x', shape);
  for (let k = 0; k < times; k++) y = step(graph, y, k);
  return { outputs: [y], sizes: new Map() };
};

const forms: Record<string, (times: number) => ProgramSpec> = {
  'nested tanh': (n) => repeated(n, [], (g, y) => g.apply(tanh, y)),
  'nested tanh of a vector': (n) => repeated(n, [9], (g, y) => g.apply(tanh, y)),
  's ← s·sin s': (n) => repeated(n, [], (g, y) => g.mul(y, g.apply(sin, y))),
  's ← s·sin s of a vector': (n) => repeated(n, [9], (g, y) => g.mul(y, g.apply(sin, y))),
  'dense layers': (n) => repeated(n, [4, 3], (g, y, k) => g.apply(tanh, product(g, g.variable(`W${k}`, [4, 4]), y))),
  'residual layers': (n) =>
    repeated(n, [4, 3], (g, y, k) => g.define(`h${k}`, g.sum(y, g.apply(tanh, product(g, g.variable('W', [4, 4]), y))))),
};

describe('the source grows linearly', () => {
  it.each(Object.entries(forms))('%s', (_, form) => {
    const [short, long] = [64, 128].map((n) => compileProgram({ ...form(n), backend: 'js' }).source!.length);
    expect(long! / short!).toBeLessThan(2.5);
  });
});

describe('depth and length are no limit', () => {
  const N = 20_000;
  it.each<[string, ProgramSpec, number]>([
    ['nested tanh', repeated(N, [], (g, y) => g.apply(tanh, y)), 0.5],
    ['nested tanh of a vector', repeated(N, [3], (g, y) => g.apply(tanh, y)), 0.5],
    ['a long sum', many(N, (g, terms) => g.sum(...terms)), 1],
    ['a long product', many(N, (g, factors) => g.mul(...factors)), 1],
  ])('%s', (_, spec, x) => {
    const [js, closure] = (['js', 'closure'] as const).map((backend) => {
      const program = compileProgram({ ...spec, backend });
      for (const { data } of program.inputs.values()) data.fill(x);
      program.run();
      return program.outputs[0]!.data[0]!;
    });
    expect(js).not.toBeNaN();
    expect(closure).toBe(js);
  });

  function many(n: number, join: (g: Graph, parts: Node[]) => Node): ProgramSpec {
    const graph = new Graph();
    const parts = Array.from({ length: n }, (_, k) => graph.apply(sin, graph.mul(k + 1, graph.variable('x'))));
    return { outputs: [join(graph, parts)], sizes: new Map() };
  }
});

describe('generated source', () => {
  it('has no text of the user', () => {
    const name = '"]; process.exit(1); //';
    for (const shape of [[], [40, 'evil']]) {
      const g = new Graph();
      const x = g.variable(name, shape);
      const y = g.define('evil', g.apply(tanh, g.mul(x, x)));
      const { source, ...program } = compileProgram({ outputs: [y], sizes: new Map([['evil', 30]]), backend: 'js' });
      expect(source).not.toMatch(/exit|evil/);
      expect(program.input(name)!.data.length).toBe(shape.length === 0 ? 1 : 1200);
    }
  });

  it('allocates nothing and calls nothing but kernels', () => {
    const { source } = compileProgram({ ...xorStep(1, 20), sizes: new Map([['m', 50]]), backend: 'js' });
    expect(source).not.toMatch(/\bnew\b|\[\]|\{\}/);
    expect(new Set(source!.match(/[\w.]+(?=\()/g))).toEqual(new Set(['Math.exp', 'k0', 'p0']));
  });

  it('prints every number so that it reads back', () => {
    const g = new Graph();
    const x = g.variable('x');
    const numbers = [-1.5, 1e-300, -1e300, 123456789012345680000, 0.1];
    const exact = numbers.map((c) => (c === 1e-300 ? rational('1').div(10n ** 300n) : rational(c)));
    const outputs = exact.flatMap((c) => [g.mul(c, x), g.sub(x, c), g.sub(c, x)]);
    const program = compileProgram({ outputs, sizes: new Map() });
    program.input('x')!.data[0] = -2;
    program.run();
    expect(program.outputs.map((o) => o.data[0])).toEqual(numbers.flatMap((c) => [c * -2, -2 - c, c + 2]));
  });

  it('is replaced by closures where generated code is forbidden', () => {
    vi.stubGlobal(
      'Function',
      class {
        constructor() {
          throw new EvalError('unsafe-eval is not an allowed source of script');
        }
      },
    );
    try {
      const spec = { ...xorStep(), sizes: new Map([['m', 4]]) };
      expect(compileProgram(spec).source).toBeUndefined();
      expect(() => compileProgram({ ...spec, backend: 'js' })).toThrow(expect.objectContaining({ code: 'unsupported' }));
    } finally {
      vi.unstubAllGlobals();
    }
  });
});

describe('a specification that cannot be run is an error', () => {
  const g = new Graph();
  const x = g.variable('x', ['n']);

  it('for a dimension without a number', () => {
    expect(() => compileProgram({ outputs: [x], sizes: new Map() })).toThrow(expect.objectContaining({ code: 'data' }));
  });

  it('for two variables of one name', () => {
    const outputs = [x, g.variable('x')];
    expect(() => compileProgram({ outputs, sizes: new Map([['n', 2]]) })).toThrow(expect.objectContaining({ code: 'name' }));
  });

  it('for two updates of one variable', () => {
    const updates = [1, 2].map((c) => ({ variable: x, value: g.mul(c, x) }));
    expect(() => compileProgram({ outputs: [], updates, sizes: new Map([['n', 2]]) })).toThrow(
      expect.objectContaining({ code: 'argument' }),
    );
  });
});

describe('the largest and the smallest of several', () => {
  it.each(Object.entries(ways))('%s', (_, compile) => {
    const g = new Graph();
    const args = ['x', 'y', 'z', 'u'].map((name) => g.variable(name, [5]));
    const outputs = [3, 4].flatMap((n) =>
      (['max', 'min'] as const).map((name) => g.apply(extremum(name, n), ...args.slice(0, n))),
    );
    const program = compile({ outputs, sizes: new Map() });
    const rows = [
      [1, 2, 3, Number.NaN, 0],
      [3, 1, 2, 0, -0],
      [2, 3, 1, 5, 1],
      [9, -9, 2, 1, 0],
    ];
    args.forEach((node, k) => {
      program.input((node as { name: string }).name)?.data.set(rows[k]!);
    });
    program.run();
    const columns = (n: number) => rows[0]!.map((_, k) => rows.slice(0, n).map((row) => row[k]!));
    expect(program.outputs.map(({ data }) => [...data])).toEqual(
      [3, 4].flatMap((n) => [columns(n).map((all) => Math.max(...all)), columns(n).map((all) => Math.min(...all))]),
    );
  });
});

describe('recurrences that compute the same of what they carry are apart', () => {
  it.each(Object.entries(ways))('%s', (_, compile) => {
    const g = new Graph();
    const before = g.state('h', [5, 3, 3]);
    const W = g.variable('W', [3, 3]);
    const mixed = g.contract({
      factors: [W, g.apply(tanh, before)],
      indices: [
        [1, 3],
        [0, 3, 2],
      ],
      result: [0, 1, 2],
      sizes: [5, 3, 3, 3],
    });
    const first = g.constant(1, [3, 3]);
    const outputs = [1, 2].map((c) => g.recurrence(before, first, g.apply(sin, g.mul(c, mixed)), 0, false));
    const inputs = new Map([['W', Array.from({ length: 9 }, (_, k) => Math.cos(k))]]);
    const spec = { outputs, sizes: new Map() };
    const program = compile(spec);
    fill(program, inputs);
    program.run();
    reference(spec, inputs).outputs.forEach((data, k) => {
      expect(difference(data, program.outputs[k]!.data)).toBeLessThan(1e-14);
    });
  });
});

describe('what is added up at places, of entries whose places depend on what is summed', () => {
  // Y[r, l] = Σ A[i, l]·B[j, k, l] with r = i + 1 and j = i + k.
  it.each(Object.entries(ways))('%s', (_, compile) => {
    const g = new Graph();
    const factors = [
      g.variable('A', [3, 9]),
      g.variable('B', [7, 5, 9]),
      g.selection([5, 3], [1, -1], -1),
      g.selection([7, 3, 5], [1, -1, -1], 0),
    ];
    const indices = [
      [1, 4],
      [3, 2, 4],
      [0, 1],
      [3, 1, 2],
    ];
    const outputs = [g.contract({ factors, indices, result: [0, 4], sizes: [5, 3, 5, 7, 9] })];
    const spec = { outputs, sizes: new Map() };
    const program = compile(spec);
    const inputs = randomInputs(program, 1);
    fill(program, inputs);
    program.run();
    expect(difference(reference(spec, inputs).outputs[0]!, program.outputs[0]!.data)).toBeLessThan(1e-13);
  });
});

describe('an axis of length 0', () => {
  it.each(Object.entries(ways))('sums to 0: %s', (_, compile) => {
    const g = new Graph();
    const A = g.variable('A', ['n', 3]);
    const x = g.variable('x', ['n']);
    const sizes = new Map<number, Dim>([
      [0, 'n'],
      [1, 3],
    ]);
    const columns = g.contract({ factors: [A, x], indices: [[0, 1], [0]], result: [1], sizes });
    const all = g.contract({ factors: [A], indices: [[0, 1]], result: [], sizes });
    const program = compile({ outputs: [columns, all, g.apply(tanh, x)], sizes: new Map([['n', 0]]) });
    program.run();
    expect(program.outputs.map((o) => [...o.data])).toEqual([[0, 0, 0], [0], []]);
  });
});

describe('a product along an axis of length 0', () => {
  it.each(Object.entries(ways))('is 0, and writes nothing where there is nothing: %s', (_, compile) => {
    const g = new Graph();
    const sizes = new Map<number, Dim>([
      [0, 3],
      [1, 'n'],
      [2, 4],
    ]);
    const [A, B] = [g.variable('A', ['b', 3, 'n']), g.variable('B', ['b', 'n', 4])];
    const batched = g.contract({
      factors: [A, B],
      indices: [
        [3, 0, 1],
        [3, 1, 2],
      ],
      result: [3, 0, 2],
      sizes: new Map(sizes).set(3, 'b'),
    });
    const one = g.contract({
      factors: [g.variable('C', [3, 'n']), g.variable('D', ['n', 4])],
      indices: [
        [0, 1],
        [1, 2],
      ],
      result: [0, 2],
      sizes,
    });
    for (const lengths of [
      [0, 2],
      [2, 0],
      [0, 0],
    ] as const) {
      const program = compile({
        outputs: [batched, one],
        sizes: new Map([
          ['n', lengths[0]],
          ['b', lengths[1]],
        ]),
      });
      for (const { data } of program.inputs.values()) data.fill(1);
      program.run();
      expect([...program.outputs[1]!.data]).toEqual(Array.from({ length: 12 }, () => lengths[0]));
      expect([...program.outputs[0]!.data]).toEqual(Array.from({ length: 12 * lengths[1] }, () => lengths[0]));
    }
  });
});

describe('inputs', () => {
  it('are the variables that the program uses', () => {
    const g = new Graph();
    const x = g.variable('x', ['n']);
    const program = compileProgram({ outputs: [g.mul(g.size('n'), x)], sizes: new Map([['n', 2]]) });
    expect([...program.inputs.keys()]).toEqual(['x']);
    expect(program.input('n')).toBeUndefined();
    expect(program.input('x')!.shape).toEqual([2]);
  });
});

describe('a sum that is refused', () => {
  it('is one that runs too long, not one whose tests say where its terms are', () => {
    const value = (n: number) => compileSource('sum(kron(x, x))', { shapes: { x: ['n'] } })({ x: Array(n).fill(1) });
    expect(value(700)).toBe(490_000);
    const g = new Graph();
    const [a, b] = [g.variable('A', [3200, 3200]), g.variable('B', [3200, 3200])];
    expect(() => compileProgram({ outputs: [product(g, a, b)], sizes: new Map(), maxEntries: 3 * 3200 ** 2 })).toThrow(
      expect.objectContaining({ code: 'limit', message: expect.stringContaining('a sum takes 32,768,000,000 products') }),
    );
  });
});
