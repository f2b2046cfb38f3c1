import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';

/**
 * A new file beside another one, which it is to replace. The name tells whose it is, so that what a process that was killed has
 * left behind is found by the next one that writes the same file.
 */
export function besideOf(target: string): string {
  const own = `.${markOf(target)}.${process.pid}.${randomBytes(4).toString('hex')}.gradus`;
  return join(dirname(target), own);
}

/** The file's name in a form that is short; of this machine, since only of its processes it is known whether they live. */
const markOf = (target: string): string =>
  createHash('sha256')
    .update(`${hostname()}\n${basename(target)}`)
    .digest('hex')
    .slice(0, 12);

/** Files that have been looked after in this process. */
const looked = new Set<string>();

/** Removes what processes that no longer live have left beside a file, the first time that it is written. */
export function removeLeftovers(target: string): void {
  if (looked.has(target)) return;
  looked.add(target);
  const mark = markOf(target);
  const folder = dirname(target);
  try {
    for (const name of readdirSync(folder)) {
      const [, of, pid] = /^\.([0-9a-f]{12})\.(\d+)\.[0-9a-f]{8}\.gradus$/.exec(name) ?? [];
      if (of === mark && !isAlive(Number(pid))) rmSync(join(folder, name), { force: true });
    }
  } catch {
    // A folder that cannot be listed, or whose files are another's, stays as it is.
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
