import { tokenize } from './tokenize.ts';
import { TOKEN_TYPES, type Token, type Tokens } from './tokens.ts';

const NONE: Tokens = { list: [], unclosed: [], problem: undefined };
const types: ReadonlySet<string> = new Set(TOKEN_TYPES);

/** The tokens of one source, as nearley asks for them. */
export class TokenStream {
  tokens: Tokens = NONE;
  private position = 0;
  private readonly functions: ReadonlySet<string>;

  constructor(functions: ReadonlySet<string> = new Set()) {
    this.functions = functions;
  }

  reset(text: string): void {
    this.tokens = tokenize(text, this.functions);
    this.position = 0;
  }

  // nearley's declared token has a `value`; its matching reads only the type and the text.
  next(): (Token & { value: string }) | undefined {
    return this.tokens.list[this.position++] as Token & { value: string };
  }

  save(): Record<string, never> {
    return {};
  }

  formatError(): string {
    return '';
  }

  has(type: string): boolean {
    return types.has(type);
  }
}

/** For the grammar, which asks it only which types of tokens there are. */
export const lexer = new TokenStream();
