import type { CsvError, Info, Options, Parser } from 'csv-parse';
import { GradusError } from '../language/diagnostics.ts';
import { visible } from '../language/visible.ts';
import { CommentLines } from './comment-lines.ts';
import type { Dialect } from './dialect.ts';

/** A row that is longer than this has quotes that are never closed. */
const LONGEST_ROW = 1 << 26;

/** The rows of a table as csv-parse reads them, from any line of a file on. */
export class CsvRows {
  private readonly parser: Parser;
  private readonly comments: CommentLines;
  private readonly file: string;
  /** The lines above. */
  private readonly above: number;
  private failure: { readonly error: unknown } | undefined;
  /** The line of the last row, less the lines that are none. */
  private behind = 0;

  private constructor(
    parser: Parser,
    comments: CommentLines,
    above: number,
    file: string,
    take: (cells: readonly string[], line: number) => void,
  ) {
    this.parser = parser;
    this.comments = comments;
    this.above = above;
    this.file = file;
    // The rows are taken where they are made: the line that a row ends on is known there, and no queue is needed.
    const end = parser.push.bind(parser);
    parser.push = (cells: string[] | null): boolean => {
      if (cells === null) return end(null);
      const { info } = parser;
      try {
        if (!this.failure) take(cells, above + info.lines);
        this.behind = info.lines - passedBy(info);
      } catch (error) {
        this.failure = { error };
      }
      return true;
    };
    parser.on('error', () => {});
  }

  static async from(
    above: number,
    file: string,
    dialect: Dialect,
    take: (cells: readonly string[], line: number) => void,
    comment: (text: string, line: number) => void,
  ): Promise<CsvRows> {
    const { Parser } = await import('csv-parse');
    return new CsvRows(new Parser(optionsOf(dialect)), new CommentLines(dialect, above, comment), above, file, take);
  }

  /** @throws GradusError `data` for what is no row, and whatever `take` throws */
  async read(piece: Uint8Array): Promise<void> {
    this.settle(await new Promise((done) => this.parser.write(piece, done)));
    // The rows above are known by now.
    this.comments.read(piece);
  }

  /** @throws GradusError `data` as `read` */
  async finish(): Promise<void> {
    const { parser } = this;
    this.settle(
      await new Promise((done) => {
        parser.once('error', done);
        parser.once('finish', () => done(undefined));
        parser.end();
      }),
    );
    this.comments.finish();
  }

  stop(): void {
    this.parser.destroy();
  }

  private settle(error: unknown): void {
    if (this.failure) throw this.failure.error;
    if (error) throw this.unreadable(error as CsvError);
  }

  private unreadable({ code, message }: CsvError): GradusError {
    const { info } = this.parser;
    const [says, hint] = REASONS[code] ?? [visible(message), undefined];
    // The row that is not finished begins behind the last one.
    const line = says === NEVER_CLOSED ? this.behind + passedBy(info) + 1 : info.lines;
    return new GradusError('data', `${this.file}, line ${this.above + line}: ${says}`, { hint });
  }
}

/** How many lines so far are no rows. */
const passedBy = ({ comment_lines, empty_lines }: Info): number => comment_lines + empty_lines;

const optionsOf = ({ delimiter, comment, above, oldMac }: Dialect): Options => ({
  delimiter: delimiter === ' ' ? [' ', '\t'] : delimiter,
  record_delimiter: oldMac ? ['\r'] : ['\r\n', '\n'],
  comment,
  comment_no_infix: true,
  // Where there is one column, an empty line is a row without a value.
  skip_empty_lines: false,
  // Rows of another length are told of with what is known here.
  relax_column_count: true,
  ltrim: delimiter !== '\t' && delimiter !== ' ',
  rtrim: delimiter !== '\t' && delimiter !== ' ',
  from_line: above + 1,
  max_record_size: LONGEST_ROW,
});

const NEVER_CLOSED = 'the quotes that begin here are never closed';

/** What csv-parse refuses, in words of ours. */
const REASONS: Readonly<Record<string, readonly [string, string | undefined]>> = {
  CSV_QUOTE_NOT_CLOSED: [NEVER_CLOSED, undefined],
  CSV_MAX_RECORD_SIZE: [NEVER_CLOSED, undefined],
  CSV_INVALID_CLOSING_QUOTE: [
    'something stands behind the quotes of a cell',
    'quotes within quotes are written twice: "5"" pipe"',
  ],
  INVALID_OPENING_QUOTE: ['quotes stand in the middle of a cell', 'a cell with quotes in it is written "5"" pipe"'],
};
