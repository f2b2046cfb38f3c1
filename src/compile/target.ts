import { GradusError } from '../language/diagnostics.ts';
import { checkEntries } from '../language/limits.ts';
import { closures } from './closures.ts';
import { allocate, type Executable, type Numbers } from './executable.ts';
import { javascript } from './javascript.ts';
import type { Program } from './program.ts';
import type { Prepared } from './task.ts';

/** (steps, history, watch) → steps done. With `watch` it stops after a step whose objective is not finite. */
export type Run = (steps: number, history: Float64Array | undefined, watch: boolean) => number;

/** Makes a loop program runnable on the arrays of its slots. */
export type Target = (program: Program, arrays: readonly Numbers[]) => { run: Run; source?: string };

export const targets = {
  /** @throws GradusError `unsupported` where the page or process forbids generated code */
  js(program, arrays) {
    const { text, kernels } = javascript(program);
    return { run: generate(text)(arrays, kernels), source: text };
  },
  closure: (program, arrays) => ({ run: closures(program, arrays) }),
} satisfies Record<string, Target>;

/** Gives a program its memory and a target. */
export function link({ task, inputs, outputs, data }: Prepared, program: Program, target: Target): Executable {
  const total = program.slots.reduce((n, slot) => n + slot.length, 0);
  checkEntries(total, task.maxEntries, 'the arrays of intermediate results have together');
  const arrays = program.slots.map((slot) => data[slot.id] ?? allocate(slot.length, task.precision));
  const { run, source } = target(program, arrays);
  return {
    inputs,
    outputs,
    ...(source === undefined ? {} : { source }),
    input: (name) => inputs.get(name),
    run() {
      run(1, undefined, false);
    },
    repeat: (steps, history) => run(steps, history, true),
  };
}

function generate(text: string): (arrays: readonly Numbers[], kernels: readonly unknown[]) => Run {
  try {
    return new Function('b', 'k', text) as ReturnType<typeof generate>;
  } catch (error) {
    // A security policy answers with an EvalError; a SyntaxError would be a mistake of ours.
    if (!(error instanceof Error) || error.name !== 'EvalError') throw error;
    throw new GradusError('unsupported', 'this page or process forbids generated code', {
      hint: "the backend 'closure' does without",
    });
  }
}
