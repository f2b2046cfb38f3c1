import type { Token } from './tokens.ts';

/** A bracket that is still open. */
export interface OpenBracket {
  readonly opener: Token;
  readonly closer: string;
  /** The name that stands directly before `[`. */
  readonly owner: Token | undefined;
  /** How many `?` in it wait for their `:`. */
  choices: number;
}

/** The brackets that are open where the tokenizer stands. */
export class Brackets {
  readonly open: OpenBracket[] = [];
  /** The one closed last. */
  closed: OpenBracket | undefined;
  /** The same count outside all brackets. */
  private choices = 0;
  private readonly closers = new Map<string, number>();

  get innermost(): OpenBracket | undefined {
    return this.open[this.open.length - 1];
  }

  get none(): boolean {
    return this.open.length === 0;
  }

  /** Whether some open bracket waits for this closing one. */
  waitFor(closer: string): boolean {
    return (this.closers.get(closer) ?? 0) > 0;
  }

  /** `|` inside `|`. */
  get nestedBars(): boolean {
    return this.innermost?.closer === '|' && this.open[this.open.length - 2]?.closer === '|';
  }

  /** Whether the next `:` belongs to a `?`. */
  get choosing(): boolean {
    return (this.innermost?.choices ?? this.choices) > 0;
  }

  /** A `?` is read (1), or its `:` (-1). */
  choose(by: 1 | -1): void {
    const { innermost } = this;
    if (innermost) innermost.choices += by;
    else this.choices += by;
  }

  /** No choice goes beyond a comma, a semicolon or the end of a statement. */
  forgetChoices(): void {
    const { innermost } = this;
    if (innermost) innermost.choices = 0;
    else this.choices = 0;
  }

  push(opener: Token, closer: string, owner: Token | undefined): void {
    this.open.push({ opener, closer, owner, choices: 0 });
    this.count(closer, 1);
  }

  pop(): void {
    this.closed = this.open.pop();
    if (this.closed) this.count(this.closed.closer, -1);
  }

  private count(closer: string, by: 1 | -1): void {
    this.closers.set(closer, (this.closers.get(closer) ?? 0) + by);
  }
}
