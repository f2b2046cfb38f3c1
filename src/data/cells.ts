/** What a cell of a table says. */

export type DecimalSign = '.' | ',';

/**
 * The number that a cell holds; NaN where it holds none. Spaces around it do not count.
 * @param decimal the sign between whole and fraction; the other one may not occur
 */
export function numberIn(cell: string, decimal: DecimalSign): number {
  if (decimal === ',') {
    if (cell.includes('.')) return Number.NaN;
    return numberWithPoint(cell.replace(',', '.'));
  }
  return numberWithPoint(cell);
}

const ZERO = 48;
const NINE = 57;

function numberWithPoint(cell: string): number {
  const value = Number(cell);
  // `0x1f` and `0b1` are numbers to JavaScript, and so is nothing at all.
  if (cell.charCodeAt(0) === ZERO && cell.charCodeAt(1) > NINE && /^0[xbo]/i.test(cell)) return Number.NaN;
  if (value === 0 && cell.trim() === '') return Number.NaN;
  return Number.isNaN(value) ? unusualNumber(cell.trim()) : value;
}

/** With a minus of typographers; infinite, as Python, R and NumPy write it. */
function unusualNumber(cell: string): number {
  const plain = cell.replace(/^−/, '-');
  const [, sign, infinite] = /^([-+]?)(inf|infinity|∞)$/i.exec(plain) ?? [];
  if (infinite) return sign === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return plain === cell || !/^-[\d.]/.test(plain) ? Number.NaN : Number(plain);
}

const MISSING: ReadonlySet<string> = new Set(['', 'na', 'n/a', '#n/a', '<na>', 'nan', 'null', '?']);

/** Whether a cell says that there is no value. */
export const isMissing = (cell: string): boolean => MISSING.has(cell.toLowerCase());

/** What is no number, and how it becomes one. */
const LIKELY: readonly (readonly [RegExp, string])[] = [
  [/^[-+−]?\d{1,3},\d{3}$/, 'a decimal comma or a thousands separator? write 1234 or 1.234'],
  [/^[-+−]?\d{1,3}([,.' \u00a0\u202f’]\d{3})+([.,]\d+)?$/, 'leave the thousands separators out'],
  [/^[-+−]?\d+,\d+$/, 'the other numbers have a decimal point: write it so here too'],
  [/^[-+−]?\d*\.\d+$/, 'the other numbers have a decimal comma: write it so here too'],
  [/^[-+−]?[\d.,]+\s*%$/, 'leave the percent sign out, and divide by 100 where shares are meant'],
  [/^[-+−]?\s*[$€£¥]\s*[\d.,]+$|^[\d.,]+\s*[$€£¥]$/, 'leave the sign of the currency out'],
  [
    /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([T ]|$)|^\d{1,2}:\d{2}/,
    'dates and times are no numbers: count days or seconds from a first one',
  ],
  [/^0[xbo][\da-f]+$/i, 'write it in decimal digits'],
  [/^[-+−]?\d+(\.\d+)?[dD][-+]?\d+$/, 'write the exponent with e: 1.5e3'],
  [/^[-+−]?[\d.]+\s*\p{L}+[²³]?$/u, 'leave the unit out'],
  [/^(true|false|yes|no)$/i, 'write 1 and 0'],
];

/** How a cell that is no number becomes one. */
export const remedyFor = (cell: string): string | undefined => LIKELY.find(([form]) => form.test(cell))?.[1];
