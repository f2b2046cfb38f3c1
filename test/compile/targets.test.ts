import { describe, expect, it } from 'vitest';
import type { Slot } from '../../src/compile/expression.ts';
import { compileProgram } from '../../src/compile/index.ts';
import { layoutOf, reserved, viewsOf } from '../../src/compile/layout.ts';
import { programOf } from '../../src/compile/link.ts';
import { PLAIN } from '../../src/compile/machine.ts';
import { backends, candidates, targets, writer } from '../../src/compile/targets/index.ts';
import { isText, runsHere } from '../../src/compile/targets/target.ts';
import { prepare } from '../../src/compile/task.ts';
import { compiling } from '../../src/options/tables.ts';
import { xorStep } from './xor.ts';

describe('the list of targets', () => {
  it.each(targets.map((target) => [target.name, target] as const))(
    '%s runs here or is a text, and says what it is',
    (name, target) => {
      expect(runsHere(target) || isText(target)).toBe(true);
      expect(target.words).not.toBe('');
      expect(targets.filter((other) => other.name === name)).toHaveLength(1);
    },
  );

  it('gives the option its words', () => {
    expect(backends).toEqual(['auto', ...targets.filter(runsHere).map(({ name }) => name)]);
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
