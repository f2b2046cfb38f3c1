const WIDEST = 72;

/** Columns padded to their widest cell; a first cell that is very wide does not push the others away. */
export function align(rows: readonly (readonly string[])[], indent: string): string[] {
  const width = (cell: string) => [...cell].length;
  const columns = Math.max(0, ...rows.map((r) => r.length));
  const widths = Array.from({ length: columns }, (_, c) =>
    Math.max(0, ...rows.map((r) => width(r[c] ?? '')).filter((w) => w <= WIDEST)),
  );
  return rows.map((r) =>
    (indent + r.map((cell, c) => cell + ' '.repeat(Math.max(0, widths[c]! - width(cell)))).join('   ')).trimEnd(),
  );
}
