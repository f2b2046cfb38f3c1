import { Brackets } from './brackets.ts';
import { GradusError } from './diagnostics.ts';
import { PRODUCT } from './precedence.ts';
import { type Callee, called, primed, raised, transposes } from './shorthand.ts';
import { TokenList } from './token-list.ts';
import type { Token, TokenType } from './tokens.ts';
import { mismatch, notBehind } from './unreadable.ts';
import { calleeName, METRIC, ROLES, SENSES } from './words.ts';
import { WrittenNames } from './written-names.ts';

/** Brackets inside brackets. Each holds some kilobytes while it is open. */
const DEEPEST = 100_000;

/** Whether `next` directly after `last` is multiplied by it. Never before `[`, so that this stays unambiguous. */
function multiplies(last: Token, next: TokenType | 'parenthesis'): boolean {
  if (next === 'name' || next === 'prefix' || next === 'bar') return true;
  if (next === 'parenthesis') return last.type !== 'name';
  if (next === 'number' || next === 'fraction')
    return last.type === 'punctuation' || last.type === 'endbar' || last.type === 'postfix';
  return false;
}

/**
 * What operands and brackets are to what stands before them: the tokens so far, the brackets that are open, and whether the
 * next operand is an argument, a factor, or what a keyword is about.
 */
export class Juncture {
  protected readonly text: string;
  protected readonly names: WrittenNames;
  protected readonly read = new TokenList();
  protected readonly brackets = new Brackets();
  protected problem: GradusError | undefined;
  /** White space stands before the current lexeme. */
  protected spaced = false;
  /** The statement declares names; `naming` until its `=`, where names beside each other are facts. */
  protected declares = false;
  protected naming = false;

  constructor(text: string) {
    this.text = text;
    this.names = new WrittenNames(text);
  }

  protected fail(start: number, length: number, problem: GradusError): void {
    this.read.push('unreadable', '', start, length);
    this.problem = problem;
  }

  protected operand(type: TokenType, text: string, start: number, length: number): void {
    const last = type === 'name' && !this.spaced ? this.read.last : undefined;
    const problem = last && notBehind(this.text, last, { start, end: start + length });
    if (problem) {
      this.fail(start, length, problem);
      return;
    }
    if (
      text === 'T' &&
      !this.read.complete &&
      transposes(this.read.list, this.names, this.text.slice(start + length, start + 99))
    ) {
      this.read.transpose('^T', start, length);
      return;
    }
    if (this.read.complete) this.meet(type);
    this.read.push(type, text, start, length, undefined, true);
  }

  /** Two operands stand side by side: a statement's keyword and what it is about, a call, or a product. */
  protected meet(type: TokenType | 'parenthesis'): void {
    const last = this.read.last!;
    if (last.type === 'name') {
      if (this.read.single && this.brackets.none && this.keyword(last, type)) return;
      if (type === 'parenthesis') {
        last.type = 'callee';
        last.text = calleeName(last.text);
        return;
      }
    }
    if (this.naming && this.brackets.none) return;
    if (!multiplies(last, type)) return;
    // In `[a b]` a space is more likely a forgotten comma than a product.
    if (this.spaced && this.brackets.innermost?.opener.type === 'bracket') return;
    this.read.list.push({ type: 'infix', text: '', start: last.end, end: last.end, operator: PRODUCT });
  }

  private keyword(word: Token, next: TokenType | 'parenthesis'): boolean {
    if (ROLES.has(word.text) && next === 'name') {
      word.type = 'role';
      this.declares = true;
      this.naming = true;
      return true;
    }
    if (word.text === METRIC && next === 'name') {
      word.type = 'metric';
      return true;
    }
    if (SENSES.has(word.text) && (this.spaced || next === 'name' || this.isSenseOf(word, next))) {
      word.type = 'sense';
      return true;
    }
    return false;
  }

  /** `minimize(w^2)` is no call, unless the source has such a function. */
  private isSenseOf(word: Token, next: TokenType | 'parenthesis'): boolean {
    return next === 'parenthesis' && !this.names.parameters(word.text);
  }

  /** `(` after an operand: a call, a call over indices, or a product. */
  protected parenthesis(): void {
    const last = this.read.last!;
    const owner = last.text === ']' ? this.brackets.closed?.owner : undefined;
    if (owner) {
      owner.type = 'indexed';
      owner.text = calleeName(owner.text);
    } else if (!this.takePlace(raised(this.read.list, this.names) ?? primed(this.read.list, this.names))) {
      this.meet('parenthesis');
    }
  }

  /** Tokens that together name a function are one. */
  protected takePlace(callee: Callee | undefined): boolean {
    if (callee) this.read.list.splice(-callee.count, callee.count, callee.token);
    return callee !== undefined;
  }

  protected square(start: number): void {
    const last = this.read.last;
    const subscript =
      this.read.complete && !this.spaced && last !== undefined && last.type !== 'number' && last.type !== 'fraction';
    if (subscript) {
      this.opens(this.read.push('subscript', '[', start), ']', last.type === 'name' ? last : undefined);
    } else {
      if (this.read.complete) this.meet('bracket');
      this.opens(this.read.push('bracket', '[', start), ']', undefined);
    }
  }

  protected bar(text: string, start: number): void {
    const closer = text === '|' ? '|' : '‖';
    if (text === '||' && this.read.complete && this.brackets.nestedBars) {
      // The end of two nested absolute values: `|a - |b||`.
      this.closes('|', '|', start);
      this.closes('|', '|', start + 1);
      return;
    }
    if (this.read.complete && this.brackets.waitFor(closer)) {
      this.closes(closer, text, start);
      return;
    }
    if (this.read.complete) {
      if (text === '||' && this.brackets.innermost?.closer === '|') {
        // `|a||b|`.
        this.closes('|', '|', start);
        this.bar('|', start + 1);
        return;
      }
      this.beforeBar(text, start);
    }
    this.opens(this.read.push('bar', text, start, text.length), closer, undefined);
  }

  /** `ln|x|` is a call, `2|x|` a product. With space on both sides a bar is not the beginning of anything: `a | b`. */
  private beforeBar(text: string, start: number): void {
    const { list } = this.read;
    if (this.spaced && /^\s/.test(this.text.slice(start + text.length))) return;
    if (this.takePlace(raised(list, this.names) ?? called(list, this.names))) return;
    // In `||a| - b|` the first sign is meant for two.
    if (this.brackets.innermost?.opener.text !== '||') this.meet('bar');
  }

  protected opens(opener: Token, closer: string, owner: Token | undefined): void {
    if (this.brackets.open.length >= DEEPEST) {
      this.read.list.pop();
      const span = { start: opener.start, end: opener.end };
      this.fail(span.start, 1, new GradusError('syntax', `more than ${DEEPEST} brackets are open here`, { span }));
      return;
    }
    this.brackets.push(opener, closer, owner);
  }

  protected closes(closer: string, text: string, start: number): void {
    const bracket = this.brackets.innermost;
    if (bracket?.closer !== closer) {
      this.fail(start, text.length, mismatch(this.text, text, start, bracket));
      return;
    }
    this.brackets.pop();
    const type = closer === '|' || closer === '‖' ? 'endbar' : 'punctuation';
    this.read.push(type, text, start, text.length, undefined, true);
  }
}
