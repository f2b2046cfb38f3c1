import type { Run } from '../../compile/index.ts';
import { type Fraction, isZero, negated, plus, rational, times } from '../../graph/rational.ts';
import type { Draw } from '../../numeric/random.ts';
import type { Choices } from './choices.ts';
import { Prime } from './prime.ts';
import type { Family } from './primes.ts';
import { type Known, type Origin, Residue, Void } from './residue.ts';

export interface FieldOptions {
  readonly family: Family;
  readonly draw: Draw;
  /** Square roots are looked for in the field; otherwise they are unknown functions. */
  readonly roots: boolean;
  /** Numbers remember how they came about. */
  readonly origins: boolean;
  /** Which branch is taken; without it the sign of a number is an unknown function of it. */
  readonly choices?: Choices | undefined;
  /** Where to note what an evaluation asks for. */
  readonly asked: Asked;
}

/** What an evaluation asks of a field beyond sums, products and quotients. */
export class Asked {
  /** Sine and cosine. */
  circle = false;
  /** Square roots. */
  roots = false;
  /** Roots of odd order, which every number has. */
  oddRoots = false;
  /** Exponentials, logarithms, or symbolic exponents. */
  exponents = false;
  /** Logarithms or signs: how numbers came about. */
  origins = false;
  /** Signs and comparisons. */
  branches = false;
  /** Functions of which nothing is known. */
  functions = false;

  /** Laws that numbers of the field obey only as far as random ones do. */
  get lawful(): boolean {
    return this.circle || this.roots || this.oddRoots || this.exponents;
  }

  /** Nothing: an equation between rational functions is decided either way. */
  get rational(): boolean {
    return !(this.lawful || this.branches || this.functions);
  }
}

/**
 * One draw of finite fields in which the laws of real numbers hold: sums and products, and by what is built on this
 * class powers, roots, exponentials, logarithms, sines. What is equal over the reals is equal here; what is not is equal
 * by chance only, once in p tries or so (Schwartz 1980, Zippel 1979). That functions can be carried over is Gonnet's
 * idea (Determining equivalence of expressions in random polynomial time, 1984).
 */
export class Field {
  readonly p: Prime;
  readonly q: Prime;
  readonly roots: boolean;
  readonly choices: Choices | undefined;
  /** Elements of order q: what exponentials and rotations are powers of. */
  readonly base: number;
  readonly rotation: number;
  /** A root of −1, where there is one. */
  readonly i: number;
  readonly asked: Asked;
  readonly zero: Residue;
  readonly one: Residue;
  private readonly origins: boolean;
  private readonly draw: Draw;
  private readonly index: number;
  private readonly unknowns = new Map<string, Residue>();

  constructor({ family, draw, roots, origins, choices, asked }: FieldOptions) {
    this.asked = asked;
    const pair = family.pairs[Math.floor(draw.uniform(0, family.pairs.length))]!;
    this.p = new Prime(pair.p);
    this.q = new Prime(pair.q);
    this.index = family.index;
    this.draw = draw;
    this.roots = roots;
    this.origins = origins;
    this.choices = choices;
    this.base = this.ofOrderQ();
    this.rotation = this.ofOrderQ();
    this.i = family.index === 2 ? 0 : this.rootOfMinusOne();
    this.zero = this.fromRational(rational(0));
    this.one = this.fromRational(rational(1));
  }

  private ofOrderQ(): number {
    for (;;) {
      const found = this.p.power(this.random(this.p), (this.p.order - 1) / this.q.order);
      if (found !== 1) return found;
    }
  }

  private rootOfMinusOne(): number {
    for (;;) {
      const found = this.p.power(this.random(this.p), (this.p.order - 1) / 4);
      if (this.p.multiply(found, found) === this.p.order - 1) return found;
    }
  }

  private random(prime: Prime): number {
    return 1 + Math.floor(this.draw.uniform(0, prime.order - 1));
  }

  /** Any number of this sign: one of the subgroup in which square roots are unique, or the opposite of one. */
  sample(sign: 1 | -1 = 1): Residue {
    let p = this.random(this.p);
    if (this.roots) {
      p = this.p.power(p, this.index);
      if (sign < 0) p = this.p.negate(p);
    }
    return new Residue(p, this.random(this.q));
  }

  /** Within the subgroup in which square roots are unique: what is taken for positive. */
  isPositive(p: number): boolean {
    return this.p.power(p, this.halves) === 1;
  }

  /** The order of that subgroup; it is odd. */
  get halves(): number {
    return (this.p.order - 1) / this.index;
  }

  fromRational(exact: Fraction): Residue {
    const n = exact.s < 0n ? -exact.n : exact.n;
    const [p, q] = [this.p.of(n), this.q.of(n)];
    if (exact.d === 1n) return new Residue(p, q, { exact });
    const [dp, dq] = [this.p.of(exact.d), this.q.of(exact.d)];
    return new Residue(this.p.multiply(p, this.p.invert(dp)), this.q.multiply(q, this.q.invert(dq)), { exact });
  }

  fromNumber(x: number): Residue {
    return Number.isFinite(x) ? this.fromRational(rational(x)) : this.unknown(String(x), []);
  }

  isZero(x: Residue): boolean {
    return x.p === 0;
  }

  private madeOf(kind: 'product' | 'sum', left: Residue, right: Residue): Origin | undefined {
    return this.origins ? { kind, left, right } : undefined;
  }

  add(x: Residue, y: Residue): Residue {
    if (x.exact && isZero(x.exact)) return y;
    if (y.exact && isZero(y.exact)) return x;
    const exact = x.exact && y.exact && plus(x.exact, y.exact);
    const known: Known = {
      exact,
      flat: x.flat || y.flat,
      jumps: jump(x, y),
      origin: exact ? undefined : this.madeOf('sum', x, y),
    };
    return new Residue(this.p.add(x.p, y.p), this.q.add(x.q, y.q), known);
  }

  multiply(x: Residue, y: Residue): Residue {
    const exact = x.exact && y.exact && times(x.exact, y.exact);
    const known: Known = {
      exact,
      flat: x.flat || y.flat,
      jumps: jump(x, y),
      origin: exact ? undefined : this.madeOf('product', x, y),
    };
    return new Residue(this.p.multiply(x.p, y.p), this.q.multiply(x.q, y.q), known);
  }

  /** Σ aₖ·bₖ; how it came about is found when it is asked for. */
  dot(a: Run<Residue>, b: Run<Residue>): Residue {
    let [p, q, flat] = [0, 0, false];
    for (let k = 0; k < a.steps.length; k++) {
      const x = a.data[a.from + a.steps[k]!]!;
      const y = b.data[b.from + b.steps[k]!]!;
      if (x.jumps || y.jumps || (x.exact && y.exact)) return this.termByTerm(a, b);
      p = this.p.add(p, this.p.multiply(x.p, y.p));
      q = this.q.add(q, this.q.multiply(x.q, y.q));
      flat ||= x.flat || y.flat;
    }
    return new Residue(p, q, { flat, origin: this.origins ? () => this.termByTerm(a, b).origin : undefined });
  }

  private termByTerm(a: Run<Residue>, b: Run<Residue>): Residue {
    return a.steps.reduce(
      (total, step, k) => this.add(total, this.multiply(a.data[a.from + step]!, b.data[b.from + b.steps[k]!]!)),
      this.zero,
    );
  }

  negate(x: Residue): Residue {
    const origin = this.origins && !x.exact ? this.madeOf('product', this.fromNumber(-1), x) : undefined;
    const known: Known = { exact: x.exact && negated(x.exact), flat: x.flat, jumps: x.jumps, origin };
    return new Residue(this.p.negate(x.p), this.q.negate(x.q), known);
  }

  subtract(x: Residue, y: Residue): Residue {
    return this.add(x, this.negate(y));
  }

  reciprocal(x: Residue): Residue {
    if (x.p === 0 || x.q === 0) throw new Void('a division by 0');
    const exact = x.exact?.inverse();
    const origin: Origin | undefined =
      this.origins && !exact ? { kind: 'power', base: x, exponent: this.fromNumber(-1) } : undefined;
    return new Residue(this.p.invert(x.p), this.q.invert(x.q), { exact, flat: x.flat, origin });
  }

  /**
   * A function of which nothing is known: one random value for each list of arguments.
   * @param parity f(−x) = ±f(x), of a function of one argument
   */
  unknown(name: string, args: readonly Residue[], parity?: 1 | -1): Residue {
    const [x] = args;
    if (parity !== undefined && x && this.isUpper(x)) {
      const mirrored = this.unknown(name, [this.negate(x)]);
      return parity === 1 ? mirrored : this.negate(mirrored);
    }
    const key = `${name}:${args.map(keyOf).join(';')}`;
    let value = this.unknowns.get(key);
    if (!value) {
      value = this.sample();
      this.unknowns.set(key, value);
    }
    return args.some((a) => a.flat) ? value.with({ flat: true }) : value;
  }

  /** Of x and −x just one is. */
  isUpper(x: Residue): boolean {
    return x.p > this.p.order / 2;
  }
}

export const keyOf = ({ p, q }: Residue): string => `${p},${q}`;

/** What is made of numbers that are constant between jumps is so, too. */
const jump = (x: Residue, y: Residue): boolean =>
  (x.jumps || y.jumps) && [x, y].every(({ jumps, exact, logical }) => jumps || logical || exact !== undefined);
