import type { Sizes } from '../graph/dimension.ts';
import { type Problem, settingsOf, stepOf } from './problem.ts';
import type { Executable, ProgramRequest } from './programs.ts';
import { takeProgram } from './programs.ts';
import type { Standing } from './solvers/index.ts';
import { changed, type DescentStep } from './step.ts';

export type Numbers = Float64Array | Float32Array;
export type Held = ReadonlyMap<string, Numbers>;

/** All that a run goes on from: what it learned and carries, and where it stands in its examples. */
export interface Snapshot {
  readonly held: Held;
  /** The state of what draws the order of the examples, the order, and how many of an epoch's examples are done. */
  readonly position?: Position;
}

export interface Position {
  readonly generator?: readonly number[];
  readonly order?: readonly number[];
  readonly at: number;
  /** Of an epoch that is not at its end, the sum of the costs of its batches, by example. */
  readonly cost?: number;
  /** How many examples these are. */
  readonly examples?: number;
  /** Of batches that are never all there, what tells those that are done from others. */
  readonly seen?: string;
  /** Whether it is the first epoch of the run; and, within it, the cost of all examples before it. */
  readonly isFirst?: boolean;
  readonly first?: number;
}

/** How a stretch of a run ended. */
export interface Stretch {
  /** Whole epochs done. */
  readonly epochs: number;
  /** The next epoch begins with a cost that is not finite, or meets one between its steps; its entry of the history tells. */
  readonly failed: false | 'before' | 'within';
  /** A solver can go no further. */
  readonly standing?: Standing;
  /** Where the cost falls without end, or on and on by less and less, a parameter that leads down. */
  readonly downhill?: string;
}

/** Whether a stretch is to end after this step, before its epochs are done. */
export type Pause = () => boolean;

/** Does epochs on parameters that it holds. */
export interface Runner {
  /** The parameters that it changes as they are now, and what it carries on. */
  snapshot(): Snapshot;
  restore(snapshot: Snapshot): void;
  /**
   * Runs epochs, and stops at one that meets a cost that is not finite.
   * @param history receives the cost before each epoch, or, of an epoch of several steps that is not the first of examples that
   *   are all there, the mean of the costs of its batches before their steps, each by its number of examples
   * @param pause is asked after each step; an epoch that it cuts goes on with the next call
   */
  run(epochs: number, history: Float64Array, pause?: Pause): Stretch | Promise<Stretch>;
  /** The cost of all examples at the present parameters. */
  cost(): number | Promise<number>;
  /** The learning rate from now on. */
  setRate(rate: number): void;
  /** How many milliseconds epochs should take that are run at once, where a tenth of a second is too short. */
  readonly pace?: number;
  /** Nothing of it is used any more. */
  release(): void;
}

/** A runner whose data are all there. */
export interface PromptRunner extends Runner {
  run(epochs: number, history: Float64Array, pause?: Pause): Stretch;
  cost(): number;
}

export const requestFor = (problem: Problem, sizes: Sizes): ProgramRequest => {
  const { model, options } = problem;
  return {
    step: stepOf(problem),
    sizes,
    options,
    settings: settingsOf(problem),
    maxEntries: model.maxEntries,
  };
};

/** The program of a step for some sizes, with everything in it that the sizes do not concern. */
export function programFor(problem: Problem, sizes: Sizes): Executable {
  const program = takeProgram(requestFor(problem, sizes));
  for (const [name, { data }] of program.inputs) {
    const values = problem.values.get(name);
    if (values?.length === data.length) data.set(values);
  }
  return program;
}

/** The parameters that a step moves, with what is carried from step to step. */
export const held = (step: DescentStep): string[] => changed(step).map((u) => u.variable.name);

export function copied(program: Executable, names: readonly string[]): Map<string, Numbers> {
  return new Map(names.map((name) => [name, program.input(name)!.data.slice()]));
}

export function load(program: Executable, parameters: Held): void {
  for (const [name, numbers] of parameters) program.input(name)!.data.set(numbers);
}

/** A step runs the whole program, so its output is the cost before the updates: these are taken back. */
export function costNow(program: Executable, names: readonly string[]): number {
  const before = copied(program, names);
  program.run();
  load(program, before);
  return program.outputs[0]!.data[0]!;
}
