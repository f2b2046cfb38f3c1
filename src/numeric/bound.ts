import type { Executable, Numbers } from '../compile/index.ts';
import { GradusError } from '../language/diagnostics.ts';
import { speechOf } from '../language/speech.ts';

/** A function whose inputs lie in memory of its own. Arrays are flat, in row-major order, the same objects at every run. */
export interface Bound {
  /** What the next run reads: write into it. A scalar is an array of one number. */
  readonly inputs: Readonly<Record<string, Numbers>>;
  /** What the last run gave. */
  readonly value: Numbers;
  /**
   * Computes; the number, or for an array `value` itself.
   * @throws GradusError `argument` if the memory was transferred
   */
  run(): number | Numbers;
}

/**
 * A program whose buffers hold its inputs, as who uses it sees it.
 * @param lang of errors
 */
export function boundTo(program: Executable, lang: string | undefined): Bound {
  const { shape, data: value } = program.outputs[0]!;
  const scalar = shape.length === 0;
  const { length } = value;
  const speech = speechOf(lang);
  const refuse = (text: string, hint: string): never => {
    const error = new GradusError('argument', text, { hint });
    throw speech ? error.told(speech) : error;
  };
  const inputs = {};
  for (const [name, { data }] of program.inputs) {
    // An array put in its place would not be read.
    const set = (): never =>
      refuse(
        `inputs.${name} is memory that the function reads: it is written into, not replaced`,
        data.length === 1 ? `inputs.${name}[0] = …` : `inputs.${name}.set(…)`,
      );
    Object.defineProperty(inputs, name, { get: () => data, set, enumerable: true });
  }
  return {
    inputs: Object.freeze(inputs),
    value,
    run() {
      program.run();
      if (value.length !== length)
        refuse('the memory of the function is gone: its buffer was transferred', 'transfer a copy, or bind the function again');
      return scalar ? value[0]! : value;
    },
  };
}
