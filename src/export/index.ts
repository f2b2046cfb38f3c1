import { c } from './c/index.ts';
import type { Dialect, Exported } from './dialect.ts';
import { js } from './js/index.ts';
import type { DialectName } from './names.ts';
import { jax, numpy, torch } from './python/dialects.ts';
import { jax as jaxLibrary } from './python/libraries.ts';
import { pythonProgram } from './python/program.ts';
import { type StepSource, stepProgram } from './python/step.ts';

export type { Dialect, Exported, Line } from './dialect.ts';
export { type ExportedOptions, exported } from './exported.ts';

/** The only list of languages that models are handed on to. */
export const dialects: Readonly<Record<DialectName, Dialect>> = { numpy, jax, torch, c, js };

/** A model in the dialect of JAX, for the engine. @throws GradusError `unsupported` */
export const jaxModel = (exported: Exported): string => pythonProgram(exported, jaxLibrary);

/** The step of an optimizer in the dialect of JAX, for the engine. @throws GradusError `unsupported` */
export const jaxStep = (source: StepSource): string => stepProgram(source, jaxLibrary);
