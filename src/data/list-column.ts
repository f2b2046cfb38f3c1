import { came } from '../language/came.ts';
import { isNumberArray, Tensor } from '../numeric/tensor.ts';
import { numberIn } from './cells.ts';
import { Column } from './column.ts';

/** A value of JSON in a column: a number, a word, or what is neither, as it is told. */
export function addTo(column: Column, value: unknown): void {
  if (typeof value === 'number' && Number.isFinite(value)) {
    column.add(value);
    return;
  }
  const number = typeof value === 'string' ? numberIn(value, '.') : Number.NaN;
  if (!Number.isNaN(number)) column.add(number);
  else column.addWord(wordOf(value));
}

const wordOf = (value: unknown): string => {
  if (typeof value === 'string') return value.trim();
  if (value === null || value === undefined) return '';
  return typeof value === 'number' ? String(value) : came(value);
};

/** A flat list of numbers and words as a column, or a typed array; undefined for anything else. */
export function columnOf(name: string, value: unknown): Column | undefined {
  const typed = value instanceof Tensor && value.shape.length === 1 ? value.data : value;
  if (isNumberArray(typed)) {
    const column = new Column(name);
    for (const x of typed) addTo(column, Number(x));
    return column;
  }
  if (!Array.isArray(value) || value.length === 0 || value.some((entry) => typeof entry === 'object' && entry !== null))
    return undefined;
  const column = new Column(name);
  for (const entry of value) addTo(column, entry);
  return column;
}
