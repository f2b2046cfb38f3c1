import { GradusError } from '../language/diagnostics.ts';
import type { DecimalSign } from './cells.ts';
import { CsvRows } from './csv-rows.ts';
import { type Dialect, dialectOf } from './dialect.ts';
import type { Utf8 } from './encoding.ts';
import { PlainRows } from './plain-rows.ts';

/** What is done with a table as it comes. */
export interface Taker {
  /** @param headless the columns have no names and are counted: `1`, `2` */
  readonly begin: (names: readonly string[], decimal: DecimalSign, headless: boolean) => void;
  readonly row: (cells: readonly string[], line: number) => void;
  /** A row that lies in the bytes of the file: cell k from bounds[k] to before bounds[k + 1] − 1. */
  readonly plain: (bytes: Uint8Array, bounds: Int32Array, line: number) => void;
}

/**
 * Hands the rows of a table on, one after the other, however long it is: a step is a piece of the file, whose rows have
 * been handed on when it is done.
 * @throws GradusError `data` at the first row that is not one of the table
 */
export async function* rowsOf(text: Utf8, file: string, taker: Taker): AsyncGenerator<void> {
  const dialect = dialectOf(text.head, text.whole);
  const reader = new Rows(file, dialect, taker);
  const plain = PlainRows.canTake(dialect) ? new PlainRows(dialect, reader.takePlain) : undefined;
  let parser: CsvRows | undefined;
  try {
    for await (const piece of text.bytes) {
      const left = parser || !plain ? piece : plain.read(piece);
      if (left) {
        parser ??= await CsvRows.from(plain?.lines ?? 0, file, dialect, reader.take);
        await parser.read(left);
      }
      yield;
    }
    if (parser) await parser.finish();
    else plain?.finish();
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

  constructor(file: string, dialect: Dialect, taker: Taker) {
    this.file = file;
    this.dialect = dialect;
    this.taker = taker;
  }

  take = (record: readonly string[], line: number): void => {
    const cells = this.dialect.delimiter === ' ' ? record.filter((cell) => cell !== '') : record;
    // A line of delimiters alone, as spreadsheets write below a table, is an empty one.
    if (cells.length === 0 || (cells[0]!.trim() === '' && cells.every((cell) => cell.trim() === ''))) return;
    if (this.header === undefined) {
      const { names, headless, decimal } = this.dialect;
      const header = names ?? (headless ? cells.map((_, k) => String(k + 1)) : cells.map((cell) => cell.trim()));
      this.width = header.length;
      this.header = line;
      this.taker.begin(header, decimal, headless);
      if (header !== names && !headless) return;
    }
    if (cells.length !== this.width) this.checkLength(cells, line);
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
    this.any = true;
    this.taker.plain(bytes, bounds, line);
  };

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
    if (this.width === 1) return 'what stands above the names of the columns is a comment: begin its lines with #';
    if (delimiter === ',' && cells.length > this.width)
      return 'a comma within a cell stands in quotes: "1,5"; or let ; separate the cells';
    return delimiter === ' ' ? 'for a value that is not there write NA' : 'a cell without a value is left empty: 1,,2';
  }

  /** @throws GradusError `data` for a table without rows */
  finish(): void {
    if (this.header === undefined) throw new GradusError('data', `${this.file} is empty`);
    if (!this.any) throw new GradusError('data', `${this.file} has no rows below its header`);
  }
}
