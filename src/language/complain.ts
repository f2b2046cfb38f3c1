import type { OpenBracket } from './brackets.ts';
import { GradusError } from './diagnostics.ts';
import type { Reading } from './earley.ts';
import { spanOf } from './run.ts';
import type { Token } from './tokens.ts';
import type { Span } from './tree.ts';
import { placeOf } from './unreadable.ts';
import { ELEMENTARY } from './words.ts';

/** Two symbols side by side that mean something elsewhere. */
const ELSEWHERE: Record<string, string> = {
  '**': 'a power is written ^, or .^ entry by entry',
  '//': 'division is written /; a comment starts with #',
  '=<': 'less or equal is written <=',
  '=>': 'greater or equal is written >=; a function is defined as f(x) = …',
  '<>': 'different is written !=',
  '==': 'equality is compared with ==, without a space in it',
  '===': 'equality is compared with ==',
  '!==': 'different is written !=',
  '+=': 'a definition is final: what changes has a name of its own',
  '-=': 'a definition is final: what changes has a name of its own',
  '*=': 'a definition is final: what changes has a name of its own',
  '/=': 'a definition is final: what changes has a name of its own',
  '^=': 'a definition is final: what changes has a name of its own',
  ':=': 'a definition is written with =',
  '||': 'logical or is written: or',
};

const PRIMED = /(?<name>[\p{L}_][\p{L}\p{M}\p{N}_]*)(?<primes>['′]+)\s*$/u;
/** What the arguments of a function may be called. */
const LETTERS = ['x', 'y', 'z', 'u', 'v', 'w'];

/** Why a source that has no parse has none: the first token that cannot stand where it stands. */
export function complain(text: string, { tokens, failure }: Reading): GradusError {
  if (!failure || tokens.list.length === 0) {
    const hint = 'write an expression such as x^2*sin(x), or a model that ends with minimize …';
    return new GradusError('syntax', 'the source is empty', { span: { start: 0, end: 0 }, hint });
  }
  const place = new Place(text, tokens.list, failure.index, failure.expected);
  if (place.token.type === 'unreadable' && tokens.problem) return tokens.problem;
  return place.neverClosed(tokens.unclosed) ?? place.missingOperand() ?? place.missingOperator() ?? place.other();
}

class Place {
  readonly token: Token;
  private readonly text: string;
  private readonly list: readonly Token[];
  private readonly index: number;
  private readonly previous: Token | undefined;
  private readonly expected: ReadonlySet<string>;

  constructor(text: string, list: readonly Token[], index: number, expected: ReadonlySet<string>) {
    // An unwritten product is not what the reader sees; what follows it is.
    const unwritten = list[index]!.type === 'infix' && list[index]!.text === '';
    this.text = text;
    this.list = list;
    this.index = unwritten ? index + 1 : index;
    this.token = list[this.index]!;
    this.previous = list[index - 1];
    this.expected = expected;
  }

  /** A bracket that stays open to the end swallows the lines after it: what is wrong is the bracket. */
  neverClosed(unclosed: readonly OpenBracket[]): GradusError | undefined {
    const bracket = unclosed.findLast(({ opener }) => opener.start < this.token.start);
    if (!bracket || this.expected.has('number')) return undefined;
    const swallowed = /[\r\n]/.test(this.text.slice(bracket.opener.end, this.token.start));
    if (this.token.type !== 'end' && !swallowed) return undefined;
    const symbol = this.written(bracket.opener);
    return new GradusError('syntax', `this \`${symbol}\` is never closed`, {
      span: spanOf(bracket.opener),
      hint: `a \`${bracket.closer}\` is missing after it`,
    });
  }

  missingOperand(): GradusError | undefined {
    if (!this.expected.has('number')) return undefined;
    return this.error(`${this.found()} where an operand was expected`, this.operandHint());
  }

  private operandHint(): string | undefined {
    const { token, previous } = this;
    const touching = previous && this.written(previous) + this.written(token);
    if (touching && ELSEWHERE[touching]) return ELSEWHERE[touching];
    if (token.type === 'end') return previous && `something is missing after \`${this.written(previous)}\``;
    if (!previous || previous.type === 'end') {
      if (token.text === '=') return 'a definition is written name = …';
      return 'a line goes on if the one before it ends with an operator, or inside brackets';
    }
    if (previous.type === 'bracket' && token.text === ']') return 'a bracket literal has at least one entry';
    if (previous.text === '(' && token.text === ')') return 'there is nothing between the parentheses';
    if (previous.text === ',' && !token.operator) return 'a list does not end with a comma';
    if (token.operator) return `something is missing between \`${this.written(previous)}\` and \`${this.written(token)}\``;
    return undefined;
  }

  /** An operand has ended, and something stands there that neither continues nor ends the expression. */
  missingOperator(): GradusError | undefined {
    const { token, previous } = this;
    if (!this.expected.has('infix') || !previous) return undefined;
    switch (token.type === 'punctuation' ? token.text : token.type) {
      case '=':
        return this.error('`=` cannot stand here', this.equalsHint());
      case ':':
        return this.error(
          'this `:` belongs to nothing',
          'a choice is written condition ? a : b; a range stands in the brackets of A[1:n]',
        );
      case ',':
        return (
          this.primedCall() ??
          this.error('a `,` separates only what stands in brackets', 'a call is written f(x, y); a vector is written [x, y]')
        );
      case ';':
        return this.error(
          `\`;\` inside ${this.surrounding()}`,
          'statements end outside brackets; `;` separates the rows of [1, 2; 3, 4]',
        );
      case '~':
        return this.error('`~` cannot stand here', 'an initializer belongs to a parameter: param W : [3, 2] ~ xavier');
      case ')':
      case ']':
        return this.error(`${this.found()} where \`:\` was expected`, 'the range of an index has two bounds: i=1:n');
      case 'end':
        return this.error(`${this.found()} inside ${this.surrounding()}`, undefined);
      default:
        return this.error(
          `${this.name(token)} follows ${this.name(previous)} without an operator between them`,
          this.juxtapositionHint(),
        );
    }
  }

  private equalsHint(): string {
    const before = this.list[this.index - 2];
    const broken = before && /[\r\n]/.test(this.text.slice(before.end, this.previous!.start));
    if (broken && !this.opener()) return `the line before ends with \`${this.written(before)}\`, so it goes on here`;
    return 'equality is compared with ==; one statement defines one name';
  }

  private juxtapositionHint(): string | undefined {
    const { token, previous } = this;
    const left = this.written(previous!);
    const right = this.written(token);
    if (this.opener()?.type === 'bracket')
      return 'entries are separated by commas, rows by semicolons; a product is written with *';
    if (token.type === 'bracket')
      return `a subscript follows its array without a space: \`${left}[…]\`; a product is written with *`;
    if (right === '|' && this.opener()?.text === '||')
      return '`||` is the norm ‖x‖; a space separates the bars of nested absolute values: | |a| - b|';
    if (token.type === 'bar') return 'logical or is written: or; no space follows the bar that |x| begins with';
    if (ELEMENTARY.has(left)) return `write ${left}(${this.piece()})`;
    if (token.operator) return `for example ${left} and ${right} …`;
    return /^[\p{L}\p{N}_]+$/u.test(left + right) ? `for the product write ${left}*${right}` : 'a product is written with *';
  }

  /** What stands from the token on, up to an operator: `2x^2` of `sin 2x^2 + 1`. */
  private piece(): string {
    return /^[\p{L}\p{N}\p{M}_.]+(?:\^\d+)?/u.exec(this.text.slice(this.token.start))?.[0] ?? this.written(this.token);
  }

  /** In a declaration. */
  other(): GradusError {
    const { token, previous, expected } = this;
    const message = `${this.found()} where ${this.wanted()} was expected`;
    if (expected.has('bracket')) return this.error(message, 'a shape is written [m, n], a vector [n]; a scalar has none');
    if (previous?.type === 'name' && (token.type === 'bracket' || token.type === 'subscript')) {
      return this.error(message, `a shape stands after a colon: ${previous.text} : […]`);
    }
    if (token.type === 'callee') return this.error('a function is not declared', `a function is defined as ${token.text}(x) = …`);
    if (expected.has('~') && token.type === 'number') return this.error(message, 'a value stands after `=`');
    return this.error(message, undefined);
  }

  private wanted(): string {
    const { expected } = this;
    if (expected.has('bracket')) return 'a shape in brackets';
    if (expected.has('~')) return '`:`, `=`, `~` or the end of the declaration';
    if (expected.has('name')) return 'a name';
    const words = [...expected].map((word) =>
      word === 'end' ? 'the end of the statement' : word === 'endbar' ? 'the closing bar' : `\`${word}\``,
    );
    return words.length > 0 ? words.join(' or ') : 'nothing more';
  }

  /** `g'(2, 3)`: a derivative by what, at a point. */
  private primedCall(): GradusError | undefined {
    const opener = this.opener();
    const primed = opener?.text === '(' ? PRIMED.exec(this.text.slice(0, opener.start)) : null;
    if (!opener || !primed) return undefined;
    const { name, primes } = primed.groups!;
    const point = this.argumentsAfter(opener);
    const by = primes!.length > 1 ? `x, ${primes!.length}` : 'x';
    const letters = LETTERS.slice(0, point.length).join(', ');
    const hint = `write ${name}_x(${letters}) = diff(${name}(${letters}), ${by}), then ${name}_x(${point.join(', ')})`;
    const called = `${name}${primes}`;
    return new GradusError('syntax', `${called} does not say which argument of ${name} it is derived by`, {
      span: { start: opener.start - primed[0].length, end: opener.start },
      hint: point.length <= LETTERS.length ? hint : undefined,
    });
  }

  /** The arguments of a call, as they are written. */
  private argumentsAfter(opener: Token): string[] {
    const found: string[] = [];
    let [depth, start] = [0, opener.end];
    for (const token of this.list.slice(this.list.indexOf(opener) + 1)) {
      const closes = token.text === ')' || token.text === ']';
      if (depth === 0 && (token.text === ',' || closes || token.type === 'end')) {
        found.push(this.text.slice(start, token.start).trim());
        start = token.end;
        if (token.text !== ',') return found;
      }
      if (closes) depth--;
      else if (token.text === '(' || token.type === 'bracket' || token.type === 'subscript') depth++;
    }
    return found;
  }

  /** The innermost bracket around the token. */
  private opener(): Token | undefined {
    const open: Token[] = [];
    for (const token of this.list.slice(0, this.index)) {
      if (token.text === '(' || token.type === 'bracket' || token.type === 'subscript' || token.type === 'bar') open.push(token);
      else if (token.text === ')' || token.text === ']' || token.type === 'endbar') open.pop();
    }
    return open.pop();
  }

  private surrounding(): string {
    const opener = this.opener();
    return opener ? `the \`${this.written(opener)}\` of ${placeOf(this.text, opener)}` : 'an expression';
  }

  private found(): string {
    const { token } = this;
    if (token.type !== 'end') return `${this.name(token)} stands`;
    return this.text.slice(token.end).trim() === '' ? 'the source ends' : 'the statement ends';
  }

  private name(token: Token): string {
    const written = this.written(token);
    const short = written.length > 40 ? `${written.slice(0, 39)}…` : written;
    if (token.type === 'number' || token.type === 'fraction') return `the numeral \`${short}\``;
    if (token.type === 'name' || token.type === 'callee' || token.type === 'indexed') return `the name \`${short}\``;
    return `\`${short}\``;
  }

  /** The end is behind what stands last, not behind the lines without anything that may follow it. */
  private place(): Span {
    const { token, previous } = this;
    if (token.type !== 'end' || !previous || /\S/.test(this.text.slice(token.end))) return spanOf(token);
    return { start: previous.end, end: previous.end };
  }

  private written(token: Token): string {
    return this.text.slice(token.start, token.end);
  }

  private error(message: string, hint: string | undefined): GradusError {
    return new GradusError('syntax', message, { span: this.place(), hint });
  }
}
