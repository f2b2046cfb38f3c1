/** One branch after another where an evaluation has several: all sequences of choices, in the order of a depth-first search. */
export class Choices {
  private readonly taken: { choice: number; readonly of: number }[] = [];
  private at = 0;

  /** The choice among `of` that this run makes here. */
  pick(of: number): number {
    if (this.at === this.taken.length) this.taken.push({ choice: 0, of });
    return this.taken[this.at++]!.choice;
  }

  /** How many choices are settled. */
  get depth(): number {
    return this.taken.length;
  }

  /** Whether this run has made all of them. */
  get done(): boolean {
    return this.at === this.taken.length;
  }

  /** The same choices once more. */
  restart(): void {
    this.at = 0;
  }

  /** On to the next sequence; false when all have been gone through. */
  advance(): boolean {
    this.at = 0;
    while (this.taken.length > 0) {
      const last = this.taken[this.taken.length - 1]!;
      if (++last.choice < last.of) return true;
      this.taken.pop();
    }
    return false;
  }
}
