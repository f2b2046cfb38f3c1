import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { GradusError } from '../language/diagnostics.ts';
import { writeWhole } from './files.ts';

/**
 * Keeps the state of a run in a file. Where that fails the run goes on: what it learns is worth more than a copy of where it
 * was, and the file has its last good state.
 */
export class Keeper {
  private readonly file: string;
  private readonly warn: (text: string) => void;
  private readonly write: typeof writeWhole;
  private warned = false;
  private failed = false;

  constructor(file: string, warn: (text: string) => void, write = writeWhole) {
    this.file = file;
    this.warn = warn;
    this.write = write;
  }

  readonly keep = (state: string): void => {
    try {
      this.write(this.file, state);
      this.failed = false;
    } catch (error) {
      if (!(error instanceof GradusError)) throw error;
      this.failed = true;
      if (this.warned) return;
      this.warned = true;
      const lasting = existsSync(this.file) ? `${this.file} stays as it was` : 'nothing is kept of it yet';
      this.warn(`${error.message}; the run goes on, and ${lasting}`);
    }
  };

  /** Whether the file has what the run came to; where it has not, that is said. */
  isComplete(): boolean {
    if (this.failed) this.warn(`${this.file} does not have what the run came to`);
    return !this.failed;
  }
}

/** Where a run is kept that names no file: where it came from, if that is a file that can be replaced. */
export function keptAgain(resume: string, warn: (text: string) => void): string | undefined {
  // What is not there is told where it is read.
  const there = statSync(resume, { throwIfNoEntry: false });
  if (!there) return undefined;
  try {
    if (!there.isFile()) throw new Error();
    accessSync(resume, constants.W_OK);
    return resume;
  } catch {
    warn(`nothing is kept of this run, since ${resume} cannot be written: --checkpoint FILE keeps it`);
    return undefined;
  }
}
