import moo from 'moo';
import { OPERATORS } from './precedence.ts';

/**
 * Text to lexemes, without regard to context: what a `(` or a `-` is to its neighbours is decided in tokens.ts.
 */

// Letters of every script, without the raised ones (ᵀ, ⁿ are operators). π stands for itself, so that `2πr` is
// a product, except where it plainly belongs to a longer name: `π_k`, `π₁`, `σ_π`.
const LETTER = '(?!π)[\\p{Lu}\\p{Ll}\\p{Lt}\\p{Lo}_]';
const LATER = '(?!π)[\\p{Lu}\\p{Ll}\\p{Lt}\\p{Lo}_\\p{M}\\p{Nd}₀-₉ₐ-ₜᵢ-ᵪⱼ]';
const NAME = `(?:${LETTER}|π(?=[_₀-₉]))(?:${LATER}|(?<=_)π)*`;

// In `5.*x`, `5./x` and `5.^x` the dot belongs to the operator, in `0..1` to the range.
const NUMERAL = '(?:[0-9]+(?:\\.(?![*/^.])[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?';

const PUNCTUATION = ['(', ')', '[', ']', ',', ';', '=', ':', '~', '|', '||', '‖', '∂', '∑', '∏', '∞', 'π', '..', '…'];

const symbols = [...PUNCTUATION, ...OPERATORS.flatMap((operator) => operator.spellings)].filter((text) => !/^[a-z]/.test(text));
const starts = (text: string) => symbols.some((other) => other !== text && other.startsWith(text));
// These begin a superscript, a name or a norm too.
const AMBIGUOUS = ['∘', 'π', '‖'];
const immediate = [...new Set(symbols.filter((text) => text.length === 1 && !starts(text) && !AMBIGUOUS.includes(text)))];

const scanner = moo.compile({
  // Symbols that nothing longer begins with need no regular expression; moo looks them up by their code.
  symbol: immediate,
  space: /[^\S\r\n]+/u,
  name: new RegExp(NAME, 'u'),
  number: new RegExp(NUMERAL, 'u'),
  newline: { match: /\r\n?|\n/u, lineBreaks: true },
  comment: /#[^\r\n]*/u,
  superscript: /∘?⁻?(?:[⁰¹²³⁴-⁹]+|ⁿ)/u,
  fraction: ['½', '¼', '¾', '⅓', '⅔'],
  norm: /‖[₁₂]?/u,
  longer: { match: [...new Set(symbols.filter((text) => !immediate.includes(text) && text !== '‖'))], type: () => 'symbol' },
  unreadable: moo.error,
});

type LexemeType =
  | 'symbol'
  | 'space'
  | 'name'
  | 'number'
  | 'newline'
  | 'comment'
  | 'superscript'
  | 'fraction'
  | 'norm'
  | 'unreadable';

export interface Lexeme {
  readonly type: LexemeType;
  readonly text: string;
  readonly offset: number;
}

/** Calls `take` with each lexeme, until it answers false. */
export function scan(text: string, take: (lexeme: Lexeme) => boolean): void {
  scanner.reset(text);
  for (let lexeme = scanner.next(); lexeme; lexeme = scanner.next()) {
    if (!take(lexeme as Lexeme)) break;
  }
  scanner.reset('');
}
