import { SYMBOLS } from './symbols.ts';

/** Names that are words for Greek letters. */

/** π is a number, Σ and Π are sums and products: their words stay words. */
const SIGNS: ReadonlySet<string> = new Set(['pi', 'Pi', 'Sigma']);

const letterOf: ReadonlyMap<string, string> = new Map(
  Object.entries(SYMBOLS).filter(
    ([word, letter]) => /^\p{Script=Greek}$/u.test(letter) && !SIGNS.has(word) && !/[ΣΠ]/.test(letter),
  ),
);

const NAME = new RegExp(`^(d?)(${[...letterOf.keys()].join('|')})(?!\\p{L})`, 'u');

/** `lambda` as λ, `sigma_x` as σ_x, `dmu1` as dμ1; any other name is itself. */
export const greekName = (name: string): string =>
  name.replace(NAME, (_, adjoint: string, word: string) => adjoint + letterOf.get(word)!);

interface Names {
  has(name: string): boolean;
}

/** How a name looks in mathematics, if that is another way than it is written and no other name's. */
export function greekIn(name: string, taken: Names): string | undefined {
  const shown = greekName(name);
  // σ_x could be an entry of σ.
  const [letter] = /\p{Script=Greek}/u.exec(shown) ?? [];
  return shown === name || taken.has(shown) || taken.has(letter!) ? undefined : shown;
}

/** A text with its names as they look in mathematics; what is called is no name. */
export const greekText = (text: string, taken: Names): string =>
  text.replace(/[\p{L}_][\p{L}\p{N}_]*(?![\p{L}\p{N}_(])/gu, (name) => greekIn(name, taken) ?? name);
