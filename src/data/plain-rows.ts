import { joined } from './bytes.ts';
import type { Dialect } from './dialect.ts';
import { quotedCells } from './quoted.ts';

/** What is done with rows as they lie in the bytes of a file, and with those whose quotes had to be taken off. */
interface Takes {
  /** Cell k lies from bounds[k] to before bounds[k + 1] − 1, where its delimiter stands. */
  readonly plain: (bytes: Uint8Array, bounds: Int32Array, count: number, line: number) => void;
  readonly cells: (cells: readonly string[], line: number) => void;
  readonly comment: (text: string, line: number) => void;
}

const NEWLINE = 10;
const RETURN = 13;
const QUOTE = 34;

/** A row whose quotes are not closed within so many bytes is looked at by the parser, which goes on where it was. */
const MOST_OPEN = 1 << 20;

const decoder = new TextDecoder('utf-8');

/**
 * The rows of a table, cut where they lie: without quotes a delimiter is a delimiter and a line end the end of a row, and
 * most rows of numbers have none. That is several times as quick as a parser. Rows with quotes are taken apart one by one;
 * where quotes stand as they should not, a parser takes over, which says what is the matter.
 */
export class PlainRows {
  /** Lines so far. */
  lines = 0;
  private readonly dialect: Dialect;
  private readonly delimiter: number;
  private readonly comment: number;
  private readonly takes: Takes;
  private bounds = new Int32Array(64);
  /** The beginning of a row whose end is still to come. */
  private begun: Uint8Array[] = [];

  constructor(dialect: Dialect, takes: Takes) {
    this.dialect = dialect;
    this.delimiter = dialect.delimiter.charCodeAt(0);
    this.comment = dialect.comment.charCodeAt(0);
    this.takes = takes;
  }

  /** Whether a table may have such rows. */
  static canTake({ delimiter, above, oldMac }: Dialect): boolean {
    return delimiter !== ' ' && delimiter.charCodeAt(0) < 128 && above === 0 && !oldMac;
  }

  /** Takes the rows of a piece. Returns what is left from the row on that the parser is needed for; undefined if there is none. */
  read(piece: Uint8Array): Uint8Array | undefined {
    if (!piece.includes(NEWLINE) && !piece.includes(QUOTE)) {
      this.begun.push(piece);
      return undefined;
    }
    const bytes = this.begun.length === 0 ? piece : joined([...this.begun, piece]);
    this.begun = [];
    const { at, odd } = this.taken(bytes);
    const open = bytes.length - at;
    if (odd || (open > MOST_OPEN && bytes.includes(QUOTE, at))) return bytes.subarray(at);
    if (open > 0) this.begun.push(bytes.slice(at));
    return undefined;
  }

  /** The last row may have no line end. Returns it where its quotes are not as they should be. */
  finish(): Uint8Array | undefined {
    if (this.begun.length === 0) return undefined;
    const last = joined([...this.begun, Uint8Array.of(NEWLINE)]);
    this.begun = [];
    return this.taken(last).at < last.length ? last.subarray(0, -1) : undefined;
  }

  /** Whole rows, up to where something is not as it should be or goes on in the next piece. */
  private taken(bytes: Uint8Array): { readonly at: number; readonly odd: boolean } {
    let at = 0;
    for (;;) {
      const quote = bytes.indexOf(QUOTE, at);
      const end = bytes.lastIndexOf(NEWLINE, quote < 0 ? bytes.length - 1 : quote) + 1;
      if (end > at) this.cut(bytes, at, end);
      at = Math.max(at, end);
      if (quote < 0) return { at, odd: false };
      const isComment = bytes[at] === this.comment;
      const close = isComment ? bytes.indexOf(NEWLINE, quote) + 1 : rowEnd(bytes, quote);
      if (close <= 0) return { at, odd: false };
      if (isComment) this.cut(bytes, at, close);
      else if (!this.quoted(bytes, at, close)) return { at, odd: true };
      at = close;
    }
  }

  /** A row with quotes; false where they are not as they should be. */
  private quoted(bytes: Uint8Array, from: number, to: number): boolean {
    const end = bytes[to - 2] === RETURN ? to - 2 : to - 1;
    const text = decoder.decode(bytes.subarray(from, end));
    const cells = quotedCells(text, this.dialect.delimiter);
    if (!cells) return false;
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.lines++;
    this.takes.cells(cells, ++this.lines);
    return true;
  }

  /** Whole lines without quotes. */
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
      if (bytes[this.bounds[0]!] !== comment) this.takes.plain(bytes, this.bounds, count, this.lines);
      else this.takes.comment(decoder.decode(bytes.subarray(this.bounds[0]!, end)), this.lines);
      count = 0;
    }
  }

  private widen(): void {
    const wider = new Int32Array(this.bounds.length * 2);
    wider.set(this.bounds);
    this.bounds = wider;
  }
}

/** Behind the line end of a row, the first one that is not within quotes; −1 where it is still to come. */
function rowEnd(bytes: Uint8Array, quote: number): number {
  let within = false;
  for (let at = quote; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (byte === QUOTE) within = !within;
    else if (byte === NEWLINE && !within) return at + 1;
  }
  return -1;
}
