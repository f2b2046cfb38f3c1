import type { Executable } from '../compile/index.ts';

/** So many programs are kept, and so many bytes that they compute in; the last two always are: a batch, and the smaller one at the end. */
const MOST = 16;
const MOST_BYTES = 2 ** 24;
const LEAST = 2;

/** Programs by what they were made for; those that were used longest ago go first. */
export class Programs {
  private readonly kept = new Map<string, Executable>();
  private bytes = 0;

  get(key: string, make: () => Executable): Executable {
    const known = this.kept.get(key);
    if (known) {
      this.kept.delete(key);
      this.kept.set(key, known);
      return known;
    }
    const made = make();
    this.kept.set(key, made);
    this.bytes += made.bytes;
    for (const [old, program] of this.kept) {
      if (this.kept.size <= LEAST || (this.kept.size <= MOST && this.bytes <= MOST_BYTES)) break;
      this.kept.delete(old);
      this.bytes -= program.bytes;
    }
    return made;
  }
}
