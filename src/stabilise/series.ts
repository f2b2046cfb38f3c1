import type { Fraction } from '../graph/rational.ts';
import { isInteger, isZero, MINUS_ONE, ONE, toNumber } from '../graph/rational.ts';

/** Power series at 0 (Knuth, The Art of Computer Programming 4.7). */

/** xᵛ·(c₀ + c₁x + …), c₀ ≠ 0, as far as it is known. */
export interface Series<T> {
  readonly v: number;
  readonly c: readonly T[];
}

/** A series that there may not be, or that may not be known. */
export type Maybe<T> = Series<T> | undefined;

/** The numbers that coefficients are. */
export interface Numbers<T> {
  readonly zero: T;
  readonly of: (q: Fraction) => T;
  readonly whole: (n: number) => T;
  readonly add: (a: T, b: T) => T;
  readonly times: (a: T, b: T) => T;
  readonly over: (a: T, b: T) => T;
  /** Nothing but rounding is left in the sum of two such numbers. */
  readonly cancelled: (sum: T, a: T, b: T) => boolean;
}

/** The arithmetic of series of so many terms. */
export class SeriesArithmetic<T> {
  readonly n: Numbers<T>;
  readonly terms: number;

  constructor(numbers: Numbers<T>, terms: number) {
    this.n = numbers;
    this.terms = terms;
  }

  /** c·xᵛ */
  monomial(q: Fraction, v = 0): Maybe<T> {
    if (isZero(q)) return undefined;
    return { v, c: [this.n.of(q), ...Array<T>(this.terms - 1).fill(this.n.zero)] };
  }

  /** The sum, 0 if nothing but rounding is left of it. */
  private plus(a: T, b: T): T {
    const sum = this.n.add(a, b);
    return this.n.cancelled(sum, a, b) ? this.n.zero : sum;
  }

  add(a: Series<T>, b: Series<T>): Maybe<T> {
    const v = Math.min(a.v, b.v);
    const known = Math.min(a.v + a.c.length, b.v + b.c.length) - v;
    const c: T[] = [];
    for (let k = 0; k < known; k++) {
      const [p, q] = [a.c[k + v - a.v] ?? this.n.zero, b.c[k + v - b.v] ?? this.n.zero];
      c.push(this.plus(p, q));
    }
    return this.leading(v, c);
  }

  /** The series without the zeros that it begins with. */
  private leading(v: number, c: readonly T[]): Maybe<T> {
    const first = c.findIndex((x) => x !== this.n.zero);
    return first < 0 ? undefined : { v: v + first, c: first === 0 ? c : c.slice(first) };
  }

  times(a: Series<T>, b: Series<T>): Series<T> {
    const length = Math.min(a.c.length, b.c.length);
    const c: T[] = [];
    for (let k = 0; k < length; k++) {
      let sum = this.n.zero;
      for (let j = 0; j <= k; j++) if (a.c[j] !== this.n.zero) sum = this.plus(sum, this.n.times(a.c[j]!, b.c[k - j]!));
      c.push(sum);
    }
    return { v: a.v + b.v, c };
  }

  /** aᵖ by J. C. P. Miller's recurrence. */
  power(a: Series<T>, p: Fraction): Maybe<T> {
    const v = a.v * toNumber(p);
    const first = this.leadingPower(a.c[0]!, p);
    if (!Number.isInteger(v) || first === undefined) return undefined;
    const c: T[] = [first];
    for (let k = 1; k < a.c.length; k++) {
      let sum = this.n.zero;
      for (let j = 1; j <= k; j++) {
        if (a.c[j] === this.n.zero) continue;
        const weight = this.n.of(p.mul(j).sub(k - j));
        sum = this.plus(sum, this.n.times(weight, this.n.times(a.c[j]!, c[k - j]!)));
      }
      c.push(this.n.over(sum, this.n.times(this.n.whole(k), a.c[0]!)));
    }
    return { v, c };
  }

  private leadingPower(c: T, p: Fraction): T | undefined {
    const one = this.n.whole(1);
    if (c === one) return c;
    if (!isInteger(p) || p.n > 16n) return undefined;
    let product = one;
    for (let k = 0n; k < p.n; k++) product = this.n.times(product, c);
    return p.s < 0n ? this.n.over(one, product) : product;
  }

  /** f(u) from f′(u) = baseᵖ and f = 0 where the series begins. */
  bySlope(u: Series<T>, base: Maybe<T>, p: Fraction): Maybe<T> {
    const factor = base && this.power(base, p);
    const slope = this.leading(
      u.v - 1,
      u.c.map((x, k) => (u.v + k === 0 ? this.n.zero : this.n.times(this.n.whole(u.v + k), x))),
    );
    const product = factor && slope && this.times(factor, slope);
    if (!product || product.v < 0) return undefined;
    return { v: product.v + 1, c: product.c.map((x, k) => this.n.over(x, this.n.whole(product.v + k + 1))) };
  }

  exp(u: Series<T>): Maybe<T> {
    return this.solved(u, [this.n.whole(1)], [1], [0]);
  }

  sin(u: Series<T>): Maybe<T> {
    return this.solved(u, [this.n.zero, this.n.whole(1)], [1, -1], [1, 0]);
  }

  cos(u: Series<T>): Maybe<T> {
    return this.solved(u, [this.n.whole(1), this.n.zero], [-1, 1], [1, 0]);
  }

  /** The first yᵢ of a system yᵢ′ = signᵢ·y_from(i)·u′, for a u without a constant term. */
  private solved(u: Series<T>, first: readonly T[], signs: readonly number[], from: readonly number[]): Maybe<T> {
    if (u.v < 1) return undefined;
    const ys = first.map((x) => [x]);
    for (let k = 1; k < u.v + u.c.length; k++) {
      const next = ys.map((_, i) => {
        let sum = this.n.zero;
        for (let j = u.v; j <= k; j++) {
          const c = u.c[j - u.v]!;
          if (c !== this.n.zero)
            sum = this.plus(sum, this.n.times(this.n.times(this.n.whole(j * signs[i]!), c), ys[from[i]!]![k - j]!));
        }
        return this.n.over(sum, this.n.whole(k));
      });
      for (const [i, x] of next.entries()) ys[i]!.push(x);
    }
    return this.leading(0, ys[0]!.slice(0, this.terms));
  }

  /** log u, for a u that begins with 1. */
  log(u: Series<T>): Maybe<T> {
    return u.v === 0 && u.c[0] === this.n.whole(1) ? this.bySlope(u, u, MINUS_ONE) : undefined;
  }

  /** 1 + sign·u² */
  oneAnd(sign: 1 | -1, u: Series<T>): Maybe<T> {
    const square = this.times(u, u);
    const one = this.monomial(ONE)!;
    return this.add(one, sign === 1 ? square : this.times(square, this.monomial(MINUS_ONE)!));
  }
}
