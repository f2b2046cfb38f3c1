import type { Executable } from '../compile/index.ts';
import type { Sizes } from '../graph/dimension.ts';
import type { Model } from '../model/model.ts';
import type { Binding } from '../numeric/binding.ts';
import type { Settled } from './options.ts';
import { type ProgramRequest, takeProgram } from './programs.ts';
import { changed, type DescentStep } from './step.ts';

export type Numbers = Float64Array | Float32Array;

/** Does epochs on parameters that it holds. */
export interface Runner {
  /** The parameters that it changes as they are now, and what it carries on. */
  parameters(): Map<string, Numbers>;
  restore(parameters: ReadonlyMap<string, Numbers>): void;
  /**
   * Runs epochs, and stops at one that begins with a cost that is not finite, without its updates.
   * @param history receives the cost before each epoch
   * @returns the number of entries written to the history
   */
  run(epochs: number, history: Float64Array): number;
  /** The cost of all data at the present parameters. */
  cost(): number;
  /** Nothing of it is used any more. */
  release(): void;
}

/** What is known when the data have come. */
export interface Problem {
  readonly model: Model;
  readonly step: DescentStep;
  readonly binding: Binding;
  /** Numbers of every input that matters. */
  readonly values: ReadonlyMap<string, ArrayLike<number>>;
  readonly options: Settled;
  /** The optimizer's own options. */
  readonly hyperparameters: ReadonlyMap<string, number>;
}

export const requestFor = ({ model, step, options, hyperparameters }: Problem, sizes: Sizes): ProgramRequest => ({
  step,
  sizes,
  options,
  hyperparameters,
  maxEntries: model.maxEntries,
});

/** The program of a step for some sizes, with everything in it that the sizes do not concern. */
export function programFor(problem: Problem, sizes: Sizes): Executable {
  const program = takeProgram(requestFor(problem, sizes));
  for (const [name, { data }] of program.inputs) {
    const values = problem.values.get(name);
    if (values?.length === data.length) data.set(values);
  }
  return program;
}

/** The parameters that a step moves. */
export const updated = (step: DescentStep): string[] => step.updates.map((u) => u.variable.name);

/** With what is carried from step to step. */
export const held = (step: DescentStep): string[] => changed(step).map((u) => u.variable.name);

export function copied(program: Executable, names: readonly string[]): Map<string, Numbers> {
  return new Map(names.map((name) => [name, program.input(name)!.data.slice()]));
}

export function load(program: Executable, parameters: ReadonlyMap<string, Numbers>): void {
  for (const [name, numbers] of parameters) program.input(name)!.data.set(numbers);
}

/** A step runs the whole program, so its output is the cost before the updates: these are taken back. */
export function costNow(program: Executable, names: readonly string[]): number {
  const before = copied(program, names);
  program.run();
  load(program, before);
  return program.outputs[0]!.data[0]!;
}
