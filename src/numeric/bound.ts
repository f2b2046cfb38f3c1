import type { Executable, Numbers } from '../compile/index.ts';

/** A function whose inputs lie in memory of its own. Arrays are flat, in row-major order, the same objects at every run. */
export interface Bound {
  /** What the next run reads: write into it. A scalar is an array of one number. */
  readonly inputs: Readonly<Record<string, Numbers>>;
  /** What the last run gave. */
  readonly value: Numbers;
  /** Computes; the number, or for an array `value` itself. */
  run(): number | Numbers;
}

/** A program whose buffers hold its inputs, as who uses it sees it. */
export function boundTo(program: Executable): Bound {
  const { shape, data: value } = program.outputs[0]!;
  const scalar = shape.length === 0;
  return {
    inputs: Object.fromEntries([...program.inputs].map(([name, { data }]) => [name, data])),
    value,
    run() {
      program.run();
      return scalar ? value[0]! : value;
    },
  };
}
