/**
 * The cells of a row, without their quotes: quotes open where a cell begins and close where it ends, and stand twice within.
 * Spaces around the quotes do not count.
 * @returns undefined where quotes stand elsewhere
 */
export function quotedCells(row: string, delimiter: string): string[] | undefined {
  const cells: string[] = [];
  for (let at = 0; ; at++) {
    const begin = pastSpaces(row, at, delimiter);
    if (row[begin] === '"') {
      const close = closing(row, begin + 1);
      if (close < 0) return undefined;
      const end = pastSpaces(row, close + 1, delimiter);
      if (end < row.length && row[end] !== delimiter) return undefined;
      const cell = row.slice(begin + 1, close);
      cells.push(cell.includes('"') ? cell.replaceAll('""', '"') : cell);
      at = end;
    } else {
      const next = row.indexOf(delimiter, at);
      const end = next < 0 ? row.length : next;
      const cell = row.slice(at, end);
      if (cell.includes('"')) return undefined;
      cells.push(cell);
      at = end;
    }
    if (at >= row.length) return cells;
  }
}

/** The quotes that close a cell; −1 if none do. */
function closing(row: string, from: number): number {
  for (let at = row.indexOf('"', from); at >= 0; at = row.indexOf('"', at + 2)) if (row[at + 1] !== '"') return at;
  return -1;
}

function pastSpaces(row: string, from: number, delimiter: string): number {
  let at = from;
  while (at < row.length && row[at] !== delimiter && (row[at] === ' ' || row[at] === '\t')) at++;
  return at;
}
