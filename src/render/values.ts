import type { Numbers, Stepped } from '../derivation/numbers.ts';
import type { Words } from '../derivation/words/index.ts';

/** Wider arrays are cut, with a mark that they are. */
const MOST_COLUMNS = 8;
const MOST_ROWS = 6;
/** Brackets within brackets that hold more are not read any more. */
const MOST_NESTED = 16;

/** Numbers as they are laid out, cut where they are many: a mark stands where more follow. */
export type Laid =
  | { readonly kind: 'number'; readonly text: string }
  /** A line for each component, an example a column. */
  | { readonly kind: 'examples'; readonly lines: readonly (readonly string[])[] }
  /** As a matrix is written; a vector, which is a column, lies down as the transpose of a row. */
  | {
      readonly kind: 'matrix';
      readonly rows: readonly (readonly string[])[];
      readonly lying: boolean;
      /** Each row is an example. */
      readonly examples: boolean;
    }
  /** Of more axes than a page has: brackets within brackets. */
  | { readonly kind: 'nested'; readonly parts: readonly Nested[] }
  /** Many numbers of many axes: what they lie between, said in words. */
  | Ranged
  /** It has no value. */
  | { readonly kind: 'none' };

export type Nested = string | readonly Nested[];

export interface Ranged {
  readonly kind: 'range';
  readonly shape: string;
  readonly least: string;
  readonly most: string;
}

/** A quantity, by examples where it has an axis that counts them. */
export const laidOutAs = (valued: Numbers & { readonly examples?: number; readonly none?: true }): Laid =>
  valued.none ? { kind: 'none' } : laidOut(valued, valued.examples);

/** What is said of numbers in words, where it is no value that a formula could be equal to. */
export function saidOf(laid: Laid, words: Words): string | undefined {
  if (laid.kind === 'none') return words.numbers.none;
  return laid.kind === 'range' ? words.ranged(laid.shape, laid.least, laid.most) : undefined;
}

/** Behind where its slope takes a parameter, which facts keep it where. */
export const keptBy = ({ facts }: NonNullable<Stepped['kept']>, words: Words): string =>
  facts.map(({ fact, where }) => `${words.comma}${words.numbers.kept(fact, where)}`).join('');

/** @param examples the axis that counts examples */
export function laidOut(numbers: Numbers, examples?: number): Laid {
  const { shape, data } = numbers;
  const format = formatter(data);
  if (data.length === 1) return { kind: 'number', text: format(data[0]!) };
  if (data.length === 0 || (shape.length > 2 && data.length > MOST_NESTED)) return ranged(numbers);
  if (shape.length > 2) return { kind: 'nested', parts: nested(Array.from(data, format), shape) };
  const [count, width] = [shape[0] ?? 1, shape[1] ?? 1];
  const rows = cut(
    Array.from({ length: Math.min(count, MOST_ROWS + 1) }, (_, r) =>
      cut(
        Array.from({ length: Math.min(width, MOST_COLUMNS + 1) }, (_, c) => format(data[r * width + c]!)),
        MOST_COLUMNS,
        '…',
      ),
    ),
    MOST_ROWS,
    Array.from({ length: Math.min(width, MOST_COLUMNS + 1) }, () => '⋮'),
  );
  const entries = cut(
    Array.from({ length: Math.min(data.length, MOST_COLUMNS + 1) }, (_, k) => format(data[k]!)),
    MOST_COLUMNS,
    '…',
  );
  const isLine = count === 1 || width === 1;
  if (examples !== undefined && shape[examples]! > 1) {
    if (isLine) return { kind: 'examples', lines: [entries] };
    return examples === 1 ? { kind: 'examples', lines: rows } : { kind: 'matrix', rows, lying: false, examples: true };
  }
  return width === 1
    ? { kind: 'matrix', rows: [entries], lying: true, examples: false }
    : { kind: 'matrix', rows, lying: false, examples: false };
}

const cut = <T>(parts: readonly T[], most: number, mark: T): readonly T[] =>
  parts.length > most ? [...parts.slice(0, most), mark] : parts;

function nested(entries: readonly string[], [count = 1, ...inner]: readonly number[]): readonly Nested[] {
  if (inner.length === 0) return entries;
  const size = entries.length / count;
  return Array.from({ length: count }, (_, k) => nested(entries.slice(k * size, (k + 1) * size), inner));
}

function ranged({ shape, data }: Numbers): Ranged {
  const format = formatter(data);
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let k = 0; k < data.length; k++) {
    least = Math.min(least, data[k]!);
    most = Math.max(most, data[k]!);
  }
  return { kind: 'range', shape: shape.join('×'), least: format(least), most: format(most) };
}

/** Two numbers with as many digits as tell them apart, where they differ. */
export function apart(a: number, b: number): [string, string] {
  for (let digits = DIGITS; digits < MOST_DIGITS; digits++) {
    const format = formatter([a, b], digits);
    const [before, after] = [format(a), format(b)];
    if (before !== after || a === b) return [before, after];
  }
  return [String(a), String(b)];
}

const DIGITS = 4;
const MOST_DIGITS = 15;

/**
 * As many decimals as show so many digits of the largest entry, without zeros that all would end in; very large and very
 * small ones in powers of ten.
 */
function formatter(data: ArrayLike<number>, digits = DIGITS): (x: number) => string {
  let largest = 0;
  for (let k = 0; k < data.length; k++) {
    const size = Math.abs(data[k]!);
    if (Number.isFinite(size) && size > largest) largest = size;
  }
  if (largest === 0) return (x) => sign(String(x));
  const exponent = Math.floor(Math.log10(largest));
  if (exponent > 6 || exponent < -5) return (x) => sign(x === 0 || !Number.isFinite(x) ? String(x) : x.toExponential(digits - 1));
  const most = Math.max(0, digits - 1 - exponent);
  let decimals = 0;
  for (let k = 0; k < data.length && decimals < most; k++) decimals = Math.max(decimals, decimalsOf(data[k]!, most));
  // A true zero is told from a small number: what a rectifier stops, what no example feeds.
  return (x) => sign(x !== 0 && Number.isFinite(x) ? x.toFixed(decimals) : String(x));
}

/** Decimals without the zeros behind them. */
function decimalsOf(x: number, most: number): number {
  const [, fraction = ''] = Number.isFinite(x) ? x.toFixed(most).split('.') : [];
  return fraction.replace(/0+$/, '').length;
}

const sign = (text: string): string =>
  text
    .replace(/-/g, '−')
    .replace('Infinity', '∞')
    .replace(/^−(0(?:\.0+)?)$/, '$1');
