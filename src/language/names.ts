import { GradusError } from './diagnostics.ts';
import { plainSubscripts } from './scripts.ts';
import { constantName } from './words.ts';

/** One spelling for one name: `W₁` is `W1`, a letter with a combining mark is the composed letter. */
export function canonicalName(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is ASCII
  if (/^[\x00-\x7f]*$/.test(text)) return text;
  return plainSubscripts(text.normalize('NFC')).replaceAll('\u00b5', 'μ');
}

/** A name that comes in by another door than a source, as the source spells it: an option, a column, a key of a file. */
export const givenName = (text: string): string => constantName(canonicalName(text));

/**
 * A record by name, its keys as a source spells them.
 * @throws GradusError `name` for two spellings of one name
 */
export function byName<T>(record: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  const keys = Object.keys(record);
  if (keys.every((key) => givenName(key) === key)) return record;
  const spellings = new Map<string, string>();
  const result: Record<string, T> = Object.create(null);
  for (const key of keys) {
    const name = givenName(key);
    const other = spellings.get(name);
    if (other !== undefined) throw twoSpellings(name, other, key);
    spellings.set(name, key);
    result[name] = record[key]!;
  }
  return result;
}

export const twoSpellings = (name: string, one: string, other: string): GradusError =>
  new GradusError('name', `${one} and ${other} are spellings of one name, ${name}`, { hint: 'give it once' });
