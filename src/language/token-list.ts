import { type Operator, TRANSPOSE } from './precedence.ts';
import type { Token, TokenType } from './tokens.ts';

/** The tokens read so far, and where in the last statement they have got to. */
export class TokenList {
  readonly list: Token[] = [];
  /** The last token ends an operand. */
  complete = false;
  /** Where the current statement begins. */
  private first = 0;

  get last(): Token | undefined {
    return this.list[this.list.length - 1];
  }

  get begun(): boolean {
    return this.list.length > this.first;
  }

  /** The current statement consists of the last token only. */
  get single(): boolean {
    return this.list.length === this.first + 1;
  }

  push(type: TokenType, text: string, start: number, length = 1, operator?: Operator, complete = false): Token {
    const token: Token = { type, text, start, end: start + length, operator };
    this.list.push(token);
    this.complete = complete;
    return token;
  }

  /** A transpose, which takes the `^` before it along: `X^T`, `X^⊤`. */
  transpose(text: string, start: number, length: number): void {
    const sign = this.last?.type === 'infix' && this.last.text === '^' ? this.list.pop() : undefined;
    const from = sign?.start ?? start;
    this.push('postfix', text, from, start + length - from, TRANSPOSE, true);
  }

  endStatement(at: number): void {
    this.push('end', '', at, 0);
    this.first = this.list.length;
  }
}
