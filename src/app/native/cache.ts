import { createHash, randomUUID } from 'node:crypto';
import {
  accessSync,
  constants,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { GradusError } from '../../language/diagnostics.ts';
import { makeFolder } from '../folders.ts';
import { reasonOf } from '../source.ts';
import { allowing, isRefused } from './permissions.ts';

/** Bytes of modules that are kept; the ones that were used longest ago go first. */
export const MOST_BYTES = 64 * 2 ** 20;

/** `$XDG_CACHE_HOME` or `~/.cache`. */
export const cacheFolder = (env: NodeJS.ProcessEnv = process.env): string =>
  join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'gradus', 'native');

/**
 * Modules by what they were made of, in a folder that is the user's alone: what lies in it is run. A module comes into it whole,
 * by its last name, with the sum of its bytes, and one that is not what was written is as good as none.
 */
export class Cache {
  private readonly wanted: string;
  private readonly most: number;
  private folder: string | undefined;

  constructor(folder: string, most = MOST_BYTES) {
    this.wanted = folder;
    this.most = most;
  }

  /** The file of a module that is there. @throws GradusError `unsupported` for a folder that others can write to */
  find(key: string): string | undefined {
    const file = this.fileOf(key);
    try {
      const sound = readFileSync(`${file}.sum`, 'utf8') === sumOf(readFileSync(file));
      if (!sound) return undefined;
    } catch {
      return undefined;
    }
    used(file);
    return file;
  }

  /** A file that nobody else has, for what is to be put in. */
  draft(): string {
    return join(this.own(), `${randomUUID()}.tmp`);
  }

  /** A draft under its name. */
  put(key: string, draft: string): string {
    const file = this.fileOf(key);
    const sum = this.draft();
    try {
      writeFileSync(sum, sumOf(readFileSync(draft)), { mode: 0o600 });
      renameSync(sum, `${file}.sum`);
      renameSync(draft, file);
      this.prune(file);
    } catch (error) {
      throw unwritable(this.own(), error);
    }
    return file;
  }

  private fileOf(key: string): string {
    return join(this.own(), `${key}.node`);
  }

  /** The folder, made if it is not there; where none can be made, one for this process. */
  private own(): string {
    this.folder ??= this.first([() => made(this.wanted), () => mkdtempSync(join(tmpdir(), 'gradus-native-'))]);
    return this.folder;
  }

  private first(ways: readonly (() => string)[]): string {
    const errors: unknown[] = [];
    for (const way of ways) {
      try {
        return way();
      } catch (error) {
        if (error instanceof GradusError) throw error;
        errors.push(error);
      }
    }
    throw errors.some(isRefused) ? unallowed(this.wanted) : nowhere(this.wanted);
  }

  private prune(newest: string): void {
    const files = readdirSync(this.own()).flatMap((name) => {
      const file = join(this.own(), name);
      const stat = statSync(file, { throwIfNoEntry: false });
      return stat ? [{ file, size: stat.size, time: stat.mtimeMs }] : [];
    });
    let total = files.reduce((sum, { size }) => sum + size, 0);
    for (const { file, size, time } of files.sort((a, b) => a.time - b.time)) {
      const isLeft = file.endsWith('.tmp') && Date.now() - time > ABANDONED;
      if (!isLeft && (total <= this.most || file === newest || !file.endsWith('.node'))) continue;
      rmSync(file, { force: true });
      rmSync(`${file}.sum`, { force: true });
      total -= size;
    }
  }
}

/** Milliseconds after which nobody works on a draft any more. */
const ABANDONED = 3_600_000;

/** The time is of use for what goes first, and no module is worse without. */
function used(file: string): void {
  const now = new Date();
  try {
    utimesSync(file, now, now);
  } catch {
    // Not ours to write.
  }
}

const sumOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** @throws what the system refuses, GradusError `unsupported` for a folder that others can write to */
function made(folder: string): string {
  makeFolder(folder, 0o700);
  const stat = lstatSync(folder);
  if (!stat.isDirectory() || stat.uid !== process.getuid?.() || (stat.mode & 0o077) !== 0) {
    throw new GradusError('unsupported', `${folder} is open to others, and native code from it would be run`, {
      hint: `chmod 700 ${folder}, or remove it`,
    });
  }
  accessSync(folder, constants.W_OK);
  return folder;
}

const nowhere = (wanted: string): GradusError =>
  new GradusError('unsupported', `native code is kept in a folder, and neither ${wanted} nor one in ${tmpdir()} can be made`, {
    hint: 'name one that can be written: XDG_CACHE_HOME=…',
  });

/** The folder of all caches is there already, as what it lies in need not be. */
function unallowed(wanted: string): GradusError {
  const around = dirname(dirname(wanted));
  return new GradusError('unsupported', `native code cannot be made here: node may not write to ${wanted}`, {
    hint: allowing(`--allow-fs-read=${around} --allow-fs-write=${around}`),
  });
}

const unwritable = (folder: string, error: unknown): GradusError =>
  isRefused(error)
    ? unallowed(folder)
    : new GradusError('unsupported', `native code cannot be kept in ${folder}: ${reasonOf(error)}`, {
        hint: 'name one that can be written: XDG_CACHE_HOME=…',
      });
