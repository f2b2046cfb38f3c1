import { GradusError } from '../language/diagnostics.ts';
import { CsvRows } from './csv-rows.ts';
import { type Dialect, dialectOf, type SaidDialect } from './dialect.ts';
import type { Utf8 } from './encoding.ts';
import { PlainRows } from './plain-rows.ts';
import { inOneLine } from './selection.ts';

/** What is done with a table as it comes. */
export interface Taker {
  /** @param names of the columns, which are counted where they have none: `1`, `2` */
  readonly begin: (names: readonly string[], dialect: Dialect) => void;
  readonly row: (cells: readonly string[], line: number) => void;
  /** A row that lies in the bytes of the file: cell k from bounds[k] to before bounds[k + 1] − 1. */
  readonly plain: (bytes: Uint8Array, bounds: Int32Array, line: number) => void;
  /** A comment below the header that may be meant as a row: it has as many cells. */
  readonly comment: (line: number, sign: string) => void;
}

/**
 * Hands the rows of a table on, one after the other, however long it is: a step is a piece of the file, whose rows have
 * been handed on when it is done.
 * @throws GradusError `data` at the first row that is not one of the table
 */
export async function* rowsOf(text: Utf8, file: string, taker: Taker, said: SaidDialect = {}): AsyncGenerator<void> {
  const dialect = dialectOf(text.head, text.whole, said);
  const reader = new Rows(file, dialect, taker);
  const takes = { plain: reader.takePlain, cells: reader.take, comment: reader.takeComment };
  const plain = PlainRows.canTake(dialect) ? new PlainRows(dialect, takes) : undefined;
  let parser: CsvRows | undefined;
  const parse = async (piece: Uint8Array): Promise<void> => {
    parser ??= await CsvRows.from(plain?.lines ?? 0, file, dialect, reader.take, reader.takeComment);
    await parser.read(piece);
  };
  try {
    for await (const piece of text.bytes) {
      const left = parser || !plain ? piece : plain.read(piece);
      if (left) await parse(left);
      yield;
    }
    const last = plain?.finish();
    if (last) await parse(last);
    await parser?.finish();
  } finally {
    parser?.stop();
  }
  reader.finish();
}

/** The header, and rows as long as it is. */
class Rows {
  private readonly file: string;
  private readonly dialect: Dialect;
  private readonly taker: Taker;
  private width = 0;
  private header: number | undefined;
  private any = false;
  private commented = 0;
  /** Lines without a value, of which it is not known yet whether rows follow. */
  private readonly blank: number[] = [];

  constructor(file: string, dialect: Dialect, taker: Taker) {
    this.file = file;
    this.dialect = dialect;
    this.taker = taker;
  }

  take = (record: readonly string[], line: number): void => {
    const cells = this.dialect.delimiter === ' ' ? record.filter((cell) => cell !== '') : record;
    if (cells.every((cell) => cell.trim() === '')) {
      this.passBlank(cells, line);
      return;
    }
    if (this.header === undefined) {
      const { names, headless, hasRowNames } = this.dialect;
      const header =
        names ?? (headless ? cells.map((_, k) => String(k + 1)) : [...(hasRowNames ? [''] : []), ...cells.map(inOneLine)]);
      this.width = header.length;
      this.header = line;
      this.taker.begin(header, this.dialect);
      if (header !== names && !headless) return;
    }
    if (cells.length !== this.width) this.checkLength(cells, line);
    this.takeBlank();
    this.any = true;
    this.taker.row(cells, line);
  };

  takePlain = (bytes: Uint8Array, bounds: Int32Array, count: number, line: number): void => {
    // What is no ordinary row is looked at more closely.
    if (this.header === undefined || count !== this.width || bounds[1]! - 1 === bounds[0]) {
      const text = new TextDecoder('utf-8').decode(bytes.subarray(bounds[0], bounds[count]! - 1));
      this.take(text.split(this.dialect.delimiter), line);
      return;
    }
    this.takeBlank();
    this.any = true;
    this.taker.plain(bytes, bounds, line);
  };

  takeComment = (text: string, line: number): void => {
    if (this.header === undefined || line < this.header) return;
    const { delimiter, comment } = this.dialect;
    const cells = delimiter === ' ' ? text.trim().split(/[ \t]+/) : text.split(delimiter);
    if (cells.length !== this.width && !(cells.length === this.width + 1 && cells[this.width]!.trim() === '')) return;
    // Where each word is a cell, and where there is one alone, what stands behind a space is said in words.
    if ((this.width === 1 || delimiter === ' ') && !/^.\S/.test(text)) return;
    this.commented++;
    this.taker.comment(line, comment);
  };

  /**
   * A line of delimiters alone is a row without values, and so is an empty line where there is one column; below a table,
   * where spreadsheets write them, they are none.
   */
  private passBlank(cells: readonly string[], line: number): void {
    if (this.header !== undefined && (cells.length > 1 || this.width === 1)) this.blank.push(line);
  }

  private takeBlank(): void {
    if (this.blank.length === 0) return;
    const none = Array.from({ length: this.width }, () => '');
    for (const line of this.blank.splice(0)) this.taker.row(none, line);
  }

  /** A delimiter at the end of a row is forgiven. */
  private checkLength(cells: readonly string[], line: number): void {
    const { file, width } = this;
    if (cells.length === width + 1 && cells[width]!.trim() === '') return;
    const count = (n: number) => (n === 1 ? '1 cell' : `${n} cells`);
    throw new GradusError('data', `${file}, line ${line}: ${count(cells.length)}, where line ${this.header} has ${width}`, {
      hint: this.lengthHint(cells),
    });
  }

  private lengthHint(cells: readonly string[]): string {
    const { delimiter } = this.dialect;
    if (this.width === 1 && delimiter === ',' && cells.length === 2 && cells.every((cell) => /^\s*[-+−]?\d+\s*$/.test(cell)))
      return 'a decimal comma? --delimiter semicolon --decimal comma';
    if (this.width === 1) return 'what stands above the names of the columns is a comment: begin its lines with #';
    if (delimiter === ',' && cells.length > this.width)
      return 'a comma within a cell stands in quotes: "1,5"; or let ; separate the cells';
    return delimiter === ' ' ? 'for a value that is not there write NA' : 'a cell without a value is left empty: 1,,2';
  }

  /** @throws GradusError `data` for a table without rows */
  finish(): void {
    if (this.header === undefined) throw new GradusError('data', `${this.file} is empty`);
    if (this.any) return;
    const { comment } = this.dialect;
    throw new GradusError(
      'data',
      this.commented === 0
        ? `${this.file} has no rows below its header`
        : `${this.file} has no rows below its header but lines that begin with ${comment}, which are comments`,
      { hint: this.commented === 0 ? undefined : `a first cell that begins with ${comment} stands in quotes` },
    );
  }
}
