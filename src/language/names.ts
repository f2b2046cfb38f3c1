import { GradusError } from './diagnostics.ts';
import { greekName } from './greek.ts';
import { plainSubscripts } from './scripts.ts';
import { constantName } from './words.ts';

/** One spelling for one name: `W₁` is `W1`, a letter with a combining mark is the composed letter. */
export function canonicalName(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is ASCII
  if (/^[\x00-\x7f]*$/.test(text)) return text;
  return plainSubscripts(text.normalize('NFC')).replaceAll('\u00b5', 'μ');
}

/** A name that comes in by another door than a source, as the source spells it: an option, a column, a key of a file. */
export const givenName = (text: string): string => constantName(canonicalName(text.trim()));

/** What of names that look alike is the same: `x_1` and `x1`, `ϕ` and `φ`, `lambda` and `λ`, letters of other widths and styles. */
const looks = (name: string): string => greekName(name.normalize('NFKC').replace(/_(?=\d)/g, ''));

/**
 * A name that comes in by another door, as the source spells it: itself, or the only one of the source's names that looks
 * the same.
 */
export const knownName = (text: string, known: Iterable<string>): string => nameFinder(known)(text);

/** The same for many names. */
export function nameFinder(known: Iterable<string>): (text: string) => string {
  const names = new Set(known);
  let byLooks: ReadonlyMap<string, readonly string[]> | undefined;
  return (text) => {
    const name = givenName(text);
    if (names.has(name)) return name;
    byLooks ??= groupedByLooks(names);
    const alike = byLooks.get(looks(name));
    return alike?.length === 1 ? alike[0]! : name;
  };
}

function groupedByLooks(names: Iterable<string>): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const name of names) groups.set(looks(name), [...(groups.get(looks(name)) ?? []), name]);
  return groups;
}

/**
 * A record by name, its keys as a source spells them.
 * @param known the source's names, where they are known
 * @throws GradusError `name` for two spellings of one name
 */
export function byName<T>(record: Readonly<Record<string, T>>, known: Iterable<string> = []): Readonly<Record<string, T>> {
  const keys = Object.keys(record);
  const names = new Set(known);
  const find = nameFinder(names);
  const spelled = (key: string): string => (names.has(key) ? key : find(key));
  if (keys.every((key) => spelled(key) === key)) return record;
  const spellings = new Map<string, string>();
  const result: Record<string, T> = Object.create(null);
  for (const key of keys) {
    const name = spelled(key);
    const other = spellings.get(name);
    if (other !== undefined) throw twoSpellings(name, other, key);
    spellings.set(name, key);
    result[name] = record[key]!;
  }
  return result;
}

const twoSpellings = (name: string, one: string, other: string): GradusError =>
  new GradusError('name', `${one} and ${other} are spellings of one name, ${name}`, { hint: 'give it once' });
