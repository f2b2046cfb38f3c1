import { bytesOf, noMemory } from '../../layout.ts';
import type { LaidOut, Needs, Run } from '../target.ts';
import type { Toolchain } from './index.ts';
import { printNative } from './printer.ts';
import { RUNTIME } from './runtime.ts';

/** A machine that compiles C and loads what becomes of it: only the outermost room touches one. */
export interface Host {
  /** What it lacks. */
  readonly missing: () => Needs | undefined;
  /** The exports of the module that a text becomes. */
  readonly load: (text: string) => unknown;
}

/** What all programs share: their memory, and kernels. */
interface Runtime {
  readonly allocate: (bytes: number) => ArrayBuffer;
  readonly services: unknown;
}

interface Module {
  readonly bind: (
    memory: ArrayBuffer,
    services: unknown,
  ) => (steps: number, history: Float64Array | undefined, watch: boolean) => number;
}

/** Programs in C on a machine that can compile it. */
export function toolchainOf(host: Host): Toolchain {
  let shared: Runtime | undefined;
  const runtime = (): Runtime => {
    shared ??= host.load(RUNTIME) as Runtime;
    return shared;
  };
  return {
    missing: host.missing,
    reserve({ layout }: LaidOut) {
      try {
        return { buffer: runtime().allocate(layout.length * bytesOf(layout.precision)) };
      } catch (error) {
        throw error instanceof Error && error.message === 'no memory' ? noMemory(layout) : error;
      }
    },
    link(made, _arrays, { buffer }) {
      const source = printNative(made);
      const { bind } = host.load(source) as Module;
      const run: Run = bind(buffer, runtime().services);
      return { run, source };
    },
  };
}
