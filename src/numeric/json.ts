/**
 * Numbers in JSON, which has no ∞ and no NaN: they are the strings "Infinity", "-Infinity" and "NaN", and are read back
 * from these.
 */
export type JsonNumber = number | 'Infinity' | '-Infinity' | 'NaN';

export const jsonNumber = (x: number): JsonNumber => (Number.isFinite(x) ? x : (String(x) as JsonNumber));

/** The number that a value of JSON is; undefined for anything else. */
export function numberOfJson(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return value === 'Infinity' || value === '-Infinity' || value === 'NaN' ? Number(value) : undefined;
}

/** A value as JSON, whatever numbers it holds. */
export const jsonText = (value: unknown, space?: number): string =>
  JSON.stringify(value, (_, part: unknown) => (typeof part === 'number' ? jsonNumber(part) : part), space);

/** A value as one reads it: JSON with ∞ and NaN as numbers. */
export const plainJson = (value: unknown): string => jsonText(value).replaceAll('"', '');
