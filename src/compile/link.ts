import { checkEntries } from '../language/limits.ts';
import type { Buffer, Executable } from './executable.ts';
import { type Area, type Layout, layoutOf, reserved, viewsOf } from './layout.ts';
import { looped } from './loops.ts';
import type { Machine } from './machine.ts';
import type { Program } from './program.ts';
import type { LaidOut, Runner } from './targets/target.ts';
import type { Prepared, Shaped, Task } from './task.ts';
import { unrolled } from './unroll.ts';

/** The program of a task for a machine: written out if it is small enough for that, as loops otherwise. */
export const programOf = (task: Task, machine: Machine): Program => unrolled(task, machine) ?? looped(task, machine);

/** @throws GradusError `limit` if the arrays are larger than the task allows */
export function laidOut({ precision, fma, threads, maxEntries }: Task, program: Program): LaidOut {
  const total = program.slots.reduce((n, slot) => n + slot.length, 0);
  checkEntries(total, maxEntries, 'the arrays of intermediate results have together');
  return { program, layout: layoutOf(program, precision), fma, threads };
}

/**
 * Gives a program its memory and a target.
 * @throws GradusError `limit` for more than there is memory
 */
export function link(prepared: Prepared, made: LaidOut, target: Runner): Executable {
  const { layout } = made;
  const block = target.reserve?.(made) ?? reserved(layout);
  const arrays = viewsOf(layout, block);
  const arrayOf = new Map(layout.areas.map((area, k) => [area, arrays[k]!]));
  const bufferOf = ({ slot, shape }: Shaped): Buffer => ({ shape, data: arrayOf.get(layout.areaOf.get(slot)!)! });
  const { run, source, lends } = target.link(made, arrays, block);
  const inputs = new Map([...prepared.inputs].map(([name, shaped]) => [name, bufferOf(shaped)]));
  return {
    inputs,
    outputs: prepared.outputs.map(bufferOf),
    bytes: block.buffer.byteLength,
    ...(source === undefined ? {} : { source }),
    ...(lends && numbered(prepared, layout, lends)),
    input: (name) => inputs.get(name),
    run(lent) {
      if (lent) run(1, undefined, false, lent);
      else run(1, undefined, false);
    },
    repeat: (steps, history) => run(steps, history, true),
  };
}

function numbered(
  { inputs, outputs }: Prepared,
  { areaOf }: Layout,
  lends: readonly Area[],
): Pick<Executable, 'lends' | 'fills'> {
  const numberOf = ({ slot }: Shaped): number | undefined => {
    const number = lends.indexOf(areaOf.get(slot)!);
    return number < 0 ? undefined : number;
  };
  const read = new Map<string, number>();
  for (const [name, shaped] of inputs) {
    const number = numberOf(shaped);
    if (number !== undefined) read.set(name, number);
  }
  const fills = outputs.map(numberOf);
  return { lends: read, ...(fills.some((number) => number !== undefined) && { fills }) };
}
