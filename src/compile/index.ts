import { GradusError } from '../language/diagnostics.ts';
import type { Executable, ProgramSpec } from './executable.ts';
import { looped } from './loops.ts';
import { link, targets } from './target.ts';
import { prepare } from './task.ts';
import { unrolled } from './unroll.ts';

export type { Backend, Buffer, Executable, Precision, ProgramSpec, Update } from './executable.ts';
export { type Arithmetic, doubles, evaluate, overDefinitions, type Values } from './interpret.ts';
export { contractionCost } from './pairs.ts';

/**
 * Compiles a program for the sizes at hand. `auto` is JavaScript, or closures where generated code is forbidden.
 * @throws GradusError `data` for a dimension without a number, `name` for two variables of one name, `unsupported`
 * for the backend `js` where generated code is forbidden
 */
export function compileProgram(spec: ProgramSpec): Executable {
  const { backend = 'auto' } = spec;
  const prepared = prepare(spec);
  const program = unrolled(prepared.task) ?? looped(prepared.task);
  if (backend !== 'auto') return link(prepared, program, targets[backend]);
  try {
    return link(prepared, program, targets.js);
  } catch (error) {
    if (!(error instanceof GradusError) || error.code !== 'unsupported') throw error;
    return link(prepared, program, targets.closure);
  }
}
