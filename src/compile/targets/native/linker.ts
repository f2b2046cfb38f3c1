import { GradusError } from '../../../language/diagnostics.ts';
import { bytesOf, noMemory } from '../../layout.ts';
import type { LaidOut, Needs, Run } from '../target.ts';
import { NO_MEMORY } from './glue.ts';
import { Compiling, isPatient, type Toolchain } from './index.ts';
import { CREW_MODULE, MEMORY_MODULE, PRODUCT_MODULE } from './modules.ts';
import { printNative } from './printer.ts';

/** What a module is made of: a text in C, and whether a·b + c may be rounded once in it. */
export interface Unit {
  readonly text: string;
  readonly fma: boolean;
}

/** A machine that compiles C and loads what becomes of it: only the outermost room touches one. */
export interface Host {
  /** What it lacks. */
  readonly missing: () => Needs | undefined;
  /** The exports of the module. */
  readonly load: (unit: Unit) => unknown;
  /** Compiles it in another process; undefined if that was done before. */
  readonly compile: (unit: Unit) => Promise<void> | undefined;
  /** How many threads run at once here. */
  readonly threads: () => number;
  /** How many bytes a buffer of memory that is not JavaScript's own may have. */
  readonly mostBytes: number;
}

/** What all programs share. */
export interface Memory {
  readonly allocate: (bytes: number) => ArrayBuffer;
}

interface Module {
  readonly bind: (memory: ArrayBuffer, threads: number, share: unknown, services: unknown) => Run;
}

/** More are not taken unless they are asked for: the machine has other work, too. */
const MOST_THREADS = 8;

/** Programs in C on a machine that can compile it. */
export function toolchainOf(host: Host): Toolchain {
  // Memory and threads are those of all programs, whatever their options.
  const module = (text: string, fma = true): unknown => {
    const compiling = isPatient() ? host.compile({ text, fma }) : undefined;
    if (compiling) throw new Compiling(compiling);
    return host.load({ text, fma });
  };
  return {
    missing: host.missing,
    reserve({ layout }: LaidOut) {
      const bytes = layout.length * bytesOf(layout.precision);
      if (bytes > host.mostBytes) throw tooLarge(bytes, host.mostBytes);
      const { allocate } = module(MEMORY_MODULE) as Memory;
      try {
        return { buffer: allocate(bytes) };
      } catch (error) {
        throw error instanceof Error && error.message === NO_MEMORY ? noMemory(layout) : error;
      }
    },
    link(made, _arrays, { buffer }) {
      const { fma = false } = made;
      const { text, usesProducts, isShared, lends } = printNative(made);
      const threads = isShared ? (made.threads ?? Math.min(MOST_THREADS, host.threads())) : 1;
      const share = threads > 1 ? (module(CREW_MODULE) as { share: unknown }).share : undefined;
      const services = usesProducts ? (module(PRODUCT_MODULE, fma) as { services: unknown }).services : undefined;
      const { bind } = module(text, fma) as Module;
      return { run: bind(buffer, threads, share, services), source: text, lends };
    },
  };
}

const MEGABYTE = 2 ** 20;

const tooLarge = (bytes: number, most: number): GradusError =>
  new GradusError('limit', `there is no memory for ${Math.ceil(bytes / MEGABYTE)} MB of arrays in native code`, {
    hint: `it has ${Math.floor(most / MEGABYTE)} MB at most in this Node, and more from Node 22 on; the backend 'js' has more, too`,
  });
