import type { CsvError, Info, Options } from 'csv-parse';
import { GradusError } from '../language/diagnostics.ts';
import { visible } from '../language/visible.ts';
import type { DecimalSign } from './cells.ts';
import { type Dialect, dialectOf } from './dialect.ts';
import type { Utf8 } from './encoding.ts';

/** What is done with a table as it comes. */
export interface Taker {
  /** @param headless the columns have no names and are counted: `1`, `2` */
  readonly begin: (names: readonly string[], decimal: DecimalSign, headless: boolean) => void;
  readonly row: (cells: readonly string[], line: number) => void;
}

/** A cell, or a row, that is longer than this is one whose quotes are never closed. */
const LONGEST_ROW = 1 << 26;

/**
 * Hands the rows of a table on, one after the other, however long it is: a step is a piece of the file, whose rows have
 * been handed on when it is done.
 * @throws GradusError `data` at the first row that is not one of the table
 */
export async function* rowsOf(text: Utf8, file: string, taker: Taker): AsyncGenerator<void> {
  const { Parser } = await import('csv-parse');
  const dialect = dialectOf(text.head, text.whole);
  const parser = new Parser(optionsOf(dialect));
  const reader = new Rows(file, dialect, taker);
  let failure: { readonly error: unknown } | undefined;
  /** The line of the last row, less the lines that are none. */
  let behind = 0;
  // The rows are taken where they are made: the line that a row ends on is known there, and no queue is needed.
  const end = parser.push.bind(parser);
  parser.push = (cells: string[] | null): boolean => {
    if (cells === null) return end(null);
    try {
      if (!failure) reader.take(cells, parser.info.lines);
      behind = parser.info.lines - passedBy(parser.info);
    } catch (error) {
      failure = { error };
    }
    return true;
  };
  parser.on('error', () => {});
  const settle = (error: unknown): void => {
    if (failure) throw failure.error;
    if (error) throw unreadable(error as CsvError, file, parser.info.lines, behind + passedBy(parser.info) + 1);
  };
  try {
    for await (const piece of text.bytes) {
      settle(await new Promise((done) => parser.write(piece, done)));
      yield;
    }
    settle(
      await new Promise((done) => {
        parser.once('error', done);
        parser.once('finish', () => done(undefined));
        parser.end();
      }),
    );
  } finally {
    parser.destroy();
  }
  reader.finish();
}

/** How many lines so far are no rows. */
const passedBy = ({ comment_lines, empty_lines }: Info): number => comment_lines + empty_lines;

const optionsOf = ({ delimiter, comment, above, oldMac }: Dialect): Options => ({
  delimiter: delimiter === ' ' ? [' ', '\t'] : delimiter,
  record_delimiter: oldMac ? ['\r'] : ['\r\n', '\n'],
  comment,
  comment_no_infix: true,
  skip_empty_lines: true,
  // Rows of another length are told of with what is known here.
  relax_column_count: true,
  ltrim: delimiter !== '\t' && delimiter !== ' ',
  rtrim: delimiter !== '\t' && delimiter !== ' ',
  from_line: above + 1,
  max_record_size: LONGEST_ROW,
});

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

  take(record: readonly string[], line: number): void {
    const cells = this.dialect.delimiter === ' ' ? record.filter((cell) => cell !== '') : record;
    // A line of delimiters alone, as spreadsheets write below a table, is an empty one.
    if (cells.length === 0 || (cells[0] === '' && cells.every((cell) => cell.trim() === ''))) return;
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

/** What csv-parse refuses, in words of ours. */
const REASONS: Readonly<Record<string, readonly [string, string | undefined]>> = {
  CSV_QUOTE_NOT_CLOSED: ['the quotes that begin here are never closed', undefined],
  CSV_MAX_RECORD_SIZE: ['the quotes that begin here are never closed', undefined],
  CSV_INVALID_CLOSING_QUOTE: [
    'something stands behind the quotes of a cell',
    'quotes within quotes are written twice: "5"" pipe"',
  ],
  INVALID_OPENING_QUOTE: ['quotes stand in the middle of a cell', 'a cell with quotes in it is written "5"" pipe"'],
};

/** @param opened the line where the row begins that is not finished */
function unreadable(error: CsvError, file: string, at: number, opened: number): GradusError {
  const [says, hint] = REASONS[error.code] ?? [visible(error.message), undefined];
  const line = /NOT_CLOSED|MAX_RECORD/.test(error.code) ? opened : at;
  return new GradusError('data', `${file}, line ${line}: ${says}`, { hint });
}
