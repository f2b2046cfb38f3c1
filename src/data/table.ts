import { numberIn } from './cells.ts';
import { Column, Lines, type Place } from './column.ts';
import type { Utf8 } from './encoding.ts';
import { rowsOf, type Taker } from './rows.ts';

/** Rows of named columns. */
export interface Table {
  readonly columns: readonly Column[];
  readonly rows: number;
  readonly place: Place;
  /** The columns have no names, and are counted from 1. */
  readonly headless: boolean;
}

/** Fills a table row by row. */
class Filling implements Taker {
  private columns: Column[] = [];
  private lines = new Lines();
  private names: readonly string[] = [];
  private headless = false;
  private convert: (cell: string) => number = Number;
  count = 0;

  begin = (...[names, decimal, headless]: Parameters<Taker['begin']>): void => {
    this.names = names;
    this.headless = headless;
    this.convert = (cell) => numberIn(cell, decimal);
    this.columns = names.map((name) => new Column(name));
  };

  row = (cells: readonly string[], line: number): void => {
    this.lines.add(this.count++, line);
    const { columns, convert } = this;
    for (let k = 0; k < columns.length; k++) {
      const value = convert(cells[k]!);
      if (!Number.isNaN(value)) columns[k]!.add(value);
      else columns[k]!.addWord(cells[k]!.trim());
    }
  };

  /** What is there, and an empty table to go on with. */
  taken(): Table {
    const { columns, lines, headless, count } = this;
    this.columns = this.names.map((name) => new Column(name));
    this.lines = new Lines();
    this.count = 0;
    return { columns, rows: count, headless, place: (row) => `line ${lines.of(row)}` };
  }
}

/** A whole table. @throws GradusError `data` for a text that is none */
export async function tableOf(text: Utf8, file: string): Promise<Table> {
  const filling = new Filling();
  for await (const _ of rowsOf(text, file, filling));
  return filling.taken();
}

/**
 * A table so many rows at a time, the last time what remains; no more of it is held.
 * @throws GradusError `data` as `tableOf`, where it comes to what is wrong
 */
export async function* tablesOf(text: Utf8, file: string, rows: number): AsyncGenerator<Table> {
  const filling = new Filling();
  const full: Table[] = [];
  const taker: Taker = {
    begin: filling.begin,
    row: (cells, line) => {
      filling.row(cells, line);
      if (filling.count === rows) full.push(filling.taken());
    },
  };
  for await (const _ of rowsOf(text, file, taker)) yield* full.splice(0);
  yield* full;
  if (filling.count > 0) yield filling.taken();
}
