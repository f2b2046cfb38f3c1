import type { Executable, ProgramSpec } from '../../src/compile/executable.ts';
import { doubles, evaluate } from '../../src/compile/index.ts';
import { laidOut, link, programOf } from '../../src/compile/link.ts';
import { type Machine, V8 } from '../../src/compile/machine.ts';
import { targets } from '../../src/compile/targets/index.ts';
import { js, jsFor } from '../../src/compile/targets/js.ts';
import { type Runner, runsHere } from '../../src/compile/targets/target.ts';
import { prepare } from '../../src/compile/task.ts';
import { stream } from './random.ts';

const way =
  (target: Runner, machine: Machine) =>
  (spec: ProgramSpec): Executable => {
    const prepared = prepare(spec);
    return link(prepared, laidOut(prepared.task, programOf(prepared.task, machine)), target);
  };

/** What takes a compiler a while is tried many programs at a time: `native.test.ts`. */
const others: readonly Runner[] = targets.filter(runsHere).filter((target: Runner) => target !== js && !target.onRequest);

/** In loops; with products of whatever size, where the target has them. */
const looped = (machine: Machine): Machine => ({
  ...machine,
  written: -1,
  product: machine.product < Number.POSITIVE_INFINITY ? 2 : machine.product,
});

/** Every way to run a program, whatever its size would choose. */
export const ways: Record<string, (spec: ProgramSpec) => Executable> = {
  'JavaScript written out': way(js, { ...V8, written: 20_000 }),
  'JavaScript loops': way(js, { ...V8, written: -1 }),
  'JavaScript loops and products as functions': way(jsFor({ ...V8, apart: 1 }), {
    ...V8,
    written: -1,
    product: 2,
    cells: Number.POSITIVE_INFINITY,
  }),
  ...Object.fromEntries(others.map((target) => [target.name, way(target, looped(target.machine))])),
};

export type Inputs = ReadonlyMap<string, readonly number[]>;

/** Positive numbers around 1 for every variable, by name. */
export function randomInputs(program: Executable, seed: number): Map<string, number[]> {
  const next = stream(seed);
  const names = [...program.inputs.keys()].sort();
  return new Map(names.map((name) => [name, Array.from(program.input(name)!.data, () => 0.2 + 1.3 * next())]));
}

export function fill(program: Executable, inputs: Inputs): void {
  for (const [name, { data }] of program.inputs) data.set(inputs.get(name)!);
}

/** The outputs and the values of the updates by the interpreter. */
export function reference(spec: ProgramSpec, inputs: Inputs): { outputs: (readonly number[])[]; updates: (readonly number[])[] } {
  const updates = spec.updates ?? [];
  const values = evaluate(
    [...spec.outputs, ...updates.map((u) => u.value)],
    (v) => ({ shape: [], data: inputs.get(v.name)! }),
    spec.sizes,
    doubles,
  );
  const data = values.map((v) => v.data);
  return { outputs: data.slice(0, spec.outputs.length), updates: data.slice(spec.outputs.length) };
}

/** The inputs with each number moved by its last bits. */
export function nudged(inputs: Inputs, seed: number): Map<string, number[]> {
  const next = stream(seed);
  return new Map(
    [...inputs].map(([name, data]) => [name, data.map((x) => x * (1 + (next() < 0.5 ? 1 : -1) * 4 * Number.EPSILON))]),
  );
}

/** The largest difference of entries, relative to the largest entry: a sum may cancel. */
export function difference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let scale = 1e-3;
  for (let k = 0; k < a.length; k++) if (Number.isFinite(a[k])) scale = Math.max(scale, Math.abs(a[k]!));
  let worst = 0;
  for (let k = 0; k < a.length; k++) {
    if (Object.is(a[k], b[k]) || a[k] === b[k]) continue;
    const d = Math.abs(a[k]! - b[k]!) / scale;
    worst = Math.max(worst, Number.isNaN(d) ? Number.POSITIVE_INFINITY : d);
  }
  return worst;
}
