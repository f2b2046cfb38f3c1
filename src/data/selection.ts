import { GradusError, nearest } from '../language/diagnostics.ts';
import { givenName, knownName } from '../language/names.ts';
import { listed } from '../language/visible.ts';

/**
 * The columns that a list such as `x1, x2`, `x*`, `x1..x9`, `height..weight` means, by their places among all.
 * @returns undefined for a name that is none of them
 */
export function selected(selector: string, names: readonly string[]): readonly number[] | undefined {
  const exact = placeOf(selector, names);
  if (exact !== undefined) return [exact];
  const [, from, to] = /^(.+?)\s*(?:\.\.|…)\s*(.+)$/.exec(selector) ?? [];
  if (from !== undefined && to !== undefined) return ranged(from, to, names);
  if (!selector.includes('*')) return undefined;
  const parts = selector.split('*').map((part) => givenName(part).replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const pattern = new RegExp(`^${parts.join('.*')}$`, 'su');
  const found = names.flatMap((name, k) => (pattern.test(givenName(name)) ? [k] : []));
  return found.length > 0 ? found : undefined;
}

/** The name of a column that a table writes in several lines. */
export const inOneLine = (name: string): string => name.trim().replace(/\s*[\r\n]+\s*/g, ' ');

function placeOf(name: string, names: readonly string[]): number | undefined {
  const written = names.indexOf(inOneLine(name));
  if (written >= 0) return written;
  const given = givenName(name);
  const same = names.findIndex((other) => givenName(other) === given);
  if (same >= 0) return same;
  const alike = names.indexOf(knownName(name, names));
  return alike >= 0 ? alike : undefined;
}

/** `x1..x9` by their numbers, wherever they stand; other columns as they stand in the table. */
function ranged(from: string, to: string, names: readonly string[]): readonly number[] | undefined {
  const numbered = (name: string) => /^(.*?)0*(\d+)$/su.exec(givenName(name));
  const [first, last] = [numbered(from), numbered(to)];
  if (first && last && first[1] === last[1]) {
    const [low, high] = [Number(first[2]), Number(last[2])];
    const places = new Map<number, number>();
    for (const [k, name] of names.entries()) {
      const found = numbered(name);
      if (found && found[1] === first[1]) places.set(Number(found[2]), k);
    }
    const all: number[] = [];
    for (let number = low; number <= high; number++) {
      const place = places.get(number);
      if (place === undefined) return undefined;
      all.push(place);
    }
    return all.length > 0 ? all : undefined;
  }
  const [start, end] = [placeOf(from, names), placeOf(to, names)];
  if (start === undefined || end === undefined || end < start) return undefined;
  return Array.from({ length: end - start + 1 }, (_, k) => start + k);
}

/** @throws GradusError `data` for a column that a file does not have */
export function noColumn(selector: string, file: string, names: readonly string[]): GradusError {
  const near = nearest(selector, names);
  const message = selector.includes('*') ? `${file} has no column like ${selector}` : `${file} has no column ${selector}`;
  return new GradusError('data', message, {
    hint: `${near === undefined ? '' : `did you mean ${near}? `}it has ${listed([...names])}`,
  });
}

/** The parts of a list such as `x1, "length, in cm", x3`. */
export function selectors(text: string): string[] {
  const parts = [...text.matchAll(/\s*(?:"((?:[^"]|"")*)"|([^",]*))\s*(?:,|$)/gu)];
  return parts.map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain!.trim()).filter((part) => part !== '');
}
