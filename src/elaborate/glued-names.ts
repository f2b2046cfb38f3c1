import type { Warning } from '../language/diagnostics.ts';
import { canonicalName } from '../language/names.ts';
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
  return split(name, (part) => isThere(part, scope, words), MOST);
}

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
