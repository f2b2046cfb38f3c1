import { appendFileSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { visible } from '../../language/visible.ts';
import { replace } from '../files.ts';
import { makeFolder } from '../folders.ts';

/** How many lines are remembered; the file is cut back when it has grown to twice as many. */
export const REMEMBERED = 1000;

/**
 * Where the lines of earlier sessions are: `$GRADUS_HISTORY`, or in the state folder of the XDG base directories.
 * Undefined if GRADUS_HISTORY is set to nothing: then nothing is kept.
 */
export function historyFile(env: NodeJS.ProcessEnv): string | undefined {
  if (env.GRADUS_HISTORY !== undefined) return env.GRADUS_HISTORY || undefined;
  return join(env.XDG_STATE_HOME || join(homedir(), '.local', 'state'), 'gradus', 'history');
}

/**
 * The lines of earlier sessions, oldest first. A file that cannot be read or written is as good as none; a line in it that
 * would move the cursor is left out, as it is printed when it is recalled.
 */
export class History {
  readonly lines: readonly string[];
  private readonly file: string | undefined;

  constructor(file: string | undefined) {
    this.file = file;
    const all = file === undefined ? [] : linesOf(file);
    this.lines = all.slice(-REMEMBERED);
    if (all.length > 2 * REMEMBERED) quietly(() => replace(file!, `${this.lines.join('\n')}\n`));
  }

  /** Written at once: a session that is killed has lost nothing. */
  add(line: string): void {
    const { file } = this;
    if (file === undefined || line.trim() === '') return;
    quietly(() => {
      makeFolder(dirname(file), 0o700);
      appendFileSync(file, `${line}\n`, { mode: 0o600 });
    });
  }
}

const linesOf = (file: string): string[] =>
  quietly(() =>
    readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '' && visible(line) === line),
  ) ?? [];

function quietly<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
