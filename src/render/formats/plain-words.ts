import { SYMBOLS } from '../../language/symbols.ts';

/** What stands around formulas, with ASCII signs only: rules, reasons, the names of derivatives. */
const ASCII: readonly (readonly [RegExp, string])[] = [
  [/∂\(([\p{L}_][\p{L}\p{N}_]*(\[[^[\]()]*\])?)\)/gu, 'd$1'],
  [/∂/g, 'd'],
  [/× the/g, 'times the'],
  [/×/g, 'x'],
  [/≥/g, '>='],
  [/≤/g, '<='],
  [/≠/g, '!='],
  [/∨/g, 'or'],
  [/∧/g, 'and'],
  [/≻ 0/g, 'positive definite'],
  [/∈/g, 'in'],
  [/∉/g, 'not in'],
  [/ℤ/g, 'Z'],
  [/⊙/g, '.*'],
  [/⊘/g, './'],
  [/∘/g, '.'],
  [/·/g, '*'],
  [/[−–]/g, '-'],
  [/—/g, '--'],
  [/→/g, '->'],
  [/↦/g, '->'],
  [/[…⋮]/g, '...'],
  [/✓/g, 'ok'],
  [/✗/g, 'wrong'],
  [/±/g, '+-'],
  [/∞/g, 'inf'],
  [/π/g, 'pi'],
  [/σ/g, 'sigmoid'],
  [/[′’‘]/g, "'"],
  [/″/g, "''"],
  [/‴/g, "'''"],
  [/[“”]/g, '"'],
  [/½/g, '1/2'],
  [/¼/g, '1/4'],
  [/¾/g, '3/4'],
  [/⅓/g, '1/3'],
  [/⅔/g, '2/3'],
  [/ⁿ√/g, 'nthroot '],
  [/√/g, 'sqrt '],
  [/∛/g, 'cbrt '],
  [/Σ/g, 'sum'],
  [/Π/g, 'prod'],
  [/‖/g, '||'],
  [/[⌊⌋]/g, '|'],
  [/│/g, '|'],
  [/─/g, '-'],
  [/▸/g, '>'],
];

const RAISED = signs('⁰0¹1²2³3⁴4⁵5⁶6⁷7⁸8⁹9⁺+⁻-⁽(⁾)ᵃaᵇbᵈdᵉeᵏkᵐmᵖpᵗtᵘuᵛvⁱiʲjⁿnˢsˣxʸyᶻzᵀTᵂW');
const LOWERED = signs('₀0₁1₂2₃3₄4₅5₆6₇7₈8₉9₊+₋-ᵢiⱼjₖkₗlₘmₙnₚpₜtₓx');

const RUN = new RegExp(`(?<raised>[${[...RAISED.keys()].join('')}]+)|(?<lowered>[${[...LOWERED.keys()].join('')}]+)`, 'gu');

function signs(pairs: string): Map<string, string> {
  return new Map([...pairs.matchAll(/(.)(.)/gu)].map(([, sign, plain]) => [sign!, plain!]));
}

/** `uᵖ⁻¹` as u^(p-1), `Aᵀ` as A', `xᵢ` as x_i. */
function onTheLine(run: string): string {
  if (run === 'ᵀ') return "'";
  const raised = RAISED.has(run[0]!);
  const plain = [...run].map((sign) => (raised ? RAISED : LOWERED).get(sign)!).join('');
  const isOne = /^(-?\w|-?\d+|\(.*\))$/.test(plain);
  return `${raised ? '^' : '_'}${isOne || !raised ? plain : `(${plain})`}`;
}

export const plainWords = (text: string): string =>
  ASCII.reduce((t, [sign, plain]) => t.replace(sign, plain), text).replace(RUN, onTheLine);

interface Names {
  has(name: string): boolean;
}

const LETTERS: ReadonlyMap<string, string> = new Map([
  ...Object.entries(SYMBOLS).flatMap(([word, sign]) => (/^\p{L}$/u.test(sign) ? [[sign, word] as const] : [])),
  ['ϕ', 'phi'],
  ['ϵ', 'epsilon'],
  ['ϑ', 'theta'],
  ['ς', 'sigma'],
  ['ℓ', 'ell'],
  ['ß', 'ss'],
  ['ø', 'oe'],
  ['æ', 'ae'],
]);
const MARKS: ReadonlyMap<string, string> = new Map([
  ['\u0302', 'hat'],
  ['\u0303', 'tilde'],
  ['\u0304', 'bar'],
  ['\u0305', 'bar'],
  ['\u0307', 'dot'],
  ['\u0308', 'ddot'],
  ['\u030c', 'check'],
]);

/** A word is told from a name by its script: what a language is written in has no other letters. */
const NAME = /[\p{L}_][\p{L}\p{N}\p{M}_]*/gu;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the range is ASCII
const isPlain = (text: string): boolean => /^[\x00-\x7f]*$/.test(text);

/** `ŷ` as yhat, `dμ` as dmu; a letter of no word that is known keeps what NFKD leaves of it. */
function plainName(name: string, taken: Names): string {
  if (isPlain(name) || /\p{Script=Han}/u.test(name)) return name;
  // The derivative of a name is spelled as that is.
  if (name.startsWith('d') && taken.has(name.slice(1))) return `d${plainName(name.slice(1), taken)}`;
  let plain = [...name.normalize('NFC')].map(plainLetter).join('');
  // Another name of the source may be spelled so.
  while (taken.has(plain)) plain += '_';
  return plain;
}

const plainLetter = (letter: string): string => LETTERS.get(letter) ?? [...letter.normalize('NFKD')].map(plainSign).join('');

function plainSign(sign: string): string {
  const plain = LETTERS.get(sign) ?? MARKS.get(sign) ?? sign;
  if (isPlain(plain)) return plain;
  return /\p{M}/u.test(sign) ? '' : `u${sign.codePointAt(0)!.toString(16)}`;
}

export const plainNames = (text: string, taken: Names): string => text.replace(NAME, (name) => plainName(name, taken));

/** A whole text in ASCII: names by their letters' words, whatever else is a sign by what is typed for it. */
export const inAscii = (text: string, taken: Names): string => (isPlain(text) ? text : plainNames(plainWords(text), taken));
