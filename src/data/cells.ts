/** What a cell of a table says. */

export type DecimalSign = '.' | ',';

/**
 * The number that a cell holds; NaN where it holds none, or none that is finite. Spaces around it do not count.
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
  if (Number.isFinite(value)) return value;
  // A minus of typographers.
  const plain = cell.trim().replace(/^−(?=[\d.])/, '-');
  const other = plain === cell ? Number.NaN : Number(plain);
  return Number.isFinite(other) ? other : Number.NaN;
}

/** Whether the point of a cell is that of a fraction: none that separates thousands stands so. */
export const showsPoint = (cell: string): boolean =>
  /^[-+−]?(?=\.?\d)\d*\.\d*(?:[eE][-+]?\d+)?$/.test(cell.trim()) && !mayBeThousands(cell);

/** Whether a cell is as well a number of thousands: 1.500, and not 0.500. */
export const mayBeThousands = (cell: string): boolean => /^[-+−]?[1-9]\d{0,2}\.\d{3}$/.test(cell.trim());

const MISSING: ReadonlySet<string> = new Set(['', 'na', 'n/a', '#n/a', '#na', '<na>', 'null', '?']);
/** As C, Python, R and Excel write what came of 0/0, in any case. */
const NO_NUMBER = /^[-+−]?(?:nan(?:\(\w*\))?|1\.#(?:ind|qnan|snan)\d*)$|^#(?:div\/0!|num!|value!|ref!|name\?|null!)$/i;
const INFINITE = /^[-+−]?(?:inf|infinity|∞|1\.#inf\d*)$/i;
const DIGITS = /^[-+−]?(?:\d+[.,]?\d*|[.,]\d+)(?:e[-+]?\d+)?$/i;

/** Whether a cell says that there is no value, or none that can be computed with. */
export const isMissing = (cell: string): boolean => MISSING.has(cell.toLowerCase()) || NO_NUMBER.test(cell) || isInfinite(cell);

/** Whether a cell holds what is infinite, or larger than any double. */
export const isInfinite = (cell: string): boolean =>
  INFINITE.test(cell) ||
  (DIGITS.test(cell) && Math.abs(Number(cell.replace(/^−/, '-').replace(',', '.'))) === Number.POSITIVE_INFINITY);

/** What is no number, and how it becomes one. */
const LIKELY: readonly (readonly [RegExp, string | ((cell: string) => string)])[] = [
  [
    /^[-+−]?\d{1,3},\d{3}$/,
    (cell) => `a decimal comma or a thousands separator? write ${cell.replace(',', '')} or ${cell.replace(',', '.')}`,
  ],
  [/^[-+−]?\d{1,3}([,.'_ \u00a0\u202f’]\d{2,3})*([,.'_ \u00a0\u202f’]\d{3})([.,]\d+)?$/, 'leave the thousands separators out'],
  [/^[-+−]?\d+,\d+$/, 'the other numbers have a decimal point: write it so here too'],
  [/^[-+−]?\d*\.\d+$/, 'the other numbers have a decimal comma: write it so here too'],
  [/^[-+−]?[\d.,]+\s*%$/, 'leave the percent sign out, and divide by 100 where shares are meant'],
  [/^[-+−]?\s*[$€£¥]\s*[\d.,]+$|^[\d.,]+\s*[$€£¥]$/, 'leave the sign of the currency out'],
  [
    /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([T ]|$)|^\d{1,2}:\d{2}/,
    'dates and times are no numbers: count days or seconds from a first one',
  ],
  [
    /^\d{1,2}[-. /]?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|^(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\p{L}*\.? \d/iu,
    'dates and times are no numbers: count days or seconds from a first one',
  ],
  [/^[-+−]?0[xbo][\da-f.]+(p[-+]?\d+)?$/i, 'write it in decimal digits'],
  [/^\(\s*[\d.,]+\s*\)$|^[\d.,]+[-−]$|^[-−]\s+[\d.,]+$/, 'write the minus in front: -5'],
  [/^[-+−]?\d+\s*\/\s*\d+$/, 'write the quotient as a decimal: 0.5'],
  [/^[-+−]?\d+(\.\d*)?([dDqQ][-+]?|[-+])\d+$/, 'write the exponent with e: 1.5e3'],
  [/^[-+−]?[\d.]+\s*\p{L}+[²³]?$/u, 'leave the unit out'],
  [/^(true|false|yes|no)$/i, 'write 1 and 0'],
  // As values of JSON are told.
  [/^an? (empty )?(list|object)$/, 'a row has a number for each name: {"x1": 0, "x2": 1}; arrays stand by name: {"X": [[0, 1]]}'],
];

/** How a cell that is no number becomes one. */
export function remedyFor(cell: string): string | undefined {
  const remedy = LIKELY.find(([form]) => form.test(cell))?.[1];
  return typeof remedy === 'function' ? remedy(cell) : remedy;
}
