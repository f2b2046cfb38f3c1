import { canonicalName } from '../names.ts';
import { plainSubscripts } from '../scripts.ts';
import { argumentsIn } from './calls.ts';
import { pattern } from './pattern.ts';

/** The arrays that a text declares, each with its lengths as they are written: what a refused line is translated beside. */
export type Arrays = ReadonlyMap<string, readonly string[]>;

const DECLARED = /([\p{L}_][\p{L}\p{M}\p{N}_]*)\s*:\s*\[([^[\]\n;]{1,200})\]/gu;

/** `x = [1, 2, 3]`: as long as its list. */
const LISTED = pattern('(?:^|[\\n;])\\s*([\\p{L}_][\\p{L}\\p{M}\\p{N}_]*)\\s*=\\s*\\[([^[\\];\\n]{1,200})\\]', 'gu');

export const arraysIn = (text: string): Arrays => {
  const plain = canonicalName(text);
  const found = new Map<string, readonly string[]>();
  for (const [, name, list] of plain.matchAll(LISTED())) found.set(name!, [String(argumentsIn(list!).length)]);
  for (const [, name, lengths] of plain.matchAll(DECLARED)) found.set(name!, argumentsIn(lengths!));
  return found;
};

/** What may stand for a place, and nothing that takes long to look at: `1`, `i`, `:`, `end`, `2:end`. */
const PLACES = '[^()[\\]{}]{1,60}';
const PLACE = /^(?:\d+|[a-z]|end|\w*\s*:\s*\w*|\w+\s*:\s*-?\d+\s*:\s*\w+)$/;

const CALLED = pattern(`(?<![\\p{L}\\p{N}_\\\\])([\\p{L}_][\\p{L}\\p{N}_]*)(?:\\((${PLACES})\\)|\\{(${PLACES})\\})`, 'gu');
const LOWERED = /(?<![\p{L}\p{N}_\\])(\p{L}[\p{L}\p{N}]*)(?:_\{([^{}]*)\}|_(\w+)|([₀-₉]+|[ᵢⱼₖ](?![₀-₉ᵢⱼₖ])))/gu;
const PLACED = /(?<![\p{L}\p{N}_\\])([\p{L}_][\p{L}\p{N}_]*)\[\s*(-1|end)\s*\]/gu;

/** `A1:A10` of a spreadsheet. */
const CELLS = pattern('(?<![\\p{L}\\p{N}_])([A-Z])(\\d+):\\1(\\d+)(?![\\p{L}\\p{N}_])', 'gu');

/** `x(1)`, `A{1,2}`, `A(:,1)` of MATLAB, `x_1`, `A_{12}` of LaTeX, `x[-1]`, `x[end]`: parts of arrays in brackets. */
export const withSubscripts = (given: string, arrays: Arrays): string => {
  const text = given.replace(CELLS(), '$1[$2:$3]');
  return text
    .replace(CALLED(), (whole: string, name: string, round?: string, curly?: string) => {
      const places = argumentsIn(round ?? curly!);
      const lengths = arrays.get(name);
      // A range is no argument: what has one is an array, declared or not.
      if (
        !lengths &&
        places.some((place) => /^\w*\s*:\s*\w*$/.test(place)) &&
        places.every((place) => PLACE.test(place) && place !== 'end')
      )
        return places.some((place) => place.includes('end')) ? whole : `${name}[${places.join(', ')}]`;
      if (!lengths || places.length > lengths.length || !places.every((place) => PLACE.test(place))) return whole;
      if (places.length === 1 && places[0] === ':') return lengths.length > 1 ? `vec(${name})` : name;
      return `${name}[${places.map((place, k) => place.replace(/\bend\b/g, lengths[k]!)).join(', ')}]`;
    })
    .replace(LOWERED, (whole: string, name: string, braced?: string, bare?: string, digits?: string) => {
      const lengths = arrays.get(name);
      if (!lengths || arrays.has(whole)) return whole;
      const places = placesIn(braced ?? bare ?? plainLetters(digits!), lengths.length);
      return places ? `${name}[${places.join(', ')}]` : whole;
    })
    .replace(PLACED, (whole: string, name: string) => {
      const lengths = arrays.get(name);
      return lengths?.length === 1 ? `${name}[${lengths[0]}]` : whole;
    });
};

const plainLetters = (lowered: string): string => plainSubscripts(lowered).replace('ᵢ', 'i').replace('ⱼ', 'j').replace('ₖ', 'k');

/** `12`, `ij`, `1,2` and `i+1` as the subscripts of an array. */
function placesIn(text: string, rank: number): readonly string[] | undefined {
  const parts = argumentsIn(text);
  if (parts.length === rank) return parts;
  const letters = [...text];
  return letters.length === rank && letters.every((letter) => /[\da-z]/.test(letter)) ? letters : undefined;
}

const PRODUCT = /(?<![\p{L}\p{N}_.])([\p{L}_][\p{L}\p{N}_]*)\.([\p{L}_][\p{L}\p{N}_]*)(?![\p{L}\p{N}_.(])/gu;
/** `x . y`, `x @ y` of two vectors. */
const SPACED = pattern(
  "(?<![\\p{L}\\p{N}_.])([\\p{L}_][\\p{L}\\p{N}_]*)(?:\\s+\\.\\s+|\\s*(?:@|%\\*%)\\s*)([\\p{L}_][\\p{L}\\p{N}_]*)(?![\\p{L}\\p{N}_.(['])",
  'gu',
);
const ANGLES = /[<⟨]\s*([\p{L}\p{N}_]+)\s*[,|]\s*([\p{L}\p{N}_]+)\s*[>⟩]/gu;

/** `A.x` of Mathematica, `⟨x, y⟩`: products of arrays. */
export const withProducts = (text: string, arrays: Arrays): string =>
  text
    // R has a function for the transpose.
    .replace(/(?<![\p{L}\p{N}_.])t\(([\p{L}_][\p{L}\p{N}_]*)\)/gu, (whole: string, name: string) =>
      arrays.has(name) || text.includes('%*%') ? `${name}'` : whole,
    )
    .replace(ANGLES, 'dot($1, $2)')
    .replace(SPACED(), (whole: string, left: string, right: string) =>
      [left, right].every((name) => arrays.get(name)?.length === 1) ? `dot(${left}, ${right})` : whole,
    )
    .replace(PRODUCT, (whole: string, left: string, right: string) => {
      if (!arrays.has(left) || !arrays.has(right)) return left.length + right.length === 2 ? `${left}*${right}` : whole;
      return [left, right].every((name) => arrays.get(name)!.length === 1) ? `dot(${left}, ${right})` : `${left}*${right}`;
    });

const ENTRYWISE = /[\p{L}]\w*\s*:\s*\[|\b(?:np|numpy|jnp|torch|tf)\.|\b(?:sum|mean)\(/u;

/** `**` acts entry by entry where there are arrays; among numbers it is a power. */
export const powerSign = (line: string, arrays: Arrays): string => (arrays.size > 0 || ENTRYWISE.test(line) ? '.^' : '^');

const COUNTED =
  /(?<![\p{L}\p{N}_.])(?:len|length|numel|size|nrow|ncol|NROW|NCOL|rows|cols)\(\s*([\p{L}_][\p{L}\p{N}_]*)\s*(?:,\s*(\d)\s*)?\)/gu;
const SIZED = /(?<![\p{L}\p{N}_.])([\p{L}_][\p{L}\p{N}_]*)\.(?:(size|numel\(\))|(?:shape|size)[[(]\s*(\d)\s*[\])])/gu;

/** `length(x)`, `size(A, 1)`, `x.shape[0]`: a length is its name, or its number. */
export const withLengths = (text: string, arrays: Arrays): string =>
  text
    .replace(COUNTED, (whole: string, name: string, axis?: string) => {
      const lengths = arrays.get(name);
      if (!lengths) return whole;
      if (axis !== undefined) return lengths[Number(axis) - 1] ?? whole;
      if (/^n?(?:row|ROW)/i.test(whole)) return lengths[0]!;
      return (/^n?col/i.test(whole) ? lengths[1] : lengths.length === 1 ? lengths[0] : undefined) ?? whole;
    })
    .replace(SIZED, (whole: string, name: string, all?: string, axis?: string) => {
      const lengths = arrays.get(name);
      if (!lengths) return whole;
      return all === undefined ? (lengths[Number(axis)] ?? whole) : lengths.length === 1 ? lengths[0]! : `(${lengths.join('*')})`;
    });
