import { constants } from 'node:buffer';
import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { Host, Unit } from '../../compile/targets/native/linker.ts';
import { GradusError } from '../../language/diagnostics.ts';
import { Cache, cacheFolder } from './cache.ts';
import { type Compiler, compiler, flagsFor, INSTALLS, isMissing } from './compiler.ts';
import { allowing, refusedByNode } from './permissions.ts';

/** This machine: modules are compiled once, kept, and loaded. */
export function hostOf(cache = new Cache(cacheFolder())): Host {
  const loaded = new Map<string, unknown>();
  const compiling = new Map<string, Promise<void>>();
  const files = new Map<string, string>();
  const keyOf = ({ identity }: Compiler, { text, fma }: Unit) =>
    createHash('sha256')
      .update([identity, ...flagsFor(fma), text].join('\0'))
      .digest('hex')
      .slice(0, 40);
  return {
    missing() {
      const found = compiler();
      return isMissing(found) ? found : undefined;
    },
    load(unit) {
      const found = compiler() as Compiler;
      const key = keyOf(found, unit);
      let exports = loaded.get(key);
      if (!exports) {
        exports = opened(files.get(key) ?? cache.find(key) ?? made(found, cache, key, unit));
        loaded.set(key, exports);
      }
      return exports;
    },
    compile(unit) {
      const found = compiler() as Compiler;
      const key = keyOf(found, unit);
      if (loaded.has(key) || files.has(key) || cache.find(key)) return undefined;
      const known = compiling.get(key) ?? makes(found, cache, key, unit).then((file) => void files.set(key, file));
      compiling.set(key, known);
      return known;
    },
    threads: availableParallelism,
    mostBytes: constants.MAX_LENGTH,
  };
}

function made({ command }: Compiler, cache: Cache, key: string, { text, fma }: Unit): string {
  const draft = cache.draft();
  try {
    execFileSync(command, argumentsFor(draft, fma), { input: text, stdio: ['pipe', 'pipe', 'pipe'] });
    return cache.put(key, draft);
  } catch (error) {
    throw refused(command, draft, error);
  }
}

/** The same beside other work; one that is stopped with this process leaves a draft behind, which goes in time. */
async function makes({ command }: Compiler, cache: Cache, key: string, { text, fma }: Unit): Promise<string> {
  const draft = cache.draft();
  try {
    await new Promise<void>((resolve, reject) => {
      const child = execFile(command, argumentsFor(draft, fma), (error, _out, stderr) => {
        if (error) reject(Object.assign(error, { stderr }));
        else resolve();
      });
      child.stdin!.on('error', () => {});
      child.stdin!.end(text);
    });
    return cache.put(key, draft);
  } catch (error) {
    throw refused(command, draft, error);
  }
}

const argumentsFor = (draft: string, fma: boolean): string[] => [...flagsFor(fma), '-x', 'c', '-', '-o', draft, '-lm'];

/** What Node forbids, or the compiler's own word for what it lacks; the draft goes. */
function refused(command: string, draft: string, error: unknown): Error {
  try {
    rmSync(draft, { force: true });
  } catch {
    // It was not begun.
  }
  if (error instanceof GradusError) return error;
  const needs = refusedByNode(error);
  if (needs) return new GradusError('unsupported', needs.message, needs);
  const { stderr, message } = error as { stderr?: Uint8Array | string; message: string };
  const lines = (stderr?.toString() || message).split('\n');
  const said = (lines.find((line) => /error/i.test(line)) ?? lines[0]!).trim();
  return new GradusError('unsupported', `${command} cannot compile here: ${said}`, {
    hint: LACKS.test(said) ? INSTALLS[process.platform] : "use the backend 'auto'",
  });
}

/** What a compiler says where a part of it is not there. */
const LACKS = /no such file|not found|cannot find/i;

function opened(file: string): unknown {
  const made = { exports: {} };
  try {
    process.dlopen(made, file);
  } catch (error) {
    throw new GradusError('unsupported', `native code cannot be loaded here: ${(error as Error).message}`, {
      hint: allowing('--allow-addons'),
    });
  }
  return made.exports;
}
