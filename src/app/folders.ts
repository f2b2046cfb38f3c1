import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * A folder, and those that it lies in, from the outermost on: Node's own recursive mkdir never returns where a folder takes no
 * folders, as in /proc. What the system refuses is thrown as it is.
 * @param mode of those that are made
 */
export function makeFolder(folder: string, mode = 0o777): void {
  if (isThere(folder)) return;
  // Whether what it lies in is a folder is seen first: below a file nothing can be asked for.
  const around = dirname(folder);
  if (around !== folder) makeFolder(around, mode);
  if (statSync(folder, { throwIfNoEntry: false })) throw refused('NOFOLDER');
  try {
    mkdirSync(folder, { mode });
  } catch (error) {
    // Another process may have made it.
    if (isThere(folder)) return;
    // What it would lie in is there.
    throw error instanceof Error && 'code' in error && error.code === 'ENOENT' ? refused('NOFOLDERS') : error;
  }
}

/** Whether there is such a folder, as far as this process may look. */
function isThere(folder: string): boolean {
  try {
    return statSync(folder).isDirectory();
  } catch {
    return false;
  }
}

/** As the system refuses: see `reasonOf`. */
const refused = (code: string): Error => Object.assign(new Error(code), { code });
