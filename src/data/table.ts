import { type DecimalSign, mayBeThousands, numberIn, showsPoint } from './cells.ts';
import { Column, Lines, type Place } from './column.ts';
import { bothCommented, type Commented } from './comment-lines.ts';
import { plainNumber } from './decimal.ts';
import type { SaidDialect } from './dialect.ts';
import type { Utf8 } from './encoding.ts';
import { rowsOf, type Taker } from './rows.ts';

/** Rows of named columns. */
export interface Table {
  readonly columns: readonly Column[];
  readonly rows: number;
  readonly place: Place;
  /** The columns have no names, and are counted from 1. */
  readonly headless: boolean;
  /** Comments that may be meant as rows. */
  readonly commented?: Commented | undefined;
}

/** Room for more rows is made when they come. */
const MOST_EXPECTED = 1 << 16;

const decoder = new TextDecoder('utf-8');
const textOf = (bytes: Uint8Array, from: number, to: number): string => decoder.decode(bytes.subarray(from, to));

const POINT = 46;

function hasPoint(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (bytes[at] === POINT) return true;
  return false;
}

/** Fills a table row by row. */
class Filling implements Taker {
  private columns: Column[] = [];
  private lines = new Lines();
  private names: readonly string[] = [];
  private headless = false;
  private decimal: DecimalSign = '.';
  private isUnclear = false;
  private readonly most: number;
  private readonly full: (table: Table) => void;
  private commented: Commented | undefined;
  count = 0;

  /** @param most rows that a table takes, which is then handed on to `full` */
  constructor(most = Number.POSITIVE_INFINITY, full: (table: Table) => void = () => {}) {
    this.most = most;
    this.full = full;
  }

  begin = (...[names, { decimal, headless, isUnclear }]: Parameters<Taker['begin']>): void => {
    this.names = names;
    this.headless = headless;
    this.decimal = decimal;
    this.isUnclear = isUnclear;
    this.columns = this.empty();
  };

  row = (cells: readonly string[], line: number): void => {
    const { columns } = this;
    for (let k = 0; k < columns.length; k++) this.add(columns[k]!, cells[k]!);
    this.end(line);
  };

  plain = (bytes: Uint8Array, bounds: Int32Array, line: number): void => {
    const { columns } = this;
    const point = this.decimal.charCodeAt(0);
    for (let k = 0; k < columns.length; k++) {
      const [from, to] = [bounds[k]!, bounds[k + 1]! - 1];
      const value = plainNumber(bytes, from, to, point);
      if (Number.isNaN(value) || (this.isUnclear && hasPoint(bytes, from, to))) this.add(columns[k]!, textOf(bytes, from, to));
      else columns[k]!.add(value);
    }
    this.end(line);
  };

  comment = (line: number, sign: string): void => {
    this.commented = bothCommented(this.commented, { line, sign, count: 1 });
  };

  private add(column: Column, cell: string): void {
    const value = numberIn(cell, this.decimal);
    if (Number.isNaN(value)) column.addWord(cell.trim());
    else {
      column.add(value);
      if (this.isUnclear && cell.includes('.')) this.weigh(column, cell);
    }
  }

  /** A single number tells for all of a table how its points are meant. */
  private weigh(column: Column, cell: string): void {
    if (mayBeThousands(cell)) column.doubt(cell.trim());
    else if (showsPoint(cell)) {
      this.isUnclear = false;
      for (const other of this.columns) other.clear();
    }
  }

  private end(line: number): void {
    this.lines.add(this.count++, line);
    if (this.count === this.most) this.full(this.taken());
  }

  private empty = (): Column[] => this.names.map((name) => new Column(name, this.most <= MOST_EXPECTED ? this.most : undefined));

  /** What is there, and an empty table to go on with. */
  taken(): Table {
    const { columns, lines, headless, count, commented } = this;
    this.commented = undefined;
    this.columns = this.empty();
    this.lines = new Lines();
    this.count = 0;
    return { columns, rows: count, headless, commented, place: (row) => `line ${lines.of(row)}` };
  }
}

/** A whole table. @throws GradusError `data` for a text that is none */
export async function tableOf(text: Utf8, file: string, said?: SaidDialect): Promise<Table> {
  const filling = new Filling();
  for await (const _ of rowsOf(text, file, filling, said));
  return filling.taken();
}

/**
 * A table so many rows at a time, the last time what remains; no more of it is held.
 * @throws GradusError `data` as `tableOf`, where it comes to what is wrong
 */
export async function* tablesOf(text: Utf8, file: string, rows: number, said?: SaidDialect): AsyncGenerator<Table> {
  const full: Table[] = [];
  const filling = new Filling(rows, (table) => full.push(table));
  for await (const _ of rowsOf(text, file, filling, said)) yield* full.splice(0);
  yield* full;
  if (filling.count > 0) yield filling.taken();
}
