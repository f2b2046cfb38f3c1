import { compileProgram, type Executable } from '../compile/index.ts';
import type { Sizes } from '../graph/dimension.ts';
import type { Settled } from './options.ts';
import { changed, type DescentStep } from './step.ts';

export type { Executable };

/** What a program is made of and for. */
export interface ProgramRequest {
  readonly step: DescentStep;
  readonly sizes: Sizes;
  readonly options: Settled;
  /** The learning rate and the other numbers of the step, by the names that it has for them. */
  readonly settings: ReadonlyMap<string, number>;
  readonly maxEntries: number;
}

/**
 * The program of a step that no run uses now, one for each step: compiling takes as long as thousands of small steps,
 * and who looks for a learning rate or a seed trains the same model again and again.
 */
const idle = new WeakMap<DescentStep, { readonly key: string; readonly program: Executable }>();

const keyOf = ({ sizes, options: { precision, backend, threads } }: ProgramRequest): string =>
  `${[...sizes].sort().join(';')}|${precision}|${backend}|${threads}`;

/**
 * A program for these sizes that is the caller's alone. Its inputs hold nothing yet but the learning rate and the options of
 * the optimizer, and what that carries is 0.
 */
export function takeProgram(request: ProgramRequest): Executable {
  const { step, sizes, options } = request;
  const known = idle.get(step);
  idle.delete(step);
  const program =
    known?.key === keyOf(request)
      ? known.program
      : compileProgram({
          outputs: [step.cost],
          updates: changed(step),
          sizes,
          precision: options.precision,
          backend: options.backend,
          threads: options.threads,
          maxEntries: request.maxEntries,
        });
  const put = (name: string, value: number) => program.input(name)?.data.fill(value);
  for (const [name, value] of request.settings) put(name, value);
  for (const { variable } of step.carried) put(variable.name, 0);
  return program;
}

/** Gives a program back. */
export function releaseProgram(request: ProgramRequest, program: Executable): void {
  idle.set(request.step, { key: keyOf(request), program });
}
