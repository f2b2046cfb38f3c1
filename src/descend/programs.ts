import { compileProgram, type Executable } from '../compile/index.ts';
import type { Sizes } from '../graph/dimension.ts';
import type { Settled } from './options.ts';
import { type DescentStep, RATE } from './step.ts';

/** What a program is made of and for. */
export interface ProgramRequest {
  readonly step: DescentStep;
  readonly sizes: Sizes;
  readonly options: Settled;
  readonly maxEntries: number;
}

/**
 * The program of a step that no run uses now, one for each step: compiling takes as long as thousands of small steps,
 * and who looks for a learning rate or a seed trains the same model again and again.
 */
const idle = new WeakMap<DescentStep, { readonly key: string; readonly program: Executable }>();

const keyOf = ({ sizes, options: { precision, backend } }: ProgramRequest): string =>
  `${[...sizes].sort().join(';')}|${precision}|${backend}`;

/** A program for these sizes that is the caller's alone. Its inputs hold nothing yet but the learning rate. */
export function takeProgram(request: ProgramRequest): Executable {
  const { step, sizes, options } = request;
  const known = idle.get(step);
  idle.delete(step);
  const program =
    known?.key === keyOf(request)
      ? known.program
      : compileProgram({
          outputs: [step.cost],
          updates: step.updates,
          sizes,
          precision: options.precision,
          backend: options.backend,
          maxEntries: request.maxEntries,
        });
  const rate = program.input(RATE);
  if (rate) rate.data[0] = options.lr;
  return program;
}

/** Gives a program back. */
export function releaseProgram(request: ProgramRequest, program: Executable): void {
  idle.set(request.step, { key: keyOf(request), program });
}
