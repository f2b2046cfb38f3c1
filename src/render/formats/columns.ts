const WIDEST = 72;

/** Signs that a terminal gives two columns: Chinese ones, and their punctuation (Unicode Standard Annex 11). */
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/u;

/** The columns of a terminal that a text takes. */
export const widthOf = (text: string): number => [...text].reduce((n, sign) => n + (WIDE.test(sign) ? 2 : 1), 0);

/** Columns padded to their widest cell; a first cell that is very wide does not push the others away. */
export function align(rows: readonly (readonly string[])[], indent: string): string[] {
  const columns = Math.max(0, ...rows.map((r) => r.length));
  const widths = Array.from({ length: columns }, (_, c) =>
    Math.max(0, ...rows.map((r) => widthOf(r[c] ?? '')).filter((w) => w <= WIDEST)),
  );
  return rows.map((r) =>
    (indent + r.map((cell, c) => cell + ' '.repeat(Math.max(0, widths[c]! - widthOf(cell)))).join('   ')).trimEnd(),
  );
}
