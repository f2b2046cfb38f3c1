import { createHash, randomUUID } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  lstatSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { GradusError } from '../../language/diagnostics.ts';
import { makeFolder } from '../folders.ts';

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
      const now = new Date();
      utimesSync(file, now, now);
      return file;
    } catch {
      return undefined;
    }
  }

  /** A file that nobody else has, for what is to be put in. */
  draft(): string {
    return join(this.own(), `${randomUUID()}.tmp`);
  }

  /** A draft under its name. */
  put(key: string, draft: string): string {
    const file = this.fileOf(key);
    const sum = this.draft();
    writeFileSync(sum, sumOf(readFileSync(draft)), { mode: 0o600 });
    for (const [from, to] of [
      [sum, `${file}.sum`],
      [draft, file],
    ] as const) {
      const open = openSync(from, 'r');
      fsyncSync(open);
      closeSync(open);
      renameSync(from, to);
    }
    this.prune(file);
    return file;
  }

  private fileOf(key: string): string {
    return join(this.own(), `${key}.node`);
  }

  /** The folder, made if it is not there; where none can be made, one for this process. */
  private own(): string {
    this.folder ??= made(this.wanted) ?? mkdtempSync(join(tmpdir(), 'gradus-native-'));
    return this.folder;
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

const sumOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

function made(folder: string): string | undefined {
  try {
    makeFolder(folder, 0o700);
  } catch {
    return undefined;
  }
  const { uid, mode } = lstatSync(folder);
  const safe = lstatSync(folder).isDirectory() && uid === process.getuid?.() && (mode & 0o077) === 0;
  if (safe) return folder;
  throw new GradusError('unsupported', `${folder} is open to others, and native code from it would be run`, {
    hint: `chmod 700 ${folder}, or remove it`,
  });
}
