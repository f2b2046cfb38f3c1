import { cholesky, choleskySolve, lowerSolve } from './cholesky.ts';
import { backThrough, damped, factored, rankOf } from './qr.ts';
import { length } from './vectors.ts';

/** From so many columns on squares are tried before factors: they take a tenth of the time. */
const MANY = 64;
/** How much smaller than the largest an entry of the triangle of squares may be: they have half the digits. */
const SPARE = 1e-6;
const MOST_REFINEMENTS = 4;
/** What a refinement may leave of the one before: where it leaves more, squares do not have the digits. */
const REFINED = 1e-2;

/** An x that makes ‖A·x − b‖² + ‖D·x‖² least. */
export interface Damped {
  readonly x: Float64Array;
  /** S⁻ᵀ·v, its entries in some order, for a triangle with SᵀS = AᵀA + D². */
  turned(v: Float64Array): Float64Array;
}

/** An x that makes ‖A·x − b‖² least, and what is known of A then. */
export interface Whole extends Damped {
  /** Whether no column of A is, to rounding, a combination of the others: else x is one of many. */
  readonly isOnly: boolean;
  /** Whether its triangle has an inverse, however large. */
  readonly isRegular: boolean;
  /** ‖A·x − b‖ */
  readonly rest: number;
  /** ‖A·x‖, the part of b that the columns of A reach. */
  readonly reached: number;
}

/**
 * The least of ‖A·x − b‖² + ‖D·x‖² for one A and many D. Answers come from the factors A = Q·R, which lose nothing. Where there
 * are many columns they come from AᵀA, as long as that has digits to spare: a damped step needs no more of them, and that of D = 0
 * is refined until it is as good. Björck, Numerical Methods for Least Squares Problems (1996), 2.9 and 6.6.
 */
export class LeastSquares {
  /** ‖b‖ */
  readonly size: number;
  /** Aᵀ·b/‖b‖ */
  readonly gradient: Float64Array;
  /** Whether squares are tried first. */
  readonly isLarge: boolean;
  private readonly a: Float64Array;
  private readonly b: Float64Array;
  private readonly m: number;
  private readonly n: number;
  private readonly columns: Float64Array;
  private readonly gram: (a: Float64Array) => Float64Array;
  private known: { squares?: Squares; factors?: ReturnType<typeof factored>; whole?: Whole } = {};

  /**
   * @param a m×n numbers, row-major
   * @param columns the lengths of its columns
   * @param gram AᵀA, row-major; asked for once at most
   */
  constructor(a: Float64Array, b: Float64Array, columns: Float64Array, gram: (a: Float64Array) => Float64Array) {
    this.a = a;
    this.b = b;
    this.m = b.length;
    this.n = columns.length;
    this.columns = columns;
    this.gram = gram;
    this.isLarge = this.n >= MANY && this.m >= this.n;
    this.size = length(b);
    this.gradient = this.across(b.map((x) => x / this.size));
  }

  get whole(): Whole {
    this.known.whole ??= (this.isLarge ? this.wholeBySquares() : undefined) ?? this.wholeByFactors();
    return this.known.whole;
  }

  /** @param d the diagonal of D */
  damped(d: Float64Array): Damped {
    const found = this.isLarge ? this.dampedBySquares(d) : undefined;
    if (found) return found;
    const { factors, n } = this;
    const { x, s } = damped(factors, n, d);
    return { x, turned: (v) => backThrough(s, factors.order, n, v) };
  }

  /** The same from squares alone; undefined where they do not have the digits. */
  dampedBySquares(d: Float64Array): Damped | undefined {
    const { squares, n } = this;
    const triangle = squares.triangle(d);
    if (!triangle) return undefined;
    const x = squares.scaled(this.gradient.map((g) => g * this.size));
    choleskySolve(triangle.lower, n, x);
    return { x: squares.scaled(x), turned: turnedBy(triangle, squares, n) };
  }

  /** A·v */
  along(v: ArrayLike<number>): Float64Array {
    const { a, m, n } = this;
    const result = new Float64Array(m);
    for (let i = 0, at = 0; i < m; i++) {
      let sum = 0;
      for (let j = 0; j < n; j++, at++) sum += a[at]! * v[j]!;
      result[i] = sum;
    }
    return result;
  }

  /** Aᵀ·v */
  private across(v: ArrayLike<number>): Float64Array {
    const { a, m, n } = this;
    const result = new Float64Array(n);
    for (let i = 0, at = 0; i < m; i++) {
      const own = v[i]!;
      for (let j = 0; j < n; j++, at++) result[j] = result[j]! + a[at]! * own;
    }
    return result;
  }

  private get factors() {
    this.known.factors ??= factored(this.a, this.m, this.n, this.b);
    return this.known.factors;
  }

  private get squares(): Squares {
    this.known.squares ??= new Squares(this.gram(this.a), this.columns);
    return this.known.squares;
  }

  private wholeByFactors(): Whole {
    const { factors, m, n } = this;
    const { x, s } = damped(factors, n, new Float64Array(n));
    return {
      x,
      isOnly: rankOf(factors, n, Number.EPSILON * Math.max(m, n)) === n,
      isRegular: rankOf(factors, n, 0) === n,
      rest: factors.rest,
      reached: length(factors.qtb),
      turned: (v) => backThrough(s, factors.order, n, v),
    };
  }

  private wholeBySquares(): Whole | undefined {
    const { squares, b, columns, m, n } = this;
    const triangle = squares.triangle(new Float64Array(n));
    if (!triangle || !(triangle.least * squares.evenness > Number.EPSILON * Math.max(m, n))) return undefined;
    const x = new Float64Array(n);
    let before = Number.POSITIVE_INFINITY;
    for (let k = 0; k < MOST_REFINEMENTS; k++) {
      const reached = this.along(x);
      const rest = b.map((y, i) => y - reached[i]!);
      const slope = this.across(rest);
      // To rounding the columns are at right angles to what is left: no method knows more.
      const least = Number.EPSILON * Math.sqrt(m) * length(rest);
      if (slope.every((s, j) => Math.abs(s) <= least * columns[j]!)) break;
      const step = squares.scaled(slope);
      choleskySolve(triangle.lower, n, step);
      squares.scaled(step).forEach((t, j) => {
        x[j] = x[j]! + t;
      });
      const change = length(step);
      if (!(change <= REFINED * before)) return undefined;
      if (change <= Number.EPSILON * length(squares.unscaled(x))) break;
      before = change;
    }
    const reached = this.along(x);
    const rest = length(b.map((y, i) => y - reached[i]!));
    return { x, isOnly: true, isRegular: true, rest, reached: length(reached), turned: turnedBy(triangle, squares, n) };
  }
}

interface Triangle {
  /** L of L·Lᵀ. */
  readonly lower: Float64Array;
  /** The least entry of its diagonal, as a share of the largest. */
  readonly least: number;
}

const turnedBy =
  ({ lower }: Triangle, squares: Squares, n: number) =>
  (v: Float64Array): Float64Array => {
    const y = squares.scaled(v);
    lowerSolve(lower, n, y);
    return y;
  };

/** AᵀA of columns that are brought to lengths between ½ and 1 by powers of two, which round nothing. */
class Squares {
  /** The shortest column as a share of the longest. */
  readonly evenness: number;
  private readonly matrix: Float64Array;
  private readonly units: Float64Array;

  constructor(gram: Float64Array, columns: Float64Array) {
    const n = columns.length;
    this.units = columns.map((size) => (size > 0 && Number.isFinite(size) ? 2 ** -Math.ceil(Math.log2(size)) : 1));
    this.evenness = columns.reduce((a, b) => Math.min(a, b)) / columns.reduce((a, b) => Math.max(a, b));
    this.matrix = new Float64Array(n * n);
    for (let i = 0; i < n; i++)
      for (let j = 0; j <= i; j++) this.matrix[i * n + j] = gram[i * n + j]! * this.units[i]! * this.units[j]!;
  }

  scaled(v: Float64Array): Float64Array {
    return v.map((x, j) => x * this.units[j]!);
  }

  unscaled(v: Float64Array): Float64Array {
    return v.map((x, j) => x / this.units[j]!);
  }

  /** The triangle of AᵀA + D² of such columns, where it has digits to spare. */
  triangle(d: Float64Array): Triangle | undefined {
    const n = d.length;
    const lower = this.matrix.slice();
    for (let k = 0; k < n; k++) lower[k * n + k] = lower[k * n + k]! + (d[k]! * this.units[k]!) ** 2;
    if (!cholesky(lower, n)) return undefined;
    let [least, most] = [Number.POSITIVE_INFINITY, 0];
    for (let k = 0; k < n; k++) {
      least = Math.min(least, lower[k * n + k]!);
      most = Math.max(most, lower[k * n + k]!);
    }
    return least > SPARE * most ? { lower, least: least / most } : undefined;
  }
}
