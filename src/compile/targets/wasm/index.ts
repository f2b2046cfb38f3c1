import { GradusError } from '../../../language/diagnostics.ts';
import { V8 } from '../../machine.ts';
import type { Call } from '../../program.ts';
import { backendWords } from '../names.ts';
import type { LaidOut, Runner } from '../target.ts';
import { Member, threadsHere } from './crew.ts';
import { available, engine, type Imports } from './engine.ts';
import { type Emitted, emitted, pagesOf } from './printer.ts';

/** Pages of memory that there may be, and how many make a megabyte. */
const PAGES = 65_536;
const MEGABYTE = 16;

/** Multiplications below which a product is as well written as loops. */
const PRODUCT = 512;

/** Operations of a step below which JavaScript is as quick, where a call is one step and where it is many. */
const LEAST = { one: 4000, many: 300 };

/** WebAssembly with vectors of 128 bits: for programs with much to compute. */
export const wasm = {
  name: 'wasm',
  words: backendWords.wasm,
  // Written out a program has no vectors, and takes longer to be compiled.
  machine: { ...V8, written: -1, product: PRODUCT, cells: Number.POSITIVE_INFINITY },
  available,
  needs: { message: 'this page or process has no WebAssembly with vectors' },
  worth: (work, many) => work >= (many ? LEAST.many : LEAST.one),
  suits: (made) => pagesOf(moduleOf(made).length) <= PAGES,
  reserve(made) {
    const pages = pagesOf(moduleOf(made).length);
    if (pages > PAGES) throw tooLarge(pages);
    const { Memory } = engine()!;
    try {
      return new Memory({ initial: pages, maximum: pages, shared: moduleOf(made).threads > 1 });
    } catch {
      throw tooLarge(pages);
    }
  },
  link(made, arrays, memory) {
    const { Module, Instance } = engine()!;
    const { bytes, kernels, tables, shares, threads, stride, length } = moduleOf(made);
    for (const { at, places } of tables) new Int32Array(memory.buffer, at, places.length).set(places);
    let noted: Float64Array | undefined;
    const note = (step: number, value: number): void => {
      noted![step] = value;
    };
    const arrayOf = new Map(made.layout.areas.map((area, k) => [area, arrays[k]!]));
    const closure = (kernel: unknown): unknown => {
      if (typeof kernel === 'function') return kernel;
      const { routine, args, out, count, shapes } = kernel as Call;
      const [inputs, output] = [
        args.map((slot) => arrayOf.get(made.layout.areaOf.get(slot)!)!),
        arrayOf.get(made.layout.areaOf.get(out)!)!,
      ];
      return () => routine.kernel(inputs, output, count, shapes);
    };
    let share = (_task: number): void => {};
    const shared = (task: number): void => share(task);
    const imports: Imports = {
      e: { memory, note, share: shared, ...Object.fromEntries([...kernels].map(([name, kernel]) => [name, closure(kernel)])) },
    };
    const module = new Module(bytes);
    const { exports } = new Instance(module, imports);
    if (shares.length > 0) {
      const member = new Member({ module, memory, shares, threads, stride, length });
      const portions = shares.map((one, task) =>
        Array.from({ length: one.portions }, (_, at) => exports[`share_${task}_${at}`] as () => void),
      );
      share = (task) => member.share(task, (portion) => portions[task]![portion]!());
    }
    const run = exports.run as (steps: number, noted: boolean, watched: boolean) => number;
    return {
      run(steps, history, watch) {
        noted = history;
        const done = run(Math.min(steps, MOST_STEPS), history !== undefined, watch);
        noted = undefined;
        return done;
      },
    };
  },
} as const satisfies Runner;

const MOST_STEPS = 2 ** 31 - 1;

const tooLarge = (pages: number): GradusError =>
  new GradusError('limit', `there is no memory for ${Math.ceil(pages / MEGABYTE)} MB of arrays in WebAssembly`, {
    hint: 'it has 4 GB at most',
  });

const modules = new WeakMap<LaidOut, Emitted>();

/** The module of a program, made when its memory is asked for. */
function moduleOf(made: LaidOut): Emitted {
  let known = modules.get(made);
  if (!known) {
    known = emitted(made, threadsHere(made.threads));
    modules.set(made, known);
  }
  return known;
}
