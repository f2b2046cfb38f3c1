import { NATIVE } from '../../machine.ts';
import { backendWords } from '../names.ts';
import type { Needs, Runner } from '../target.ts';

/** What makes machine code of a program here: see `linker.ts`. */
export interface Toolchain extends Pick<Runner, 'link'> {
  /** What this machine lacks for it. */
  readonly missing: () => Needs | undefined;
  readonly reserve: NonNullable<Runner['reserve']>;
}

let toolchain: Toolchain | undefined;
/** Whether who links can wait. */
let patient = false;

/** What is not compiled yet, to be linked again once it is. */
export class Compiling extends Error {
  readonly done: Promise<void>;

  constructor(done: Promise<void>) {
    super('compiling');
    this.done = done;
  }
}

export const isPatient = (): boolean => patient;

/** What links native programs, while another process compiles them. @throws GradusError `unsupported` as the target */
export async function patiently<T>(work: () => T): Promise<T> {
  for (;;) {
    patient = true;
    try {
      return work();
    } catch (error) {
      if (!(error instanceof Compiling)) throw error;
      await error.done;
    } finally {
      patient = false;
    }
  }
}

/** Hands over what compiles: `gradus/native` does. */
export function provideNative(given: Toolchain | undefined): void {
  toolchain = given;
}

const UNLOADED: Needs = {
  message: 'native code is made in Node only, by a part that is not loaded',
  hint: "import 'gradus/native' beforehand",
};

/** Where Node may not read everything (`--permission`), nor does it look for a part by its name. */
const UNREAD: Needs = {
  message: 'native code cannot be made here: node may not read the part of gradus that makes it',
  hint: "use the backend 'auto', or allow node to read the whole folder of gradus: --allow-fs-read",
};

/**
 * Machine code: the program as C, compiled by the machine's own compiler. What prints and compiles is loaded for the first
 * program: it is of no use in a page.
 */
export const native = {
  name: 'native',
  words: backendWords.native,
  machine: NATIVE,
  onRequest: true,
  available: () => missing() === undefined,
  get needs() {
    return missing() ?? UNLOADED;
  },
  suits: () => true,
  reserve: (program) => toolchain!.reserve(program),
  link: (program, arrays, block) => toolchain!.link(program, arrays, block),
} as const satisfies Runner;

function missing(): Needs | undefined {
  toolchain ?? load();
  if (toolchain) return toolchain.missing();
  return typeof process !== 'undefined' && process.permission?.has('fs.read') === false ? UNREAD : UNLOADED;
}

/** In Node the entry provides itself when it is required; older ones cannot do that at once. */
function load(): void {
  const modules = typeof process === 'undefined' ? undefined : process.getBuiltinModule?.('node:module');
  if (!modules) return;
  try {
    modules.createRequire(import.meta.url)('gradus/native');
  } catch {
    // As it was: the message says what to import.
  }
}
