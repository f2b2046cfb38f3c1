import type { Warning } from '../language/diagnostics.ts';
import { canonicalName } from '../language/names.ts';
import { SYMBOLS } from '../language/symbols.ts';
import type { Span } from '../language/tree.ts';
import type { Scope } from './scope.ts';

/**
 * `x'Ax`, `Xw`, `2pir`: names that stand side by side are one name, however much it looks like several. Where the source has
 * each of the several, and the one only here, a product was meant.
 */

/** Names that a name may be made of; a longer one is nobody's slip. */
const MOST = 4;
const LONGEST = 12;

/** The names that a name is made of, if the source has all of them and the whole only here. */
export function gluedNames(name: string, scope: Scope, text: string): readonly string[] | undefined {
  // `dx` is a differential.
  if (name.length < 2 || name.length > LONGEST || name.includes('_') || name.startsWith('d')) return undefined;
  const words = wordsOf(scope, text);
  if ((words.get(name) ?? 0) > 1) return undefined;
  // 2pir: nobody calls a variable so.
  if (scope.open && /^pi\p{L}$/u.test(name)) return ['pi', name.slice(2)];
  if (scope.open && isSchoolbook(name, text)) return [...name];
  return split(name, (part) => isThere(part, scope, words), MOST);
}

/** `F = ma`, `E = mc^2`, `PV = nRT`: laws and areas, whose letters are quantities of their own. */
const LAWS: ReadonlySet<string> = new Set(
  'ma mc mv mg mgh gh vt at hf hc kq qE qV qvB IR RI Fd Fs PV nRT nR RT kT lw lwh bh ab ac bc abc uv xyz'.split(' '),
);

/** `ax^2 + bx`, `xy`, `2gh`: what a schoolbook has for products. Velocities vx, vy are names. */
const isSchoolbook = (name: string, text: string): boolean =>
  LAWS.has(name) ||
  /^(?:[abckm][xyz]|xy|xz|yz)$/.test(name) ||
  (/^[a-z]{2}$/.test(name) &&
    !Object.hasOwn(SYMBOLS, name) &&
    new RegExp(`(?<![\\p{L}\\p{N}_.])(?:\\d|\\d\\.\\d+|\\d/\\d)${name}(?![\\p{L}\\p{N}_])`, 'u').test(text));

function split(rest: string, there: (part: string) => boolean, most: number): readonly string[] | undefined {
  for (let length = rest.length - (most === MOST ? 1 : 0); length > 0; length--) {
    const part = rest.slice(0, length);
    if (!there(part)) continue;
    if (length === rest.length) return [part];
    const others = most > 1 ? split(rest.slice(length), there, most - 1) : undefined;
    if (others) return [part, ...others];
  }
  return undefined;
}

/** A name with a meaning, or one that stands elsewhere in the text. */
const isThere = (part: string, { values, dimensions, open }: Scope, words: ReadonlyMap<string, number>): boolean =>
  values.has(part) || dimensions.has(part) || (open && words.has(part));

const WORDS = /[\p{L}_][\p{L}\p{N}\p{M}_]*/gu;
const counts = new WeakMap<Scope, ReadonlyMap<string, number>>();

/** How often each word stands in the text of a scope, counted once. */
function wordsOf(scope: Scope, text: string): ReadonlyMap<string, number> {
  const known = counts.get(scope);
  if (known) return known;
  const found = new Map<string, number>();
  for (const [word] of canonicalName(text).matchAll(WORDS)) found.set(word, (found.get(word) ?? 0) + 1);
  counts.set(scope, found);
  return found;
}

export const asOneName = (name: string, parts: readonly string[], span: Span): Warning => ({
  message: `${name} is read as one name`,
  span,
  hint: `for the product write ${parts.join('*')}`,
});

/** A text with the products in the place of the names that a model was warned of; undefined where there are none. */
export function withoutGlued(text: string, warnings: readonly Warning[]): string | undefined {
  let result = text;
  for (const { message, hint } of warnings) {
    const [, name] = /^(\S+) is read as one name$/.exec(message) ?? [];
    const [, product] = /^for the product write (\S+)$/.exec(hint ?? '') ?? [];
    if (name === undefined || product === undefined) continue;
    const places = new RegExp(`(?<![\\p{L}\\p{N}\\p{M}_])(\\d*)${name}(?![\\p{L}\\p{N}\\p{M}_])`, 'gu');
    result = result.replace(places, (_, number: string, at: number) =>
      /[\^/]\s*$/.test(result.slice(0, at)) ? `(${number}${product})` : `${number}${product}`,
    );
  }
  return result === text ? undefined : result;
}
