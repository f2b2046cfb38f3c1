import type { Sizes } from '../graph/dimension.ts';
import type { Node, Variable } from '../graph/node.ts';
import type { Backend } from './targets/names.ts';

export type Precision = 'f64' | 'f32';

/** What is to be computed, once the sizes are known. */
export interface ProgramSpec {
  readonly outputs: readonly Node[];
  /** What the outputs are called in a printed program, where they are no definitions. */
  readonly names?: readonly string[] | undefined;
  /** At the end of a step each variable's buffer takes its value; all values are computed from the old ones. */
  readonly updates?: readonly Update[] | undefined;
  /** The numbers that the names of dimensions stand for. */
  readonly sizes: Sizes;
  readonly precision?: Precision | undefined;
  readonly backend?: Backend | undefined;
  /** Whether a·b + c may be rounded once, where the machine can: faster, but not the same bits everywhere. If not said, it may. */
  readonly fma?: boolean | undefined;
  /** Threads that share its work, where the target has them: as many as the machine has cores, if not said. */
  readonly threads?: number | undefined;
  /** Numbers that its arrays may hold together. */
  readonly maxEntries?: number | undefined;
}

export interface Update {
  readonly variable: Variable;
  readonly value: Node;
}

export type Numbers = Float64Array | Float32Array;

/** An array in row-major order, allocated once. */
export interface Buffer {
  readonly shape: readonly number[];
  readonly data: Numbers;
}

/** A compiled program. Its buffers are the same objects from beginning to end. */
export interface Executable {
  /** The buffer of a variable, for the caller to write into; undefined when the program does not use it. */
  input(name: string): Buffer | undefined;
  readonly inputs: ReadonlyMap<string, Buffer>;
  /** Filled by a run, in the order of the specification. */
  readonly outputs: readonly Buffer[];
  /**
   * One step: fills the outputs, then applies the updates.
   * @param lent arrays that are read and filled where they lie, in place of the buffers of inputs and outputs, by the numbers of
   *   `lends` and `fills`
   */
  run(lent?: readonly (Numbers | undefined)[]): void;
  /** The inputs that may be read where they lie, in arrays of the program's precision and their lengths, by number. */
  readonly lends?: ReadonlyMap<string, number>;
  /** The same of outputs, in their order, where there are such; whatever an array held is overwritten. */
  readonly fills?: readonly (number | undefined)[];
  /**
   * Many steps in one call. Stops after a step whose first output, a scalar, is not finite, without the updates of
   * that step.
   * @param history receives the first output of each step, as far as it reaches
   * @returns the number of steps done, the one that stopped included
   */
  repeat(steps: number, history?: Float64Array): number;
  /** Bytes of the memory that it computes in. */
  readonly bytes: number;
  /** The generated text, where there is one. */
  readonly source?: string;
}

export const lengthOf = (shape: readonly number[]): number => shape.reduce((product, extent) => product * extent, 1);
