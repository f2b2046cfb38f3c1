import { GradusError } from '../language/diagnostics.ts';
import type { Executable, ProgramSpec } from './executable.ts';
import { laidOut, link, programOf } from './link.ts';
import type { Machine } from './machine.ts';
import type { Program } from './program.ts';
import { candidates, type Language, writer } from './targets/index.ts';
import { prepare } from './task.ts';
import { workOf } from './work.ts';

export type { Buffer, Executable, Numbers, Precision, ProgramSpec, Update } from './executable.ts';
export { type Arithmetic, doubles, evaluate, overDefinitions, type Run, type Values } from './interpret.ts';
export { contractionCost } from './pairs.ts';
export type { Backend, Language } from './targets/index.ts';

/**
 * Compiles a program for the sizes at hand. `auto` is the first target that is available, pays for so much work and suits it:
 * WebAssembly for much of it, JavaScript otherwise, closures where generated code is forbidden.
 * @throws GradusError `argument` for an unknown backend, `data` for a dimension without a number, `name` for two variables of one name, `unsupported`
 * for the backend `js` where generated code is forbidden
 */
export function compileProgram(spec: ProgramSpec): Executable {
  const { backend = 'auto' } = spec;
  const possible = candidates(backend);
  const prepared = prepare(spec);
  const work = workOf(prepared.task);
  const programs = new Map<Machine, Program>();
  for (const target of possible) {
    if (backend === 'auto' && target.worth?.(work) === false) continue;
    const program = programs.get(target.machine) ?? programOf(prepared.task, target.machine);
    programs.set(target.machine, program);
    const made = laidOut(prepared.task, program);
    if (backend !== 'auto') return link(prepared, made, target);
    if (!target.suits(made)) continue;
    try {
      return link(prepared, made, target);
    } catch (error) {
      // Its own memory may be scarcer than that of others.
      if (!target.reserve || !(error instanceof GradusError) || error.code !== 'limit') throw error;
    }
  }
  throw new Error('closures suit every program');
}

/**
 * The text of a program in another language, one function of the given name.
 * @throws GradusError `unsupported` for a function that the language cannot be told
 */
export async function printProgram(spec: ProgramSpec, language: Language, name: string): Promise<string> {
  const { task } = prepare(spec);
  const target = writer(language);
  return target.print(laidOut(task, programOf(task, target.machine)), name);
}
