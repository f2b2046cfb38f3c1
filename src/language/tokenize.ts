import { GradusError } from './diagnostics.ts';
import { Juncture } from './juncture.ts';
import { type Leibniz, leibniz, leibnizTokens } from './leibniz.ts';
import { type Lexeme, scan } from './lexer.ts';
import { canonicalName } from './names.ts';
import {
  CHOICE,
  ENTRYWISE_SUPERSCRIPT,
  INFIX,
  OTHERWISE,
  POSTFIX,
  PREFIX,
  REDUCTION,
  SUPERSCRIPT,
  TRANSPOSE,
} from './precedence.ts';
import { rangeAt } from './ranges.ts';
import { columnAt, isOtherName } from './table-columns.ts';
import type { Tokens } from './tokens.ts';
import { unreadable } from './unreadable.ts';
import { constantName, SENSES } from './words.ts';

/**
 * Lexemes to tokens: everything that depends on the neighbours is settled here, so that the grammar is small and
 * reads every text in one way. A token knows whether it stands where an operand ends; by that `-` is a sign or a
 * difference, `[` a literal or a subscript, `|` opens or closes, and an unwritten product becomes a token.
 */
/** @param functions names of functions that are declared around the text: `f'(x)` is a call of the derivative */
export function tokenize(text: string, functions: ReadonlySet<string> = new Set()): Tokens {
  const tokenizer = new Tokenizer(text, functions);
  scan(text, (lexeme) => tokenizer.take(lexeme));
  return tokenizer.finish();
}

/** Names of functions that a text declares: `function f(x), g(x, y)`. */
function declaredFunctions(text: string): string[] {
  const lists = [...text.matchAll(/(?:^|[;\n])[ \t]*function\s([^;\n]*)/gu)].map(([, list]) => list!);
  return lists.flatMap((list) => [...list.matchAll(/([\p{L}_][\p{L}\p{N}_]*)\s*\(/gu)].map(([, name]) => canonicalName(name!)));
}

class Tokenizer extends Juncture {
  /** Up to here the text is read. */
  private readTo = 0;
  /** The names that follow are columns of a table. */
  private listing = false;
  /** A derivative around a call, `∂f(x)/∂x`: where the call ends, and the derivative. */
  private around: { readonly inside: number; readonly end: number } | undefined;
  private readonly unknown: ReadonlySet<string>;

  constructor(text: string, unknown: ReadonlySet<string>) {
    super(text);
    this.unknown = new Set([...unknown, ...declaredFunctions(text)]);
  }

  /** Takes one lexeme; false if nothing after it can be read. */
  take(lexeme: Lexeme): boolean {
    const { type, text, offset } = lexeme;
    if (this.around && offset >= this.around.inside) this.closeAround(this.around.end);
    if (offset < this.readTo) return true;
    switch (type) {
      case 'space':
        this.spaced = true;
        return true;
      case 'comment':
        return true;
      case 'newline':
        // A line that ends with an operator or a comma goes on, and so does an open bracket.
        if (this.brackets.none && this.read.complete) this.endStatement(offset);
        this.spaced = true;
        return true;
      case 'number':
      case 'fraction':
        this.operand(type, text, offset, text.length);
        break;
      case 'name':
        this.word(canonicalName(text), offset, text.length);
        break;
      case 'superscript':
        this.read.push('postfix', text, offset, text.length, text.startsWith('∘') ? ENTRYWISE_SUPERSCRIPT : SUPERSCRIPT, true);
        break;
      case 'norm':
        this.bar(text, offset);
        break;
      case 'symbol':
        this.symbol(text, offset);
        break;
      default:
        this.fail(offset, 1, unreadable(this.text, offset));
    }
    this.spaced = false;
    return this.problem === undefined;
  }

  finish(): Tokens {
    if (!this.problem && this.read.begun) this.endStatement(this.text.length);
    return { list: this.read.list, unclosed: this.brackets.open, problem: this.problem };
  }

  private endStatement(at: number): void {
    this.read.endStatement(at);
    this.declares = false;
    this.naming = false;
    this.listing = false;
    this.brackets.forgetChoices();
  }

  private word(name: string, start: number, length: number): void {
    if (this.listing) {
      this.column(start);
      return;
    }
    if (name.startsWith('d') && this.leibniz(start, length)) return;
    if (name === 'from' && this.naming && this.read.complete && this.brackets.none) {
      this.read.push('from', name, start, length);
      this.listing = true;
      return;
    }
    if (name === 'in' && this.naming && this.read.complete) {
      this.range(start);
      return;
    }
    if (/^Σ(_\p{L})?$/u.test(name) && this.reduces(name, start + length)) {
      if (this.read.complete) this.meet('prefix');
      this.read.push('prefix', name, start, length, REDUCTION);
      return;
    }
    const operator = (this.read.complete ? INFIX : PREFIX).get(name) ?? INFIX.get(name) ?? PREFIX.get(name);
    if (operator) this.read.push(operator.fixity === 'prefix' ? 'prefix' : 'infix', name, start, length, operator);
    else this.operand('name', constantName(name), start, length);
  }

  /** `x1`, `x*`, `x1..x9` behind `from`. */
  private column(start: number): void {
    const { text, length } = columnAt(this.text, start);
    this.read.push(this.read.complete ? 'name' : 'column', text, start, length, undefined, true);
    this.readTo = start + length;
  }

  /** `in 0..1`: a fact. */
  private range(start: number): void {
    try {
      const { text, length } = rangeAt(this.text, start);
      this.operand('name', text, start, length);
      this.readTo = start + length;
    } catch (error) {
      if (!(error instanceof GradusError)) throw error;
      this.fail(start, 2, error);
    }
  }

  /** `Σ x`, `Σ_t x[t]`: a space, then what is summed. A name Σ of the source is no sum. */
  private reduces(name: string, end: number): boolean {
    const next = /^[ \t]+(?!(?:and|or)\b|\[[^\]]*\]\s*\()[\p{L}\d.([|‖√∛½¼¾⅓⅔]/u.test(this.text.slice(end, end + 200));
    return next && !this.naming && !this.names.declares(name);
  }

  private symbol(text: string, start: number): void {
    switch (text) {
      case '(':
        if (this.read.complete) this.parenthesis();
        this.opens(this.read.push('punctuation', text, start), ')', undefined);
        return;
      case '[':
        this.square(start);
        return;
      case ')':
      case ']':
        this.closes(text, text, start);
        return;
      case '|':
      case '||':
        this.bar(text, start);
        return;
      case ',':
        this.separator(text, start);
        return;
      case ';':
        if (!this.brackets.none) this.separator(text, start);
        else if (this.read.begun) this.endStatement(start);
        return;
      case '=':
      case '~':
        if (text === '=' && this.brackets.none) this.naming = false;
        this.read.push('punctuation', text, start);
        return;
      case ':':
        this.colon(start);
        return;
      case '∂':
        if (!this.leibniz(start, text.length)) this.sign(text, start);
        return;
      case '∑':
      case '∏':
        this.sign(text, start);
        return;
      case 'π':
      case '∞':
        this.operand('name', constantName(text), start, 1);
        return;
      default:
        this.operator(text, start);
    }
  }

  /** `∂(…)`, `∑[k](…)`. */
  private sign(text: string, start: number): void {
    if (/^\s*[([]/.test(this.text.slice(start + 1, start + 80))) this.operand('name', text, start, 1);
    else this.fail(start, 1, unreadable(this.text, start));
  }

  /** `d/dx f`, `∂f/∂x`: the call that they stand for. */
  private leibniz(start: number, length: number): boolean {
    const found = this.naming ? undefined : this.derivativeAt(start, length);
    if (this.problem) return true;
    if (!found) return false;
    if (this.read.complete) this.meet('prefix');
    const { tokens, inside } = leibnizTokens(found, start);
    this.read.list.push(...tokens);
    this.read.complete = inside === undefined && found.of !== undefined;
    if (inside === undefined || !found.of) {
      this.readTo = found.end;
      return true;
    }
    this.around = { inside, end: found.end };
    // Of `df(x)/dx` the word was df.
    const [from, end] = [found.of.start, start + length];
    this.readTo = from;
    if (from < end) this.operand('name', canonicalName(this.text.slice(from, end)), from, end - from);
    return true;
  }

  private derivativeAt(start: number, length: number): Leibniz | undefined {
    try {
      return leibniz(this.text, start, this.names);
    } catch (error) {
      if (!(error instanceof GradusError)) throw error;
      this.fail(start, length, error);
      return undefined;
    }
  }

  private closeAround(end: number): void {
    this.around = undefined;
    this.readTo = end;
    this.read.push('punctuation', ')', end, 0, undefined, true);
  }

  private operator(text: string, start: number): void {
    if (this.read.complete) {
      if (this.prime(start)) return;
      const postfix = POSTFIX.get(text);
      if (postfix) {
        this.read.push('postfix', text, start, text.length, postfix, true);
        return;
      }
      const infix = INFIX.get(text);
      if (infix && !this.signAfterSense(text, start)) {
        if (infix === CHOICE) this.brackets.choose(1);
        this.read.push('infix', text, start, text.length, infix);
        return;
      }
      this.meet('prefix');
    }
    const prefix = PREFIX.get(text);
    // An operator without its left operand keeps its kind; the grammar will not have it there.
    if (prefix) this.read.push('prefix', text, start, text.length, prefix);
    else if (INFIX.has(text)) this.read.push('infix', text, start, text.length, INFIX.get(text));
    else if (text === TRANSPOSE.unicode || text === '⊤') this.read.transpose(text, start, 1);
    else if (POSTFIX.has(text)) this.read.push('postfix', text, start, text.length, POSTFIX.get(text), true);
    else this.fail(start, text.length, unreadable(this.text, start));
  }

  /** `f'(`, without spaces, is one callee where f is declared: its derivative. */
  private prime(start: number): boolean {
    const last = this.read.last!;
    if (last.type !== 'name' || last.end !== start || !/^'+\(/.test(this.text.slice(start, start + 80))) return false;
    if (!this.unknown.has(last.text.replace(/'+$/, ''))) return false;
    this.read.list.splice(-1, 1, { ...last, text: `${last.text}'`, end: start + 1 });
    return true;
  }

  /** `minimize -x` takes the sign, where `minimize - x` is a difference. */
  private signAfterSense(text: string, start: number): boolean {
    const last = this.read.last!;
    if (!this.read.single || !SENSES.has(last.text) || !PREFIX.has(text)) return false;
    return this.spaced && !/\s/.test(this.text.charAt(start + text.length));
  }

  private colon(start: number): void {
    if (this.brackets.choosing) {
      this.brackets.choose(-1);
      // Not as `:`, which is the grammar's name for the colon of a range or a shape.
      this.read.push('infix', '?:', start, 1, OTHERWISE);
    } else {
      this.read.push('punctuation', ':', start);
    }
  }

  /** `,`, or `;` inside a bracket. */
  private separator(text: string, start: number): void {
    this.brackets.forgetChoices();
    if (this.brackets.none) this.naming = this.declares;
    if (this.brackets.none && isOtherName(this.text, start + 1)) this.listing = false;
    this.read.push('punctuation', text, start);
  }
}
