import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  fsyncSync,
  lstatSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
import { GradusError } from '../language/diagnostics.ts';
import { besideOf, removeLeftovers } from './beside.ts';
import { reasonOf } from './source.ts';

/**
 * Writes a file as a whole or not at all: into a new file beside it, which then takes its name. On a full disk the old
 * one stays. Permissions stay too, and a symbolic link goes on pointing at what is written.
 * @throws GradusError that names the file and says what is the matter with it: `usage` for one that cannot be written, `data`
 * where there is no room for it
 */
export function writeWhole(file: string, text: string | Uint8Array): void {
  try {
    replace(file, text);
  } catch (error) {
    throw new GradusError(lacksRoom(error) ? 'data' : 'usage', `cannot write ${file}: ${reasonOf(error)}`);
  }
}

/** Nobody's usage is to blame for that. */
const lacksRoom = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && ['ENOSPC', 'EDQUOT', 'EFBIG', 'EIO'].includes(String(error.code));

/** A file that an option is to write. */
export interface Written {
  readonly option: string;
  readonly file: string | undefined;
}

/**
 * Looks at the files that a command is to write before its work begins.
 * @param read the files that it reads, which none of them may be
 * @throws GradusError `usage` for one that would be lost
 */
export function refuseOverwriting(written: readonly Written[], read: readonly (string | undefined)[]): void {
  const known = new Set(read.flatMap((file) => (file === undefined ? [] : [placeOf(file)])));
  const taken = new Set<string>();
  for (const { option, file } of written) {
    if (file === undefined) continue;
    const place = placeOf(file);
    if (known.has(place) || taken.has(place))
      throw new GradusError(
        'usage',
        `${option} ${file} would overwrite what this command ${known.has(place) ? 'reads' : 'writes'}`,
        {
          hint: 'name another file',
        },
      );
    taken.add(place);
    refuseUnwritable(file);
  }
}

/** @throws GradusError `usage` for a file that the end of a long run could not write */
function refuseUnwritable(file: string): void {
  try {
    const there = statSync(file, { throwIfNoEntry: false });
    if (there?.isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' });
    if (there) accessSync(file, constants.W_OK);
    else if (!lstatSync(file, { throwIfNoEntry: false })) accessSync(dirname(resolve(file)), constants.W_OK);
  } catch (error) {
    throw new GradusError('usage', `cannot write ${file}: ${reasonOf(error)}`);
  }
}

/** A file by where it lies, whatever it is called here. */
function placeOf(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return resolve(file);
  }
}

/** As `writeWhole`; what the system refuses is thrown as it is. */
export function replace(file: string, text: string | Uint8Array): void {
  const there = statSync(file, { throwIfNoEntry: false });
  if (!isReplaceable(file, there)) {
    writeFileSync(file, text);
    return;
  }
  // A file that may not be written is not replaced either.
  if (there) accessSync(file, constants.W_OK);
  const target = there ? realpathSync(file) : file;
  removeLeftovers(target);
  const beside = besideOf(target);
  const handle = opened(beside, there);
  if (handle === undefined) {
    writeFileSync(file, text);
    return;
  }
  try {
    try {
      writeFileSync(handle, text);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    // The mode that a file is opened with is cut by the process's mask.
    if (there) chmodSync(beside, there.mode);
    renameSync(beside, target);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}

/** A terminal, a pipe, /dev/stdout, a link to nothing: nothing is kept there that could be lost. */
function isReplaceable(file: string, there: Stats | undefined): boolean {
  if (there) return there.isFile() && !/^\/(dev|proc)\//.test(file);
  return lstatSync(file, { throwIfNoEntry: false }) === undefined;
}

/** A new file; undefined in a folder that takes none, but holds one that can be written. */
function opened(file: string, there: Stats | undefined): number | undefined {
  try {
    return openSync(file, 'wx', there?.mode ?? 0o666);
  } catch (error) {
    const refused = error instanceof Error && 'code' in error && ['EACCES', 'EPERM', 'EROFS'].includes(String(error.code));
    if (there && refused) return undefined;
    throw error;
  }
}
