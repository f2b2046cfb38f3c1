import { GradusError } from '../../../language/diagnostics.ts';
import { V8 } from '../../machine.ts';
import type { Call } from '../../program.ts';
import type { LaidOut, Runner } from '../target.ts';
import { engine, type Imports } from './engine.ts';
import { Module } from './module.ts';
import { emitted } from './printer.ts';

/** A page of memory, and how many there may be. */
const PAGE = 65_536;
const PAGES = 65_536;

/** Operations of a step below which JavaScript is as quick. */
const LEAST = 20_000;

/** WebAssembly with vectors of 128 bits: for programs with much to compute. */
export const wasm = {
  name: 'wasm',
  words: 'WebAssembly',
  machine: { ...V8, product: Number.POSITIVE_INFINITY },
  available,
  needs: { message: 'this page or process has no WebAssembly with vectors', hint: "the backend 'js' does without" },
  worth: (work) => work >= LEAST,
  suits: (made) => pagesOf(made) <= PAGES,
  reserve(made) {
    const pages = pagesOf(made);
    if (pages > PAGES) throw tooLarge(pages);
    const { Memory } = engine()!;
    try {
      return new Memory({ initial: pages, maximum: pages });
    } catch {
      throw tooLarge(pages);
    }
  },
  link(made, arrays, memory) {
    const { Module, Instance } = engine()!;
    const { bytes, kernels } = emitted(made, pagesOf(made));
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
    const imports: Imports = {
      e: { memory, note, ...Object.fromEntries([...kernels].map(([name, kernel]) => [name, closure(kernel)])) },
    };
    const { exports } = new Instance(new Module(bytes), imports);
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
  new GradusError('limit', `there is no memory for ${Math.ceil((pages * PAGE) / 2 ** 20)} MB of arrays in WebAssembly`, {
    hint: 'it has 4 GB at most',
  });

const pagesOf = ({ layout }: LaidOut): number =>
  Math.max(1, Math.ceil((layout.length * (layout.precision === 'f32' ? 4 : 8)) / PAGE));

let allowed: boolean | undefined;

/** A policy may forbid what the engine has. */
function available(): boolean {
  allowed ??= compiles();
  return allowed;
}

function compiles(): boolean {
  const found = engine();
  if (!found) return false;
  const probe = new Module();
  const code = probe.function([]);
  code.f64x2(0).op('drop');
  try {
    return new found.Module(probe.bytes(1)) instanceof found.Module;
  } catch {
    return false;
  }
}
