import type { Executable } from '../compile/index.ts';

/** So many programs are kept, and so many numbers in the buffers that their callers see; the last one always is. */
const MOST = 16;
const MOST_NUMBERS = 2 ** 21;

/** Programs by what they were made for; those that were used longest ago go first. */
export class Programs {
  private readonly kept = new Map<string, Executable>();
  private numbers = 0;

  get(key: string, make: () => Executable): Executable {
    const known = this.kept.get(key);
    if (known) {
      this.kept.delete(key);
      this.kept.set(key, known);
      return known;
    }
    const made = make();
    this.kept.set(key, made);
    this.numbers += numbersOf(made);
    for (const [old, program] of this.kept) {
      if (program === made || (this.kept.size <= MOST && this.numbers <= MOST_NUMBERS)) break;
      this.kept.delete(old);
      this.numbers -= numbersOf(program);
    }
    return made;
  }
}

const numbersOf = ({ inputs, outputs }: Executable): number =>
  [...inputs.values(), ...outputs].reduce((n, { data }) => n + data.length, 0);
