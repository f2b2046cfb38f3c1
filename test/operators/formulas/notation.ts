import { type Token, tokens } from './tokens.ts';
import {
  add,
  asMatrix,
  asNumber,
  divided,
  each,
  entries,
  inverse,
  isMatrix,
  multiplied,
  negated,
  transposed,
  type Value,
} from './values.ts';

/** Reads a formula of a rule, in the notation of books, as a function of what its letters are worth. */

export interface Scope {
  /** What letters are worth; `n` among them, the length of a vector. */
  readonly letters: ReadonlyMap<string, Value>;
  /** How fast letters move: what u′ is worth. One without a rate rests. */
  readonly rates: ReadonlyMap<string, Value>;
  /** The letters of the arguments: what a function is of if nothing stands behind it. */
  readonly own: readonly string[];
}

/** A function by how it is written; `order` is what stands raised in parentheses or lowered: ψ⁽²⁾, Jₙ. */
export type Call = (args: readonly Value[], order: number | undefined) => Value;
export type Calls = (name: string) => Call | undefined;

export type Meaning = (scope: Scope) => Value;

/** @param bare functions stand without arguments, so that σ(1 − σ) is a product */
export function meaningOf(text: string, calls: Calls, known: ReadonlySet<string>, bare = false): Meaning {
  // uv is a product.
  const isProduct = (name: string): boolean => !known.has(name) && !calls(name) && [...name].every((letter) => known.has(letter));
  const list = tokens(text).flatMap((token) =>
    token.kind === 'name' && isProduct(token.text) ? [...token.text].map((own): Token => ({ kind: 'name', text: own })) : [token],
  );
  return new Reader(list, calls, known, bare).whole();
}

const RELATIONS: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
  '≤': (a, b) => a <= b,
  '≥': (a, b) => a >= b,
  '=': (a, b) => a === b,
  '≠': (a, b) => a !== b,
};

const STEP = 1e-3;

/** How fast something moves with its letters, by extrapolated differences. */
export function rateOf(meaning: Meaning, scope: Scope): Value {
  const at = (t: number): Value => {
    const letters = new Map([...scope.letters].map(([name, value]) => [name, moved(value, scope.rates.get(name) ?? 0, t)]));
    return meaning({ ...scope, letters });
  };
  const slope = (h: number): Value => divided(add(at(h), negated(at(-h))), 2 * h);
  const [a, b, c] = [slope(STEP), slope(STEP / 2), slope(STEP / 4)] as const;
  return each((x, y, z) => (64 * z - 20 * y + x) / 45, a, b, c);
}

const moved = (value: Value, rate: Value, t: number): Value => each((x, r) => x + t * r, value, rate);

class Reader {
  private at = 0;
  /** Within |…| a bar is the end. */
  private bars = 0;

  constructor(
    private readonly list: readonly Token[],
    private readonly calls: Calls,
    private readonly known: ReadonlySet<string>,
    private readonly bare: boolean,
  ) {}

  whole(): Meaning {
    const meaning = this.choice();
    if (this.at < this.list.length)
      throw new Error(
        `not read: ${this.list
          .slice(this.at)
          .map((t) => t.text)
          .join(' ')}`,
      );
    return meaning;
  }

  private get next(): Token | undefined {
    return this.list[this.at];
  }

  private takes(text: string): boolean {
    if (this.next?.text !== text || this.next.kind === 'raised' || this.next.kind === 'lowered') return false;
    this.at++;
    return true;
  }

  private needs(text: string): void {
    if (!this.takes(text)) throw new Error(`${text} is missing before ${this.next?.text ?? 'the end'}`);
  }

  /** `1 if u > v, ½ if u = v, else 0` */
  private choice(): Meaning {
    const value = this.sum();
    if (!this.takes('if')) return value;
    const condition = this.relation();
    this.needs(',');
    const other = this.takes('else') ? this.sum() : this.choice();
    return (s) => (condition(s) === 1 ? value(s) : other(s));
  }

  /** 1 where it holds, 0 elsewhere. */
  private relation(): Meaning {
    const sides = [this.sum()];
    const signs: ((a: number, b: number) => boolean)[] = [];
    for (let sign = RELATIONS[this.next?.text ?? '']; sign; sign = RELATIONS[this.next?.text ?? '']) {
      this.at++;
      signs.push(sign);
      sides.push(this.sum());
    }
    return (s) => Number(signs.every((holds, k) => holds(asNumber(sides[k]!(s)), asNumber(sides[k + 1]!(s)))));
  }

  private sum(): Meaning {
    const isNegative = this.takes('−');
    if (!isNegative) this.takes('+');
    const first = isNegative ? negative(this.term()) : this.term();
    const terms = [first];
    for (;;) {
      if (this.takes('+')) terms.push(this.term());
      else if (this.takes('−')) terms.push(negative(this.term()));
      else return (s) => terms.slice(1).reduce((total, term) => add(total, term(s)), first(s));
    }
  }

  private term(): Meaning {
    let value = this.beside();
    for (;;) {
      const left = value;
      const isProduct = this.takes('·');
      if (!isProduct && !this.takes('/')) return value;
      const right = this.beside();
      value = isProduct ? (s) => multiplied(left(s), right(s)) : (s) => divided(left(s), right(s));
    }
  }

  /** Factors side by side: 2√u. */
  private beside(): Meaning {
    const factors = [this.power()];
    while (this.next && (['number', 'name'].includes(this.next.kind) || /^[(√∛]$/u.test(this.next.text)) && !isWord(this.next))
      factors.push(this.power());
    return (s) => factors.slice(1).reduce((total, factor) => multiplied(total, factor(s)), factors[0]!(s));
  }

  private power(): Meaning {
    let value = this.primary();
    for (;;) {
      const base = value;
      if (this.takes('′')) value = (s) => rateOf(base, s);
      else if (this.takes('^')) value = raised(base, this.primary());
      else if (this.next?.kind === 'raised') value = this.exponent(base, this.list[this.at++]!.text);
      else if (this.next?.kind === 'lowered') value = entry(base, this.list[this.at++]!.text);
      else return value;
    }
  }

  private exponent(base: Meaning, text: string): Meaning {
    if (text === 'T' || text === '+T') return (s) => transposed(asMatrix(base(s)));
    if (text === '−T') return (s) => transposed(inverse(asMatrix(base(s))));
    const exponent = this.within(text);
    return raised(base, exponent);
  }

  private within(text: string): Meaning {
    return meaningOf(text, this.calls, this.known, this.bare);
  }

  private primary(): Meaning {
    const token = this.list[this.at++];
    if (!token) throw new Error('the formula ends too early');
    if (token.kind === 'number') return () => (token.text === '½' ? 0.5 : Number(token.text));
    if (token.kind === 'name') return this.name(token.text);
    if (token.kind === 'raised') {
      this.needs('√');
      return root(this.primary(), this.within(token.text));
    }
    return this.enclosed(token.text);
  }

  private enclosed(sign: string): Meaning {
    switch (sign) {
      case '(':
        return this.upTo(')', (x) => x);
      case '|':
        return this.absolute();
      case '⌊':
        return this.upTo('⌋', (x) => each(Math.floor, x));
      case '‖':
        return this.norm();
      case '[': {
        const holds = this.relation();
        this.needs(']');
        return holds;
      }
      case '√':
        return root(this.primary(), () => 2);
      case '∛':
        return root(this.primary(), () => 3);
      case 'Σ':
        return this.over((list) => list.reduce((a, b) => a + b, 0));
      case 'Π':
        return this.over((list) => list.reduce((a, b) => a * b, 1));
      default:
        throw new Error(`${sign} is no beginning`);
    }
  }

  private upTo(sign: string, make: (x: Value) => Value): Meaning {
    const inside = sign === ')' ? this.choice() : this.sum();
    this.needs(sign);
    return (s) => make(inside(s));
  }

  private absolute(): Meaning {
    this.bars++;
    const inside = this.sum();
    this.bars--;
    this.needs('|');
    return (s) => each(Math.abs, inside(s));
  }

  private norm(): Meaning {
    const inside = this.sum();
    this.needs('‖');
    const order = this.next?.kind === 'lowered' ? this.within(this.list[this.at++]!.text) : () => 2;
    return (s) => {
      const p = asNumber(order(s));
      return entries(inside(s)).reduce((sum, x) => sum + Math.abs(x) ** p, 0) ** (1 / p);
    };
  }

  /** All entries of what follows, or all places of a letter: Σⱼ≥ᵢ yⱼ. */
  private over(make: (list: readonly number[]) => number): Meaning {
    if (this.next?.kind !== 'lowered') {
      const whole = this.power();
      return (s) => make(entries(whole(s)));
    }
    const letter = this.list[this.at++]!.text;
    // Over all places of the letter, or those in a relation to another one.
    const isIn = RELATIONS[this.next?.text ?? ''] ?? (() => true);
    const isRelated = (this.next?.text ?? '') in RELATIONS;
    if (isRelated) this.at++;
    const than = isRelated ? this.list[this.at++]!.text : 'n';
    const each = this.beside();
    return (s) => {
      const places = Array.from({ length: asNumber(s.letters.get('n')!) }, (_, k) => k + 1);
      const chosen = places.filter((k) => isIn(k, asNumber(s.letters.get(than)!)));
      return make(chosen.map((k) => asNumber(each({ ...s, letters: new Map(s.letters).set(letter, k) }))));
    };
  }

  /** A letter, or a function with what stands behind it. */
  private name(text: string): Meaning {
    if (text === 'e') return () => Math.E;
    if (text === 'π') return () => Math.PI;
    const call = this.calls(text);
    if (this.known.has(text) || !call) return (s) => letter(s, text);
    const order = this.order();
    const exponent = this.next?.kind === 'raised' ? this.within(this.list[this.at++]!.text) : undefined;
    const args = this.args();
    const value: Meaning = (s) => {
      const own = order ? s.own.filter((name) => name !== 'n') : s.own;
      return call(args ? args.map((arg) => arg(s)) : own.map((name) => letter(s, name)), order && asNumber(order(s)));
    };
    return exponent ? raised(value, exponent) : value;
  }

  private order(): Meaning | undefined {
    const { next } = this;
    const isOrder = next?.kind === 'lowered' || (next?.kind === 'raised' && next.text.startsWith('('));
    if (!isOrder) return undefined;
    this.at++;
    return this.within(next.text);
  }

  private args(): Meaning[] | undefined {
    if (this.bare && this.next?.text === '(') return undefined;
    if (this.takes('(')) {
      const list = [this.choice()];
      while (this.takes(',')) list.push(this.choice());
      this.needs(')');
      return list;
    }
    const { next } = this;
    const isNext =
      next && !isWord(next) && (['number', 'name'].includes(next.kind) || (this.bars === 0 ? /^[|Σ]$/u : /^Σ$/u).test(next.text));
    return isNext ? [this.power()] : undefined;
  }
}

const isWord = ({ text }: Token): boolean => text === 'if' || text === 'else';

function letter({ letters }: Scope, name: string): Value {
  const value = letters.get(name);
  if (value === undefined) throw new Error(`${name} is nothing`);
  return value;
}

const negative =
  (value: Meaning): Meaning =>
  (s) =>
    negated(value(s));

/** Of a matrix only its inverse; of numbers, and of e to the entries of a vector, powers. */
const raised =
  (base: Meaning, exponent: Meaning): Meaning =>
  (s) => {
    const [x, p] = [base(s), exponent(s)];
    return isMatrix(x) && p === -1 ? inverse(x) : each((a, b) => a ** b, x, p);
  };

const root =
  (of: Meaning, degree: Meaning): Meaning =>
  (s) =>
    each((x, n) => (n % 2 === 1 && x < 0 ? -((-x) ** (1 / n)) : x ** (1 / n)), of(s), degree(s));

/** Aᵢⱼ, xᵢ, or 1 where the letters of δᵢⱼ are equal. */
const entry =
  (of: Meaning, letters: string): Meaning =>
  (s) => {
    const [i = 1, j = 1] = [...letters].map((name) => asNumber(letter(s, name)));
    return asMatrix(of(s))[i - 1]![j - 1]!;
  };
