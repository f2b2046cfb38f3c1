import { GradusError } from '../language/diagnostics.ts';
import type { Executable, ProgramSpec } from './executable.ts';
import { laidOut, link, programOf } from './link.ts';
import type { Machine } from './machine.ts';
import { type ProgramPlan, planOf } from './plan.ts';
import type { Program } from './program.ts';
import { candidates, type Language, writer } from './targets/index.ts';
import type { LaidOut, Runner } from './targets/target.ts';
import { type Prepared, prepare } from './task.ts';
import { workOf } from './work.ts';

export type { Arithmetic, Run } from './arithmetic.ts';
export type { Buffer, Executable, Numbers, Precision, ProgramSpec, Update } from './executable.ts';
export { doubles, evaluate, overDefinitions, type Values } from './interpret.ts';
export { contractionCost } from './pairs.ts';
export type { PlannedStatement, ProgramPlan } from './plan.ts';
export { fallbacks, type Language } from './targets/index.ts';
export type { Backend } from './targets/names.ts';
export { patiently } from './targets/native/index.ts';

/**
 * Compiles a program for the sizes at hand. `auto` is the first target that is available, pays for so much work and suits it:
 * WebAssembly for much of it, JavaScript otherwise, closures where generated code is forbidden.
 * @throws GradusError `argument` for an unknown backend, `data` for a dimension without a number, `name` for two variables of one name, `unsupported`
 * for the backend `js` where generated code is forbidden
 */
export function compileProgram(spec: ProgramSpec): Executable {
  let scarce: unknown;
  for (const { prepared, made, target } of choices(spec)) {
    try {
      return link(prepared, made, target);
    } catch (error) {
      // Memory of a target's own may be scarcer than that of others.
      if (!target.reserve || !(error instanceof GradusError) || error.code !== 'limit') throw error;
      scarce = error;
    }
  }
  throw scarce;
}

/** What would be compiled, told statement by statement. */
export function planProgram(spec: ProgramSpec): ProgramPlan {
  for (const { made, target } of choices(spec)) return planOf(target.name, made);
  throw new Error('closures suit every program');
}

/** The targets that may take a program, best first, and the programs that they take. */
function* choices(spec: ProgramSpec): Generator<{ prepared: Prepared; made: LaidOut; target: Runner }> {
  const { backend = 'auto' } = spec;
  const possible = candidates(backend);
  const prepared = prepare(spec);
  const work = workOf(prepared.task);
  const steps = prepared.task.updates.length > 0;
  const programs = new Map<Machine, Program>();
  for (const target of possible) {
    if (backend === 'auto' && target.worth?.(work, steps) === false) continue;
    const program = programs.get(target.machine) ?? programOf(prepared.task, target.machine);
    programs.set(target.machine, program);
    const made = laidOut(prepared.task, program);
    if (backend !== 'auto' || target.suits(made)) yield { prepared, made, target };
  }
}

/** About how many operations a step of a program is. */
export const workOfSpec = (spec: ProgramSpec): number => workOf(prepare(spec).task);

/**
 * The text of a program in another language, one function of the given name.
 * @throws GradusError `unsupported` for a function that the language cannot be told
 */
export async function printProgram(spec: ProgramSpec, language: Language, name: string): Promise<string> {
  const { task } = prepare(spec);
  const target = writer(language);
  return target.print(laidOut(task, programOf(task, target.machine)), name);
}
