import { describe, expect, it, vi } from 'vitest';
import type { Slot } from '../../src/compile/expression.ts';
import { compileProgram, printProgram } from '../../src/compile/index.ts';
import { layoutOf, reserved, viewsOf } from '../../src/compile/layout.ts';
import { laidOut, programOf } from '../../src/compile/link.ts';
import { PLAIN } from '../../src/compile/machine.ts';
import { candidates, targets, writer } from '../../src/compile/targets/index.ts';
import { backends, backendWords } from '../../src/compile/targets/names.ts';
import { isText, runsHere, type Writer } from '../../src/compile/targets/target.ts';
import { engine } from '../../src/compile/targets/wasm/engine.ts';
import { wasm } from '../../src/compile/targets/wasm/index.ts';
import { emitted } from '../../src/compile/targets/wasm/printer.ts';
import { prepare } from '../../src/compile/task.ts';
import { Graph } from '../../src/graph/graph.ts';
import type { Variable } from '../../src/graph/node.ts';
import type { GradusError } from '../../src/language/diagnostics.ts';
import { compiling } from '../../src/options/tables.ts';
import { product, xorStep } from './xor.ts';

describe('the list of targets', () => {
  it.each(targets.map((target) => [target.name, target] as const))(
    '%s runs here or is a text, and says what it is',
    (name, target) => {
      expect(runsHere(target) || isText(target)).toBe(true);
      expect(target.words).not.toBe('');
      expect(targets.filter((other) => other.name === name)).toHaveLength(1);
    },
  );

  const writers = targets.filter((target): target is Extract<typeof target, Writer> => isText(target));

  it.each(writers.map(({ name }) => name))('%s prints a program, with the names of the model', async (language) => {
    const spec = xorStep();
    const text = await printProgram(spec, language, 'one_step');
    for (const name of ['one_step', ...prepare(spec).task.inputs.keys()]) expect(text).toContain(name);
    expect(await printProgram({ ...spec, updates: [] }, language, 'one_step')).not.toBe(text);
    expect(await printProgram(spec, language, 'one_step')).toBe(text);
  });

  it('gives the option its words', () => {
    const runners = targets.filter(runsHere);
    expect(backends).toEqual(['auto', ...runners.map(({ name }) => name)]);
    for (const { name, words } of runners) expect(backendWords[name as keyof typeof backendWords]).toBe(words);
    for (const name of backends) expect(compiling.backend.kind.wrong(name)).toBeUndefined();
    expect(compiling.backend.kind.wrong('c')).toBeDefined();
  });

  it('has the best first, and closures for what nothing else suits', () => {
    expect(candidates('auto').map(({ name }) => name)).toEqual(['wasm', 'js', 'closure']);
    expect(candidates('closure')).toHaveLength(1);
    expect(writer('c').name).toBe('c');
    expect(() => compileProgram({ ...xorStep(), backend: 'c' as 'js' })).toThrow(
      expect.objectContaining({ code: 'argument', hint: 'the backends are auto, wasm, js, closure, native' }),
    );
  });
});

describe('WebAssembly', () => {
  const real = engine()!;
  const sizes = new Map([['m', 400]]);
  const spec = { ...xorStep(1, 20), sizes };

  it('takes what there is much to compute in, and leaves small programs to JavaScript', () => {
    const { updates, ...once } = xorStep();
    expect(compileProgram(spec).source).toBeUndefined();
    expect(compileProgram(once).source).toBeDefined();
  });

  it('takes what is small, but runs thousands of steps in a call', () => {
    const g = new Graph();
    const w = g.variable('w', [], 'param') as Variable;
    const square = { outputs: [g.mul(w, w)], updates: [{ variable: w, value: g.mul(2, w) }], sizes: new Map() };
    expect(compileProgram(xorStep()).source).toBeUndefined();
    expect(compileProgram(square).source).toBeDefined();
  });

  it('is replaced where there is none, or a policy forbids it', () => {
    class Module {
      constructor() {
        throw new Error('Refused to compile or instantiate WebAssembly module');
      }
    }
    for (const stub of [undefined, { ...real, Module }]) {
      vi.stubGlobal('WebAssembly', stub);
      try {
        expect(compileProgram(spec).source).toBeDefined();
        expect(() => compileProgram({ ...spec, backend: 'wasm' })).toThrow(
          expect.objectContaining({ code: 'unsupported', hint: "the backend 'js' does without" }),
        );
      } finally {
        vi.unstubAllGlobals();
      }
    }
  });

  it('gives way to closures where generated code is forbidden too, which is told once', async () => {
    vi.stubGlobal('WebAssembly', undefined);
    class Generator {
      constructor() {
        throw new EvalError('Code generation from strings disallowed for this context');
      }
    }
    vi.stubGlobal('Function', Generator);
    vi.resetModules();
    try {
      const { compile } = await import('../../src/index.ts');
      const thrown = (backend: 'wasm' | 'js') => {
        try {
          return compile('2x', { backend })({ x: 1 });
        } catch (error) {
          return (error as GradusError).hint;
        }
      };
      expect(thrown('wasm')).toBe("the backend 'closure' does without");
      expect(thrown('js')).toBe("the backend 'closure' does without");
      expect(compile('2x', { backend: 'closure' }).warnings).toEqual([]);
      const first = compile('2x');
      expect(first.warnings.map(({ message }) => message)).toEqual([
        "this page or process has no WebAssembly with vectors: where the backend 'wasm' would run, 'closure' does",
        "this page or process forbids generated code: where the backend 'js' would run, 'closure' does",
      ]);
      expect(first({ x: 2 })).toBe(4);
      expect(compile('2x').warnings).toEqual([]);
    } finally {
      vi.unstubAllGlobals();
      vi.resetModules();
    }
  });

  it('is replaced where it has no memory, and says so where it was asked for', () => {
    class Memory {
      constructor() {
        throw new RangeError('could not allocate memory');
      }
    }
    vi.stubGlobal('WebAssembly', {
      Module: real.Module,
      Instance: real.Instance,
      validate: real.validate,
      Memory,
    });
    try {
      expect(compileProgram(spec).source).toBeDefined();
      expect(() => compileProgram({ ...spec, backend: 'wasm' })).toThrow(expect.objectContaining({ code: 'limit' }));
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it('adds what it multiplies in one instruction where the engine can, unless that is forbidden', () => {
    const made = (fma: boolean) => {
      const g = new Graph();
      const [a, b] = [g.variable('A', [40, 50]), g.variable('B', [50, 40])];
      const { task } = prepare({ outputs: [product(g, a, b)], sizes: new Map(), fma });
      return emitted(laidOut(task, programOf(task, wasm.machine))).bytes.join();
    };
    const relaxed = '253,135,2';
    for (const can of [true, false]) {
      vi.stubGlobal('WebAssembly', { Module: real.Module, Instance: real.Instance, Memory: real.Memory, validate: () => can });
      try {
        expect(made(true).includes(relaxed)).toBe(can);
        expect(made(false)).not.toContain(relaxed);
      } finally {
        vi.unstubAllGlobals();
      }
    }
  });

  it('has 4 GB at most', () => {
    const slot: Slot = { id: 0, length: 2 ** 29, role: 'input' };
    const program = { slots: [slot], before: [], compute: [], commit: [], after: [], objective: undefined };
    const whole = { program, layout: layoutOf(program, 'f64') };
    expect(wasm.suits(whole)).toBe(true);
    const larger = { ...program, slots: [{ ...slot, length: 2 ** 29 + 1 }] };
    const more = { program: larger, layout: layoutOf(larger, 'f64') };
    expect(wasm.suits(more)).toBe(false);
    expect(() => wasm.reserve(more)).toThrow(expect.objectContaining({ code: 'limit', hint: 'it has 4 GB at most' }));
  });
});

describe('a layout', () => {
  const { task } = prepare(xorStep());
  const program = programOf(task, PLAIN);

  it.each(['f64', 'f32'] as const)(
    'has an area for every buffer, apart from the others and on a line of the cache: %s',
    (precision) => {
      const layout = layoutOf(program, precision);
      const bytes = precision === 'f32' ? 4 : 8;
      let end = 0;
      for (const { offset, length } of layout.areas) {
        expect(offset).toBeGreaterThanOrEqual(end);
        expect((offset * bytes) % 64).toBe(0);
        end = offset + length;
      }
      expect(layout.length).toBeGreaterThanOrEqual(end);
      const arrays = viewsOf(layout, reserved(layout));
      expect(new Set(arrays.map(({ buffer }) => buffer)).size).toBe(1);
      expect(arrays.map(({ length }) => length)).toEqual(layout.areas.map(({ length }) => length));
    },
  );

  it('knows buffers by the names of the model', () => {
    const named = ([{ label }]: readonly [Slot, unknown]) => (label ? [label.name] : []);
    expect([...layoutOf(program, 'f64').areaOf].flatMap(named)).toEqual(expect.arrayContaining(['X', 'W1', 'A1', 'dZ1']));
  });

  it('holds temporaries that have memory in turn', () => {
    const { areaOf } = layoutOf(program, 'f64');
    for (const [tenant, home] of program.memory!) {
      expect(areaOf.get(tenant)).toBe(areaOf.get(home));
      expect(tenant.length).toBeLessThanOrEqual(home.length);
    }
  });
});
