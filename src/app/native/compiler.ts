import { accessSync, constants, readFileSync, realpathSync, statSync } from 'node:fs';
import { cpus } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Needs } from '../../compile/targets/target.ts';
import { allowing, isRefused, refusedByNode } from './permissions.ts';

/** What is said to the compiler. Sums may be added in any order where the text says so; else numbers are as C says. */
const FLAGS: readonly string[] = [
  ...['-O3', '-fno-math-errno', '-fno-trapping-math', '-fopenmp-simd'],
  // GCC 12.2 drops a term of a sum where it joins statements into vectors; loops are vectors without that.
  '-fno-tree-slp-vectorize',
  process.arch === 'arm64' ? '-mcpu=native' : '-march=native',
  ...(process.arch === 'x64' ? ['-mprefer-vector-width=512'] : []),
  ...['-w', '-pipe', '-shared', '-fPIC', '-fvisibility=hidden'],
  // The functions of Node-API are in Node itself.
  ...(process.platform === 'darwin' ? ['-undefined', 'dynamic_lookup'] : []),
];

/** @param fma whether a·b + c may be rounded once */
export const flagsFor = (fma: boolean): readonly string[] => [...FLAGS, `-ffp-contract=${fma ? 'fast' : 'off'}`];

export interface Compiler {
  readonly command: string;
  /** Machine code is of use for one compiler and one kind of processor only. */
  readonly identity: string;
}

const known = new Map<string, Compiler>();

/** The compiler on the search path, or what is missing. It is not run for that: its file tells its version. */
export function compiler(env = process.env): Compiler | Needs {
  if (process.platform === 'win32') return { message: 'native code is not made on Windows', hint: "use the backend 'auto'" };
  const path = env.PATH ?? '';
  const found = known.get(path) ?? identified(path);
  if (!isMissing(found)) known.set(path, found);
  return found;
}

export const isMissing = (found: Compiler | Needs): found is Needs => 'message' in found;

/** What installs a compiler with the headers that it needs. */
export const INSTALLS: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'apt-get install gcc libc6-dev',
  darwin: 'xcode-select --install',
};

function identified(path: string): Compiler | Needs {
  let isHidden = false;
  for (const folder of path.split(delimiter)) {
    if (folder === '') continue;
    const command = join(folder, 'cc');
    try {
      accessSync(command, constants.X_OK);
    } catch (error) {
      // Not in this one, as far as this process may look.
      isHidden ||= isRefused(error);
      continue;
    }
    try {
      const file = realpathSync(command);
      const { size, mtimeMs } = statSync(file);
      return { command, identity: [file, size, mtimeMs, processor()].join('\n') };
    } catch (error) {
      const needs = refusedByNode(error);
      if (needs) return needs;
    }
  }
  return isHidden ? UNSEEN : LACKING;
}

/** What an installation mends. */
export const LACKING: Needs = {
  message: 'native code needs a C compiler, and there is no cc',
  hint: INSTALLS[process.platform] ?? INSTALLS.linux!,
};

const UNSEEN: Needs = {
  message: 'native code needs a C compiler, and node may not look for cc in the folders of PATH',
  hint: allowing('--allow-fs-read'),
};

/** What the processor can do: a home on a network is that of several machines. */
function processor(): string {
  try {
    // Of the first core.
    const [core = ''] = readFileSync('/proc/cpuinfo', 'utf8').split('\n\n');
    return core.match(/^(model name|flags|Features|CPU part)\b.*$/gm)?.join('\n') ?? '';
  } catch {
    return `${process.arch} ${cpus()[0]?.model}`;
  }
}
