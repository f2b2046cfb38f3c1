import { type DecimalSign, numberIn } from './cells.ts';

/** How a table is written, as its beginning shows. */
export interface Dialect {
  /** `,`, `;`, a tab, `|`, or a space that stands for any number of spaces and tabs. */
  readonly delimiter: string;
  readonly decimal: DecimalSign;
  /** What a line begins with that is no row. */
  readonly comment: string;
  /** Names of columns, where a comment above the numbers has them; undefined where the first row does. */
  readonly names?: readonly string[];
  /** The first row holds numbers, and no comment has names. */
  readonly headless: boolean;
  /** How many lines stand above what is to be read. */
  readonly above: number;
  /** Lines end with a carriage return alone. */
  readonly oldMac: boolean;
}

/** In the order in which they are believed where everything else is equal. */
const DELIMITERS = [',', ';', '\t', '|', ' '];
/** Rows that are looked at. */
const ROWS = 100;

/** @param head the beginning of a table; `whole` if there is no more */
export function dialectOf(head: string, whole: boolean): Dialect {
  const oldMac = /\r(?!\n)/.test(head) && !head.includes('\n');
  const [, said] = /^"?sep=(.)"?[ \t]*(?:\r|\n)/.exec(head) ?? [];
  const above = said === undefined ? 0 : 1;
  const comment = /^\s*%/.test(head) ? '%' : '#';
  const { rows, comments } = recordsOf(said === undefined ? head : head.slice(head.search(/[\r\n]/) + 1), comment, whole);
  const delimiter = said ?? delimiterOf(rows);
  const table = rows.map((row) => cellsOf(row, delimiter));
  const decimal = decimalOf(table);
  const [first = []] = table;
  const hasNumbers = first.some((cell) => isNumber(cell, decimal));
  const names = hasNumbers ? namesIn(comments, delimiter, first.length, decimal) : undefined;
  return { delimiter, decimal, comment, above, oldMac, headless: hasNumbers && !names, ...(names && { names }) };
}

const isNumber = (cell: string, decimal: DecimalSign): boolean => !Number.isNaN(numberIn(cell, decimal));

/** The rows of a text, a line break within quotes being part of a cell, and the comments above the first. */
function recordsOf(text: string, comment: string, whole: boolean): { rows: string[]; comments: string[] } {
  const rows: string[] = [];
  const comments: string[] = [];
  let open = '';
  const lines = text.split(/\r\n|\n|\r/);
  for (const [k, line] of lines.entries()) {
    // The last line may go on behind what is known.
    if (rows.length >= ROWS || (k === lines.length - 1 && k > 0 && !whole)) break;
    const record = open === '' ? line : `${open}\n${line}`;
    if (open === '' && line.startsWith(comment)) {
      if (rows.length === 0) comments.push(line.slice(comment.length));
      continue;
    }
    const isOpen = (record.match(/"/g) ?? []).length % 2 === 1;
    open = isOpen ? record : '';
    if (!isOpen && record.trim() !== '') rows.push(record);
  }
  return { rows: rows.length === 0 && open !== '' ? [open] : rows, comments };
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
    const width = table[0]?.length ?? 0;
    if (width < 2) continue;
    // A delimiter at the end of every row but the first makes an empty cell more.
    const even = table.filter((cells) => cells.length === width || (cells.length === width + 1 && cells[width] === '')).length;
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
