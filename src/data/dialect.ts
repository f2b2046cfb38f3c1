import { GradusError } from '../language/diagnostics.ts';
import { type DecimalSign, numberIn, showsPoint } from './cells.ts';

/** How a table is written, as its beginning shows. */
export interface Dialect {
  /** `,`, `;`, a tab, `|`, or a space that stands for any number of spaces and tabs. */
  readonly delimiter: string;
  readonly decimal: DecimalSign;
  /** Points may separate thousands: nothing so far shows that they do not. */
  readonly isUnclear: boolean;
  /** What a line begins with that is no row. */
  readonly comment: string;
  /** Names of columns, where a comment above the numbers has them; undefined where the first row does. */
  readonly names?: readonly string[];
  /** The first row holds numbers, and no comment has names. */
  readonly headless: boolean;
  /** Each row begins with a name of its own, in quotes, above which nothing stands, as R writes them. */
  readonly hasRowNames: boolean;
  /** How many lines stand above what is to be read. */
  readonly above: number;
  /** Lines end with a carriage return alone. */
  readonly oldMac: boolean;
}

/** In the order in which they are believed where everything else is equal. */
const DELIMITERS = [',', ';', '\t', '|', ' '];
/** Rows that are looked at. */
const ROWS = 100;

/** What is said of how tables are written, in place of what their beginnings show. */
export interface SaidDialect {
  /** What separates cells: a sign, or the name of one. */
  readonly delimiter?: string | undefined;
  /** The sign between whole and fraction. */
  readonly decimal?: 'point' | 'comma' | undefined;
  /** What is looked for among the names of columns: a number in the first row that is, is such a name. */
  readonly map?: Readonly<Record<string, readonly string[]>> | undefined;
}

/** Signs that are hard to type, by their names. */
const NAMED: Readonly<Record<string, string>> = {
  comma: ',',
  semicolon: ';',
  tab: '\t',
  '\\t': '\t',
  bar: '|',
  pipe: '|',
  colon: ':',
  space: ' ',
  spaces: ' ',
  whitespace: ' ',
};

const DECIMALS = { point: '.', comma: ',' } as const;

/** How a delimiter is said. */
export const SAID_DELIMITERS = 'comma, semicolon, tab, bar, colon, space, or a sign that is no letter, digit or quotes';

/** The sign that a word stands for; undefined for what can separate no cells. */
export function delimiterSaid(word: string): string | undefined {
  const named = NAMED[word.toLowerCase()];
  if (named !== undefined) return named;
  return /^[^\p{L}\p{N}"'.+\-\r\n]$/u.test(word) ? word : undefined;
}

/** The name of a sign within a cell that may be meant to separate cells. */
export const delimiterIn = (cell: string): string | undefined =>
  ['tab', 'semicolon', 'bar', 'comma', 'colon'].find((name) => cell.includes(NAMED[name]!));

/**
 * @param head the beginning of a table; `whole` if there is no more
 * @throws GradusError `usage` for a delimiter that is none
 */
export function dialectOf(head: string, whole: boolean, { delimiter: word, decimal: sign, map = {} }: SaidDialect = {}): Dialect {
  const given = word === undefined ? undefined : delimiterSaid(word);
  if (word !== undefined && given === undefined)
    throw new GradusError('usage', `the delimiter ${JSON.stringify(word)} can separate no cells`, { hint: SAID_DELIMITERS });
  const oldMac = /\r(?!\n)/.test(head) && !head.includes('\n');
  const [, said] = /^"?sep=(.)"?[ \t]*(?:\r|\n)/.exec(head) ?? [];
  const above = said === undefined ? 0 : 1;
  const comment = /^\s*%/.test(head) ? '%' : '#';
  const { rows, comments } = recordsOf(said === undefined ? head : head.slice(head.search(/[\r\n]/) + 1), comment, whole);
  const delimiter = given ?? said ?? delimiterOf(rows);
  const table = rows.map((row) => cellsOf(row, delimiter));
  const decimal = sign === undefined ? decimalOf(table) : DECIMALS[sign];
  // Where semicolons separate cells, numbers are often written with decimal commas.
  const isUnclear = sign === undefined && delimiter === ';' && decimal === '.' && !table.flat().some(showsPoint);
  const [first = []] = table;
  const isHeader =
    inQuotes(rows) ||
    Object.values(map)
      .flat()
      .some((name) => first.includes(name) && !isPlace(name, first.length));
  const hasNumbers = !isHeader && first.some((cell) => isNumber(cell, decimal));
  const names = hasNumbers ? namesIn(comments, delimiter, first.length, decimal) : undefined;
  return {
    delimiter,
    decimal,
    isUnclear,
    comment,
    above,
    oldMac,
    headless: hasNumbers && !names,
    hasRowNames: hasRowNames(rows, delimiter),
    ...(names && { names }),
  };
}

/** Whether the first row alone is in quotes: names, whatever they are. */
const inQuotes = ([first = '', ...rest]: readonly string[]): boolean => {
  const all = /^\s*"[^"]*"(?:[^\p{L}\p{N}"]+"[^"]*")*\s*$/u;
  return all.test(first) && rest.length > 0 && !rest.some((row) => all.test(row));
};

/** Whether a text is the place of a column, counted from 1. */
const isPlace = (text: string, count: number): boolean => /^[1-9]\d*$/.test(text) && Number(text) <= count;

/** Whether all rows have a cell more than the first, in quotes, which is no delimiter at their ends. */
function hasRowNames(rows: readonly string[], delimiter: string): boolean {
  const [first, ...rest] = rows.map((row) => cellsOf(row, delimiter));
  return (
    rest.length > 0 &&
    rest.every((cells, k) => cells.length === first!.length + 1 && rows[k + 1]!.trimStart().startsWith('"')) &&
    rest.some((cells) => cells[first!.length] !== '')
  );
}

const isNumber = (cell: string, decimal: DecimalSign): boolean => !Number.isNaN(numberIn(cell, decimal));

/** The rows of a text, a line break within quotes being part of a cell, and the comments above the first. */
function recordsOf(text: string, comment: string, whole: boolean): { rows: string[]; comments: string[] } {
  const rows: string[] = [];
  const comments: string[] = [];
  /** The lines of a row whose quotes are not closed yet. */
  const open: string[] = [];
  const lines = text.split(/\r\n|\n|\r/);
  for (const [k, line] of lines.entries()) {
    // The last line may go on behind what is known.
    if (rows.length >= ROWS || (k === lines.length - 1 && k > 0 && !whole)) break;
    if (open.length === 0 && line.startsWith(comment)) {
      if (rows.length === 0) comments.push(line.slice(comment.length));
      continue;
    }
    const turns = (line.match(/"/g) ?? []).length % 2 === 1;
    const isOpen = turns !== open.length > 0;
    if (isOpen) {
      open.push(line);
      continue;
    }
    const row = open.length === 0 ? line : [...open.splice(0), line].join('\n');
    if (row.trim() !== '') rows.push(row);
  }
  return { rows: rows.length === 0 && open.length > 0 ? [open.join('\n')] : rows, comments };
}

/** The cells of a row, without their quotes and the spaces around them. */
function cellsOf(row: string, delimiter: string): string[] {
  const parts: string[] = [];
  let quoted = false;
  let from = 0;
  const isDelimiter = (sign: string) => sign === delimiter || (delimiter === ' ' && sign === '\t');
  for (let at = 0; at <= row.length; at++) {
    const sign = row.charAt(at);
    if (sign === '"') quoted = !quoted;
    else if (at === row.length || (!quoted && isDelimiter(sign))) {
      parts.push(row.slice(from, at).trim());
      from = at + 1;
    }
  }
  const cells = parts.map((part) => (/^".*"$/s.test(part) ? part.slice(1, -1).replaceAll('""', '"').trim() : part));
  return delimiter === ' ' ? cells.filter((cell) => cell !== '') : cells;
}

/** The sign that cuts most rows into as many cells as the first, then the one that leaves most numbers. */
function delimiterOf(rows: readonly string[]): string {
  let best = { delimiter: ',', even: 0, numbers: 0 };
  for (const delimiter of DELIMITERS) {
    const table = rows.map((row) => cellsOf(row, delimiter));
    const width = (table[0]?.length ?? 0) + (hasRowNames(rows, delimiter) ? 1 : 0);
    if (width < 2) continue;
    // A delimiter at the end of every row but the first makes an empty cell more.
    const even = table.filter(
      (cells, k) => k === 0 || cells.length === width || (cells.length === width + 1 && cells[width] === ''),
    ).length;
    // A sign in the names alone is a part of one.
    if (even < Math.min(2, table.length)) continue;
    const numbers = table.flat().filter((cell) => isNumber(cell, '.') || isNumber(cell, ',')).length / table.flat().length;
    if (even > best.even || (even === best.even && numbers > best.numbers + 1e-9)) best = { delimiter, even, numbers };
  }
  return best.delimiter;
}

/**
 * A comma in a number is that of its fraction if no number has a point, and some comma cannot separate thousands. Where
 * that cannot be told such cells are no numbers, and it is told of the first.
 */
function decimalOf(table: readonly (readonly string[])[]): DecimalSign {
  const cells = table.flat();
  const commas = cells.filter((cell) => /^[-+−]?\d+,\d+(?:[eE][-+]?\d+)?$/.test(cell));
  const points = cells.some((cell) => /^[-+−]?\d*\.\d+/.test(cell) && isNumber(cell, '.'));
  return !points && commas.some((cell) => !/^[-+−]?[1-9]\d{0,2},\d{3}$/.test(cell)) ? ',' : '.';
}

/** `# x y` above the numbers. */
function namesIn(comments: readonly string[], delimiter: string, count: number, decimal: DecimalSign): string[] | undefined {
  const last = comments[comments.length - 1];
  if (last === undefined) return undefined;
  const found = [delimiter, ' '].map((sign) => cellsOf(last, sign)).find((cells) => cells.length === count);
  return found?.some((cell) => cell === '' || isNumber(cell, decimal)) ? undefined : found;
}
