import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Executable, Numbers, ProgramSpec } from '../../src/compile/index.ts';
import { compileProgram } from '../../src/compile/index.ts';
import { provideNative } from '../../src/compile/targets/native/index.ts';
import { doneElsewhere } from '../../src/compile/targets/wasm/crew.ts';
import { Graph } from '../../src/graph/graph.ts';
import type { Node } from '../../src/graph/node.ts';
import { compile } from '../../src/index.ts';
import { arrayOperators, operatorNamed } from '../../src/operators/index.ts';
import { hasCompiler, provide } from './natively.ts';
import { stream } from './random.ts';
import { difference } from './ways.ts';

/** More than threads are worth it for: of each kind of work one. */
function work(): ProgramSpec {
  const g = new Graph();
  const product = (name: string, rows: number, columns: number, terms: number): Node => {
    const [a, b] = [g.variable(`${name}a`, [rows, terms]), g.variable(`${name}b`, [terms, columns])];
    const sizes = new Map([rows, columns, terms].map((size, k) => [k, size]));
    const indices = [
      [0, 2],
      [2, 1],
    ];
    return g.contract({ factors: [a, b], indices, result: [0, 1], sizes });
  };
  const own = (name: string, rows: number, terms: number): Node => {
    const a = g.variable(`${name}a`, [terms, rows]);
    const sizes = new Map([rows, rows, terms].map((size, k) => [k, size]));
    const indices = [
      [2, 0],
      [2, 1],
    ];
    return g.contract({ factors: [a, a], indices, result: [0, 1], sizes });
  };
  const table = g.variable('x', [300, 500]);
  const sizes = new Map([
    [0, 300],
    [1, 500],
  ]);
  const squares = (result: number[]) =>
    g.contract({
      factors: [table, table],
      indices: [
        [0, 1],
        [0, 1],
      ],
      result,
      sizes,
    });
  const apply = (name: string) => g.apply(operatorNamed.get(name)!, table);
  return {
    outputs: [
      product('tall', 203, 77, 91),
      product('broad', 9, 1013, 91),
      product('square', 130, 130, 130),
      own('small', 131, 130),
      own('large', 517, 20),
      apply('exp'),
      apply('sin'),
      squares([]),
      squares([0]),
      squares([1]),
      g.array(arrayOperators.find(({ name }) => name === 'softmax')!, table),
      g.apply(operatorNamed.get('tanh')!, g.variable('line', [200_001])),
    ],
    sizes: new Map(),
  };
}

function ran(program: Executable): Executable {
  const next = stream(3);
  for (const name of [...program.inputs.keys()].sort()) {
    const { data } = program.input(name)!;
    // Some numbers are far from 0: a part that has one computes otherwise.
    for (let k = 0; k < data.length; k++) data[k] = (2 * next() - 1) * (name === 'x' && k === 77_777 ? 1e9 : 1);
  }
  program.run();
  return program;
}

const outputs = (program: Executable) => program.outputs.map(({ data }) => data.slice());

describe.skipIf(!hasCompiler)('threads of native code', () => {
  beforeAll(provide);
  afterAll(() => provideNative(undefined));
  const native = (threads: number, precision: 'f64' | 'f32') =>
    compileProgram({ ...work(), backend: 'native', threads, precision });

  it.each(['f64', 'f32'] as const)('give the same bits however many there are, in %s', (precision) => {
    const one = outputs(ran(native(1, precision)));
    const unlike = (found: readonly Numbers[]): number[] =>
      found.flatMap((data, k) => (data.every((x, at) => Object.is(x, one[k]![at])) ? [] : [k]));
    for (const threads of [2, 3, 16]) {
      const program = ran(native(threads, precision));
      expect(unlike(outputs(program)), `of ${threads} threads`).toEqual([]);
      for (let again = 0; again < 5; again++) program.run();
      expect(unlike(outputs(program)), `of ${threads} threads, again`).toEqual([]);
    }
    const plain = outputs(ran(compileProgram({ ...work(), backend: 'js', precision })));
    const off = plain.map((data, k) => difference(data, one[k]!));
    expect(Math.max(...off)).toBeLessThan(precision === 'f64' ? 1e-11 : 1e-4);
  });
});

describe('threads of WebAssembly', () => {
  const made = (threads: number, precision: 'f64' | 'f32' = 'f64') =>
    compileProgram({ ...work(), backend: 'wasm', threads, precision });

  it.each(['f64', 'f32'] as const)('give the same bits however many there are, in %s', async (precision) => {
    const one = outputs(ran(made(1, precision)));
    const program = ran(made(3, precision));
    const alone = outputs(program);
    const before = doneElsewhere();
    // They begin when there is enough to do.
    for (const until = Date.now() + 20_000; doneElsewhere() < before + 100 && Date.now() < until; ) {
      program.run();
      await new Promise((resume) => setTimeout(resume, 0));
    }
    expect(doneElsewhere()).toBeGreaterThan(before + 99);
    for (let again = 0; again < 5; again++) {
      program.run();
      program.outputs.forEach(({ data }, k) => {
        expect(
          data.every((x, at) => Object.is(x, alone[k]![at])),
          `output ${k}`,
        ).toBe(true);
      });
    }
    alone.forEach((data, k) => {
      expect(difference(data, one[k]!)).toBeLessThan(precision === 'f64' ? 1e-13 : 1e-5);
    });
  });

  it('are for several programs at once, and for more of them than are kept', () => {
    const programs = [2, 3, 2, 3, 2, 3, 2, 3, 2, 3].map((threads) => ran(made(threads)));
    const first = programs.map(outputs);
    for (let turn = 0; turn < 3; turn++) for (const program of programs) program.run();
    programs.forEach((program, k) => {
      program.run();
      expect(outputs(program).every((data, n) => data.every((x, at) => Object.is(x, first[k]![n]![at])))).toBe(true);
    });
  });

  it('let go of the memory of programs that are forgotten', { timeout: 60_000 }, async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const resident = async (): Promise<number> => {
      for (let round = 0; round < 3; round++) {
        collect();
        await new Promise((resume) => setTimeout(resume, 20));
      }
      return process.memoryUsage().rss;
    };
    /** Nine megabytes, and enough to do for several threads. */
    const use = (rows: number): void => {
      const g = new Graph();
      const [a, b] = [g.variable('a', [rows, 600]), g.variable('b', [600, 600])];
      const sizes = new Map([rows, 600, 600].map((size, k) => [k, size]));
      const indices = [
        [0, 2],
        [2, 1],
      ];
      const outputs = [g.contract({ factors: [a, b], indices, result: [0, 1], sizes })];
      const program = ran(compileProgram({ outputs, sizes: new Map(), backend: 'wasm', threads: 2 }));
      program.run();
    };
    for (let rows = 590; rows < 600; rows++) use(rows);
    const before = await resident();
    for (let rows = 600; rows < 640; rows++) use(rows);
    // Kept are ten or so; all of them would be 350 MB.
    expect((await resident()) - before).toBeLessThan(150e6);
  });

  it('are not needed: a page has no memory that is shared', () => {
    const one = outputs(ran(made(2)));
    vi.stubGlobal('SharedArrayBuffer', undefined);
    try {
      const alone = outputs(ran(made(2)));
      alone.forEach((data, k) => {
        expect(
          data.every((x, at) => Object.is(x, one[k]![at])),
          `output ${k}`,
        ).toBe(true);
      });
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it('are not there where programs are small, or one is asked for', () => {
    const g = new Graph();
    const small = compileProgram({
      outputs: [g.apply(operatorNamed.get('exp')!, g.variable('x', [1000]))],
      sizes: new Map(),
      backend: 'wasm',
    });
    for (const program of [small, made(1)]) expect(program.outputs[0]!.data.buffer).toBeInstanceOf(ArrayBuffer);
    expect(made(2).outputs[0]!.data.buffer).toBeInstanceOf(SharedArrayBuffer);
  });
});

describe('the option threads', () => {
  it.each([0, 1.5, 65, '2'])('refuses %s', (threads) => {
    const options = { threads: threads as number };
    expect(() => compile('x^2', options)).toThrow(expect.objectContaining({ code: 'argument' }));
  });
});
