import { absolute, type Fraction, isNegative, isOne, negated, ONE, rational } from '../../graph/rational.ts';
import { type Lengths, lengthOf, type Measured, powerLength, productLength } from '../length.ts';
import { type Base, type Context, exponentOf, type Factored, isBaseOf, isLogarithmOf, reduced, UNIT_POWER } from './factored.ts';
import { commonMonomial, contentOf, generatorsOf, multiply, overTerm, type Polynomial, polynomialKey } from './polynomial.ts';
import { exponentIn, type Powers, pairsOf, timesPowers, without } from './powers.ts';
import { Radicals } from './radicals.ts';
import type { Reader } from './read.ts';
import { rootOf } from './roots.ts';

/** How a product is written out. */
export interface Writing {
  /** Common factors of some terms of a sum in front of them. */
  readonly nested?: boolean;
  /** sin·cos as half of the sine of twice the angle. */
  readonly doubled?: boolean;
  /** Sums to the same power multiplied out: (1 + x)·(1 − x) as 1 − x². */
  readonly merged?: boolean;
  /** A sum divided by generators term by term: (x·a + b)/x as a + b/x. */
  readonly spread?: boolean;
}

/** The common factor of some terms of a polynomial. */
export interface Grouping {
  readonly m: Powers;
  readonly inside: Polynomial;
  readonly outside: Polynomial;
}

/** How long products of polynomials would be, before any of them is written. */
export class Measure {
  private readonly reader: Reader;
  private readonly lengths: Lengths;
  private readonly radicals: Radicals;

  constructor(reader: Reader, lengths: Lengths) {
    this.reader = reader;
    this.lengths = lengths;
    this.radicals = new Radicals(reader, lengths);
  }

  /** The length of a product in a way of writing. */
  of(given: Factored, { nested = false, merged: together = false, spread = false }: Writing): number {
    const { c, powers, roots } = this.radicals.of(given.c, given.powers);
    const f = { c, powers, sums: given.sums };
    const measured = roots.map(({ node }) => this.radicals.measured(node));
    const apart = spread ? spreadOf(f, this.reader) : undefined;
    if (apart) {
      const { rest, p, below } = apart;
      const terms = p.map((t) => Math.abs(this.monomial(rational(t.c < 0n ? -t.c : t.c), timesPowers(below, t.m))));
      const length = terms.reduce((total, l) => total + l + 1, -1);
      if (isOne(rest.c) && rest.powers.length === 0 && rest.sums.length === 0 && roots.length === 0) return length;
      const sum = { length: length + 2, below: false };
      return productLength(rest.c, [...this.generators(rest.powers), ...measured, ...this.sums(rest.sums, nested), sum]);
    }
    const bases = together ? merged(f.sums, this.reader) : f.sums;
    const number = this.turned(f.c, bases);
    const factors = [...this.generators(f.powers), ...measured, ...this.sums(bases, nested)];
    const [lone] = bases;
    // A sum that is all there is has no brackets.
    const isLone = factors.length === 1 && isOne(number) && lone?.e === 1 && this.root(lone.p).e === 1;
    return productLength(number, factors) - (isLone ? 2 : 0);
  }

  /** The number in front, once sums are written as they were spelled, and −(x − 2) as 2 − x. */
  private turned(c: Fraction, bases: readonly Base[]): Fraction {
    let number = absolute(c);
    let negative = isNegative(c);
    for (const { p, e } of bases) {
      const spelled = this.reader.spelling(p);
      const size = spelled && absolute(spelled.factor);
      if (size && !isOne(size)) number = number.mul(size.pow(e)!);
      if (e % 2 === 0) continue;
      if (spelled && isNegative(spelled.factor)) negative = !negative;
      else if (negative && !spelled && mostlyNegative(p)) negative = false;
    }
    return negative ? negated(number) : number;
  }

  private sums(bases: readonly Base[], nested: boolean): Measured[] {
    return bases.map(({ p: whole, e: power }) => {
      const { p, e: times } = this.root(whole);
      const e = power * times;
      const length = this.base(p, nested);
      const n = Math.abs(e);
      return { length: length + 2 + (n === 1 ? 0 : 1 + String(n).length), below: e < 0 };
    });
  }

  /** A polynomial as a power, if it is one. */
  root(p: Polynomial): Base {
    if (p.length < 3) return { p, e: 1 };
    const { roots } = this.reader;
    const key = polynomialKey(p);
    let root = roots.get(key);
    if (!root) {
      root = rootOf(p);
      roots.set(key, root);
    }
    return root;
  }

  private generators(powers: Powers): Measured[] {
    const measured: Measured[] = [];
    let exponential = 0;
    for (let k = 0; k < powers.length; k += 2) {
      const e = powers[k + 1]!;
      const { node, exponent } = this.reader.generators[powers[k]!]!;
      if (!exponent) {
        const p = exponentOf(Math.abs(e));
        measured.push({ length: powerLength(node, lengthOf(node, this.lengths), p), below: e < 0 });
        continue;
      }
      // Exponentials merge: e^u·e^v is e^(u + v).
      const scale = Math.abs(e) === UNIT_POWER ? 0 : 2;
      exponential +=
        (exponential > 0 ? 1 : 5) + (lengthOf(node, this.lengths) - 5) + scale + (e < 0 && exponential === 0 ? 1 : 0);
    }
    if (exponential > 0) measured.push({ length: exponential, below: false });
    return measured;
  }

  private base(p: Polynomial, nested: boolean): number {
    const spelled = this.reader.spelling(p);
    const own = spelled && lengthOf(spelled.node, this.lengths);
    if (own !== undefined && !nested && !spelled!.opens) return own;
    return Math.min(own ?? Number.POSITIVE_INFINITY, this.polynomial(p, nested));
  }

  private polynomial(p: Polynomial, nested: boolean): number {
    const group = nested ? this.grouping(p) : undefined;
    if (!group) {
      let length = p.every((t) => t.c < 0n) ? 0 : -1;
      for (const t of p) length += 1 + this.monomial(rational(t.c < 0n ? -t.c : t.c), t.m);
      return length;
    }
    const { m, inside, outside } = group;
    const content = contentOf(inside);
    const inner = { length: this.polynomial(overTerm(inside, content, []), true) + 2, below: false };
    const first = productLength(rational(content), [...this.generators(m), inner]);
    return outside.length === 0 ? first : first + 1 + this.polynomial(outside, true);
  }

  private monomial(number: Fraction, m: Powers): number {
    const { c, powers, roots } = this.radicals.of(number, m);
    return productLength(c, [...this.generators(powers), ...roots.map(({ node }) => this.radicals.measured(node))]);
  }

  /** The common factor of some terms that saves most characters, if any does. */
  grouping(p: Polynomial): Grouping | undefined {
    if (p.length < 2) return undefined;
    let best: Grouping | undefined;
    let most = 1;
    for (const g of generatorsOf(p)) {
      const having = p.filter((t) => exponentIn(t.m, g) > 0);
      if (having.length < 2) continue;
      const m = commonMonomial(having);
      const length = this.monomial(ONE, m) + 1;
      // A term that is the factor alone leaves a 1 behind.
      const alone = having.filter((t) => t.m.length === m.length && overTerm([t], 1n, m)[0]!.m.length === 0).length;
      const saved = length * (having.length - 1) - 2 - 2 * alone;
      if (saved <= most) continue;
      most = saved;
      best = { m, inside: overTerm(having, 1n, m), outside: p.filter((t) => exponentIn(t.m, g) === 0) };
    }
    return best;
  }
}

/** A polynomial that is better written as minus another one. */
export const mostlyNegative = (p: Polynomial): boolean => 2 * p.filter((t) => t.c < 0n).length >= p.length;

/** Bases to the same power as one. */
export function merged(bases: readonly Base[], context: Context): Base[] {
  const byPower = new Map<number, Polynomial>();
  for (const { p, e } of bases) byPower.set(e, byPower.has(e) ? reduced(multiply(byPower.get(e)!, p), context) : p);
  return [...byPower].map(([e, p]) => ({ p, e }));
}

/** The one sum above the line, and the generators below it that some of its terms have. */
export function spreadOf(
  f: Factored,
  reader: Reader,
): { readonly rest: Factored; readonly p: Polynomial; readonly below: Powers } | undefined {
  const found = f.sums.find(({ e }) => e === 1);
  if (!found) return undefined;
  const own = generatorsOf(found.p);
  // x⁻¹ beside xⁿ is xⁿ⁻¹, which may have a value at 0 where 1/x has none, unless log(x) forbids 0 anyway.
  const powered = (g: number): boolean => {
    const { node } = reader.generators[g]!;
    return (
      pairsOf(f.powers).some(([k]) => isBaseOf(node, reader.generators[k]!)) &&
      !reader.generators.some((other) => isLogarithmOf(node, other))
    );
  };
  const goes = (g: number): boolean =>
    exponentIn(f.powers, g) < 0 && own.has(g) && !reader.generators[g]!.opposite && !powered(g);
  const powers = without(f.powers, goes);
  if (powers.length === f.powers.length) return undefined;
  return {
    rest: { c: f.c, powers, sums: f.sums.filter((base) => base !== found) },
    p: found.p,
    below: without(f.powers, (g) => !goes(g)),
  };
}
