import { joined } from './bytes.ts';
import type { Dialect } from './dialect.ts';

/** A row as it lies in the bytes of a file: cell k from bounds[k] to before bounds[k + 1] − 1, where its delimiter stands. */
type TakePlain = (bytes: Uint8Array, bounds: Int32Array, count: number, line: number) => void;

const NEWLINE = 10;
const RETURN = 13;
const QUOTE = 34;

/**
 * The rows of a table up to the first quotes, cut where they lie: without quotes a delimiter is a delimiter and a line end
 * the end of a row, and most tables of numbers have none. That is several times as quick as a parser, which takes over
 * where it is needed.
 */
export class PlainRows {
  /** Lines so far. */
  lines = 0;
  private readonly delimiter: number;
  private readonly comment: number;
  private readonly take: TakePlain;
  private bounds = new Int32Array(64);
  /** The beginning of a line whose end is still to come. */
  private begun: Uint8Array[] = [];

  constructor({ delimiter, comment }: Dialect, take: TakePlain) {
    this.delimiter = delimiter.charCodeAt(0);
    this.comment = comment.charCodeAt(0);
    this.take = take;
  }

  /** Whether a table may have such rows. */
  static canTake({ delimiter, above, oldMac }: Dialect): boolean {
    return delimiter !== ' ' && delimiter.charCodeAt(0) < 128 && above === 0 && !oldMac;
  }

  /** Takes the rows of a piece. Returns what is left from the line on that has quotes; undefined if there is none. */
  read(piece: Uint8Array): Uint8Array | undefined {
    const quote = piece.indexOf(QUOTE);
    const plain = quote < 0 ? piece : piece.subarray(0, quote);
    const end = plain.lastIndexOf(NEWLINE) + 1;
    if (end === 0) {
      this.begun.push(piece);
      return quote < 0 ? undefined : this.left();
    }
    let from = 0;
    if (this.begun.length > 0) {
      from = plain.indexOf(NEWLINE) + 1;
      this.begun.push(plain.subarray(0, from));
      const line = this.left();
      this.cut(line, 0, line.length);
    }
    this.cut(plain, from, end);
    if (quote >= 0) return piece.subarray(end);
    if (end < piece.length) this.begun.push(piece.slice(end));
    return undefined;
  }

  /** The last line may have no end. */
  finish(): void {
    const line = this.left();
    if (line.length > 0) this.cut(joined([line, Uint8Array.of(NEWLINE)]), 0, line.length + 1);
  }

  private left(): Uint8Array {
    const line = joined(this.begun);
    this.begun = [];
    return line;
  }

  /** Whole lines. */
  private cut(bytes: Uint8Array, from: number, to: number): void {
    const { delimiter, comment } = this;
    let start = from;
    let count = 0;
    for (let at = from; at < to; at++) {
      const byte = bytes[at]!;
      if (byte !== delimiter && byte !== NEWLINE) continue;
      if (count + 2 >= this.bounds.length) this.widen();
      this.bounds[count++] = start;
      start = at + 1;
      if (byte === delimiter) continue;
      const end = at > from && bytes[at - 1] === RETURN ? at - 1 : at;
      this.bounds[count] = end + 1;
      this.lines++;
      const first = this.bounds[0]!;
      if (end > first && bytes[first] !== comment) this.take(bytes, this.bounds, count, this.lines);
      count = 0;
    }
  }

  private widen(): void {
    const wider = new Int32Array(this.bounds.length * 2);
    wider.set(this.bounds);
    this.bounds = wider;
  }
}
