/** How a language spells names. */
export interface Spelling {
  /** Words that mean something already. */
  readonly reserved: readonly string[];
  /** A word of the language for any text. */
  readonly spell: (text: string) => string;
  /** The name that is tried next where one is taken; k counts from 1. */
  readonly next: (name: string, k: number) => string;
}

/** Z, Z_2, Z_3, … */
export const numberedFromTwo = (name: string, k: number): string => `${name}_${k + 1}`;

/** Names of one scope, each given once. */
export class Identifiers {
  private readonly spelling: Spelling;
  private readonly taken: Set<string>;

  /** @param more names that mean something already */
  constructor(spelling: Spelling, more: Iterable<string> = []) {
    this.spelling = spelling;
    this.taken = new Set([...spelling.reserved, ...more]);
  }

  /** A scope within this one, whose names stay what they are. */
  inner(): Identifiers {
    return new Identifiers(this.spelling, this.taken);
  }

  has(wanted: string): boolean {
    return this.taken.has(this.spelling.spell(wanted));
  }

  /** A name as it stands. */
  keep(name: string): void {
    this.taken.add(name);
  }

  /** A name of its own, as near to what is wanted as the language allows. */
  fresh(wanted: string): string {
    const plain = this.spelling.spell(wanted);
    let name = plain;
    for (let k = 1; this.taken.has(name); k++) name = this.spelling.next(plain, k);
    this.taken.add(name);
    return name;
  }

  /** The first of t1, t2, … that nothing has. */
  numbered(stem: string): string {
    let k = 1;
    while (this.taken.has(`${stem}${k}`)) k++;
    this.taken.add(`${stem}${k}`);
    return `${stem}${k}`;
  }
}
