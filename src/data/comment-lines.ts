import type { Dialect } from './dialect.ts';

const QUOTE = 34;
const NEWLINE = 10;
const RETURN = 13;

const decoder = new TextDecoder('utf-8');

/** Finds the comments that a parser passes over without a word. */
export class CommentLines {
  private readonly sign: number;
  private readonly end: number;
  private readonly take: (text: string, line: number) => void;
  private line: number;
  private atStart = true;
  private quoted = false;
  /** The bytes of a comment whose end is still to come. */
  private begun: number[] | undefined;

  /** @param above the lines above what is read */
  constructor({ comment, oldMac }: Dialect, above: number, take: (text: string, line: number) => void) {
    this.sign = comment.charCodeAt(0);
    this.end = oldMac ? RETURN : NEWLINE;
    this.take = take;
    this.line = above + 1;
  }

  read(piece: Uint8Array): void {
    for (const byte of piece) {
      if (byte === this.end) {
        this.finish();
        this.line++;
        this.atStart = true;
        continue;
      }
      if (this.begun) this.begun.push(byte);
      else if (byte === this.sign && this.atStart && !this.quoted) this.begun = [byte];
      else if (byte === QUOTE) this.quoted = !this.quoted;
      this.atStart = false;
    }
  }

  /** The last line may have no end. */
  finish(): void {
    if (this.begun) this.take(decoder.decode(Uint8Array.from(this.begun)), this.line);
    this.begun = undefined;
  }
}

/** Comments below the header of a table that have as many cells as its rows. */
export interface Commented {
  readonly sign: string;
  readonly count: number;
  /** The line of the first. */
  readonly line: number;
}

/** Two parts of a table together. */
export const bothCommented = (one: Commented | undefined, other: Commented | undefined): Commented | undefined =>
  one && other ? { ...one, count: one.count + other.count } : (one ?? other);

/** What is told of comments that may be meant as rows. */
export const commentsTold = (file: string, { sign, count, line }: Commented): string =>
  count === 1
    ? `${file}: line ${line} begins with ${sign} and is left out as a comment, though it has as many cells as a row: put its first cell in quotes, or delete the line`
    : `${file}: ${count} lines that begin with ${sign} are left out as comments, line ${line} first, though they have as many cells as a row: put their first cells in quotes, or delete the lines`;
