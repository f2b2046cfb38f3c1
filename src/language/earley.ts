import nearley from 'nearley';
import compiled from './grammar.generated.ts';
import { TokenStream } from './stream.ts';
import type { Tokens } from './tokens.ts';
import type { Statement } from './tree.ts';

/** What the grammar would have taken: a type of token, or a literal one. */
interface Expected {
  readonly type?: string;
  readonly literal?: string;
}

interface Column {
  readonly scannable: readonly { readonly rule: { readonly symbols: readonly Expected[] }; readonly dot: number }[];
}

/**
 * Below this length (in characters) nearley keeps the columns that it is done with. It drops them by deleting them
 * from an array, which V8 then turns to a dictionary: a third slower. Kept columns take kilobytes per token, which
 * long sources cannot afford.
 */
const SHORT = 4000;

const grammar = nearley.Grammar.fromCompiled(compiled);

/** nearley draws its own picture of a failure, recursively, over the whole chart; ours is in complain.ts. */
class QuietParser extends nearley.Parser {
  declare readonly table: readonly Column[];

  reportError(): string {
    return '';
  }
}

export interface Reading {
  readonly tokens: Tokens;
  /** All parses; the grammar is unambiguous, so one, or none if the text is not of the language. */
  readonly results: readonly Statement[][];
  /** Which token could not follow, and what could have. */
  readonly failure?: { readonly index: number; readonly expected: ReadonlySet<string> };
}

/** Reads a text by the grammar. Throws what the grammar's rules throw. */
export function read(text: string, functions?: ReadonlySet<string>): Reading {
  const stream = new TokenStream(functions);
  const parser = new QuietParser(grammar, { lexer: stream, keepHistory: text.length < SHORT });
  try {
    parser.feed(text);
  } catch (error) {
    if (!(error instanceof Error) || !('token' in error)) throw error;
    const { table, current } = parser;
    const expected = table[current]?.scannable.map(({ rule, dot }) => rule.symbols[dot]) ?? [];
    const words = new Set(expected.map((symbol) => symbol?.type ?? symbol?.literal ?? ''));
    return { tokens: stream.tokens, results: [], failure: { index: current, expected: words } };
  }
  return { tokens: stream.tokens, results: parser.results };
}
