import type { Node } from '../../graph/node.ts';
import { type Fraction, isOne, isZero, ONE, rational, times } from '../../graph/rational.ts';
import {
  collected,
  commonMonomial,
  contentOf,
  divide,
  exponentIn,
  gcdOf,
  multiply,
  overTerm,
  type Polynomial,
  polynomialKey,
  power,
  type Term,
  TooLong,
} from './polynomial.ts';

/** Exponents are counted in sixtieths, so that roots are whole numbers too. */
export const UNIT_POWER = 60;

/** What a polynomial is made of: a variable, a function, a root of a sum, a power with a symbol in its exponent. */
export interface Generator {
  readonly id: number;
  readonly node: Node;
  /** For each axis of the node, the index that it runs over; none for a scalar. */
  readonly own: readonly number[];
  /** For the base of a root: its value, which whole powers of it stand for. */
  readonly value?: Factored;
  /** For a power with a symbol in its exponent: its base. */
  readonly base?: Node;
  /** For an exponential: its exponent, and the generator with the opposite one. */
  readonly exponent?: Node;
  readonly opposite?: () => Generator;
}

/** c · Π generators · Π polynomials, each to a power: a product as people keep it, nothing multiplied out. */
export interface Factored {
  readonly c: Fraction;
  readonly powers: ReadonlyMap<number, number>;
  readonly sums: ReadonlyMap<string, Base>;
}
export interface Base {
  readonly p: Polynomial;
  /** A whole power. */
  readonly e: number;
}

/** A relation among generators that shortens polynomials: s² as 1 − c². */
export interface Relation {
  readonly square: number;
  readonly value: Polynomial;
}

const NO_POWERS: ReadonlyMap<number, number> = new Map();
const NO_SUMS: ReadonlyMap<string, Base> = new Map();

export const number = (c: Fraction): Factored => ({ c, powers: NO_POWERS, sums: NO_SUMS });
export const generatorPower = (g: Generator, e: number): Factored => ({ c: ONE, powers: new Map([[g.id, e]]), sums: NO_SUMS });

const isNumber = (f: Factored): boolean => f.powers.size === 0 && f.sums.size === 0;

export function product(factors: readonly Factored[]): Factored {
  if (factors.length === 1) return factors[0]!;
  let c = ONE;
  let first: Factored | undefined;
  let several = false;
  for (const f of factors) {
    c = times(c, f.c);
    if (isNumber(f)) continue;
    several = first !== undefined;
    first ??= f;
    if (several) break;
  }
  if (!several) return { c, powers: first?.powers ?? NO_POWERS, sums: first?.sums ?? NO_SUMS };
  c = ONE;
  const powers = new Map<number, number>();
  const sums = new Map<string, Base>();
  for (const f of factors) {
    c = times(c, f.c);
    for (const [g, e] of f.powers) {
      const total = (powers.get(g) ?? 0) + e;
      if (total === 0) powers.delete(g);
      else powers.set(g, total);
    }
    for (const [key, { p, e }] of f.sums) {
      const total = (sums.get(key)?.e ?? 0) + e;
      if (total === 0) sums.delete(key);
      else sums.set(key, { p, e: total });
    }
  }
  return { c, powers, sums };
}

/** fⁿ for a whole n. */
export function raised(f: Factored, n: number): Factored {
  if (n === 1) return f;
  if (Math.abs(n) > 64 || isZero(f.c)) throw new TooLong();
  return { c: isOne(f.c) ? ONE : f.c.pow(n)!, ...scaledExponents(f, n) };
}

function scaledExponents(f: Factored, n: number): Pick<Factored, 'powers' | 'sums'> {
  const powers = new Map<number, number>();
  const sums = new Map<string, Base>();
  for (const [g, e] of f.powers) powers.set(g, e * n);
  for (const [key, { p, e }] of f.sums) sums.set(key, { p, e: e * n });
  return { powers, sums };
}

/** What is known while one expression is rewritten. */
export interface Context {
  readonly generators: readonly Generator[];
  readonly relations: readonly Relation[];
}

/** A polynomial as a product: its content, its common monomial, what is left as one base. */
export function primitive(p: Polynomial, { generators }: Context, c: Fraction = ONE): Factored {
  if (p.length === 0) return number(rational(0));
  const content = contentOf(p);
  const m = commonMonomial(p);
  const rest = overTerm(p, content, m);
  const powers = new Map<number, number>();
  for (let k = 0; k < m.length; k += 2) {
    const other = generators[m[k]!]!.opposite?.().id ?? m[k]!;
    // e⁻ᵘ is a negative power of eᵘ.
    if (other < m[k]!) powers.set(other, (powers.get(other) ?? 0) - m[k + 1]!);
    else powers.set(m[k]!, m[k + 1]!);
  }
  const sums = rest.length > 1 ? new Map([[polynomialKey(rest), { p: rest, e: 1 }]]) : NO_SUMS;
  return { c: times(c, rational(content)), powers, sums };
}

/** The sum of products over their common denominator, in lowest terms as far as the denominator's own factors go. */
export function sum(terms: readonly Factored[], context: Context): Factored {
  const { generators } = context;
  let parts = terms.filter((t) => !isZero(t.c));
  for (const root of generators) if (root.value) parts = parts.map((t) => rooted(t, root));
  if (parts.length === 0) return number(rational(0));
  if (parts.length === 1) return parts[0]!;
  let common = commonOf(parts, context);
  let rests = parts.map((t) => residue(t, common, context));
  if (rests.some(isFraction)) {
    // A root of a quotient brought denominators in.
    parts = rests;
    const more = commonOf(parts, context);
    rests = parts.map((t) => residue(t, more, context));
    common = product([common, more]);
  }
  let lcm = 1n;
  for (const { c } of rests) lcm = (lcm * c.d) / gcdOf(lcm, c.d);
  const numerator: Term[] = [];
  for (const rest of rests) numerator.push(...expanded(rest, lcm, context));
  return product([common, cancelled(reduced(collected(numerator), context), common, rational(lcm).inverse(), context)]);
}

function isFraction(f: Factored): boolean {
  for (const e of f.powers.values()) if (e < 0) return true;
  for (const { e } of f.sums.values()) if (e < 0) return true;
  return false;
}

/** A sum that also stands under a root is a power of that root's base. */
function rooted(f: Factored, { id, value }: Generator): Factored {
  if (f.sums.size === 0 || !value || value.powers.size > 0 || value.sums.size !== 1) return f;
  const [[key, base]] = [...value.sums] as [[string, Base]];
  const found = f.sums.get(key);
  if (!found || base.e !== 1) return f;
  const sums = new Map(f.sums);
  sums.delete(key);
  const powers = new Map(f.powers);
  powers.set(id, (powers.get(id) ?? 0) + found.e * UNIT_POWER);
  if (powers.get(id) === 0) powers.delete(id);
  return { c: times(f.c, value.c.pow(-found.e)!), powers, sums };
}

/** The lowest power of each factor; of exponentials, which may not change their sign, the one nearest to 0. */
function commonOf(parts: readonly Factored[], { generators }: Context): Factored {
  const powers = new Map<number, number>();
  const sums = new Map<string, Base>();
  const seen = new Set<number>();
  for (const part of parts) for (const g of part.powers.keys()) seen.add(g);
  for (const g of seen) {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const t of parts) {
      const e = t.powers.get(g) ?? 0;
      low = Math.min(low, e);
      high = Math.max(high, e);
    }
    const e = generators[g]!.opposite ? Math.max(low, Math.min(0, high)) : low;
    if (e < 0) keepsDomain(parts, g, generators);
    if (e !== 0) powers.set(g, e);
  }
  for (const part of parts)
    for (const [key, { p }] of part.sums) {
      if (sums.has(key)) continue;
      let e = Number.POSITIVE_INFINITY;
      for (const t of parts) e = Math.min(e, t.sums.get(key)?.e ?? 0);
      if (e !== 0) sums.set(key, { p, e });
    }
  return { c: ONE, powers, sums };
}

/**
 * x⁻¹ that came with xⁿ is part of xⁿ⁻¹, which may have a value at 0: it may only go in front of a sum together with xⁿ.
 * @throws TooLong where it would go alone
 */
function keepsDomain(parts: readonly Factored[], g: number, generators: readonly Generator[]): void {
  const powered = (t: Factored): boolean => [...t.powers.keys()].some((k) => generators[k]!.base === generators[g]!.node);
  const below = parts.filter((t) => (t.powers.get(g) ?? 0) < 0);
  if (below.every(powered) && !parts.every(powered)) throw new TooLong();
}

/** term/common; whole powers of a root's base as what they stand for. */
function residue(term: Factored, common: Factored, { generators }: Context): Factored {
  const left = isNumber(common) ? term : product([term, { c: ONE, ...scaledExponents(common, -1) }]);
  let hasRoots = false;
  for (const [g, e] of left.powers) hasRoots ||= e >= UNIT_POWER && generators[g]!.value !== undefined;
  if (!hasRoots) return left;
  const powers = new Map<number, number>();
  const values: Factored[] = [];
  for (const [g, e] of left.powers) {
    const { value } = generators[g]!;
    const whole = value ? Math.floor(e / UNIT_POWER) : 0;
    if (whole > 0) values.push(raised(value!, whole));
    if (e - whole * UNIT_POWER !== 0) powers.set(g, e - whole * UNIT_POWER);
  }
  return product([{ c: left.c, powers, sums: left.sums }, ...values]);
}

/** The product multiplied out, times a whole number. */
function expanded(f: Factored, scale: bigint, { generators }: Context): Polynomial {
  const c = times(f.c, rational(scale));
  const m: number[] = [];
  const powers: (readonly [number, number])[] = [];
  for (const power of f.powers) powers.push(power[1] < 0 ? [generators[power[0]]!.opposite!().id, -power[1]] : power);
  if (powers.length > 1) powers.sort((a, b) => a[0] - b[0]);
  for (const [g, e] of powers) m.push(g, e);
  let result: Polynomial = [{ c: c.s * c.n, m }];
  for (const { p, e } of f.sums.values()) result = multiply(result, power(p, e));
  return result;
}

/** Every relation applied until none does: roots of polynomials, eᵘ·e⁻ᵘ = 1, and those chosen. */
export function reduced(p: Polynomial, context: Context): Polynomial {
  if (context.relations.length === 0 && context.generators.every(isFree)) return p;
  let current = p;
  for (let round = 0; round < 12; round++) {
    let changed = false;
    const terms: Term[] = [];
    for (const term of current) {
      const next = reduceTerm(term, context);
      if (next) {
        changed = true;
        terms.push(...next);
      } else terms.push(term);
    }
    if (!changed) return current;
    current = collected(terms);
  }
  throw new TooLong();
}

const isFree = ({ value, opposite }: Generator): boolean => value === undefined && opposite === undefined;

function reduceTerm({ c, m }: Term, { generators, relations }: Context): Polynomial | undefined {
  for (let k = 0; k < m.length; k += 2) {
    const generator = generators[m[k]!]!;
    const e = m[k + 1]!;
    if (generator.value && e >= UNIT_POWER) {
      const p = asPolynomial(generator.value);
      if (p) return multiply([{ c, m: lowered(m, k, UNIT_POWER) }], p);
    }
    if (generator.opposite) {
      const other = generator.opposite().id;
      const both = Math.min(e, exponentIn(m, other));
      if (both > 0) {
        const once = lowered(m, k, both);
        return [{ c, m: lowered(once, once.indexOf(other), both) }];
      }
    }
    const relation = relations.find((r) => r.square === m[k]);
    if (relation && e >= 2 * UNIT_POWER) return multiply([{ c, m: lowered(m, k, 2 * UNIT_POWER) }], relation.value);
  }
  return undefined;
}

/** The monomial with the exponent at position k lowered. */
const lowered = (m: readonly number[], k: number, by: number): number[] =>
  m[k + 1] === by ? [...m.slice(0, k), ...m.slice(k + 2)] : [...m.slice(0, k + 1), m[k + 1]! - by, ...m.slice(k + 2)];

/** A value with whole coefficients and nothing below the line. */
function asPolynomial(f: Factored): Polynomial | undefined {
  if (f.c.d !== 1n || isFraction(f)) return undefined;
  const m = [...f.powers].sort((a, b) => a[0] - b[0]).flat();
  let p: Polynomial = [{ c: f.c.s * f.c.n, m }];
  for (const base of f.sums.values()) p = multiply(p, power(base.p, base.e));
  return p;
}

/** The numerator as a product, after the denominator's own factors have been divided out of it. */
function cancelled(p: Polynomial, common: Factored, c: Fraction, context: Context): Factored {
  const { generators } = context;
  const whole = primitive(p, context, c);
  if (isNumber(common)) return whole;
  let { c: content, sums } = whole;
  const { powers } = whole;
  let left = [...sums.values()][0]?.p;
  const out: Factored[] = [];
  if (left) {
    const divisors: { p: Polynomial; as: (e: number) => Factored }[] = [];
    for (const [key, base] of common.sums)
      divisors.push({ p: base.p, as: (e) => ({ c: ONE, powers: NO_POWERS, sums: new Map([[key, { p: base.p, e }]]) }) });
    for (const g of common.powers.keys()) {
      const { value } = generators[g]!;
      if (!value || value.powers.size > 0 || value.sums.size !== 1) continue;
      const [base] = [...value.sums.values()] as [Base];
      if (base.e === 1)
        divisors.push({
          p: base.p,
          as: (e) => ({ c: value.c.pow(-e)!, powers: new Map([[g, e * UNIT_POWER]]), sums: NO_SUMS }),
        });
    }
    for (const { p: divisor, as } of divisors) {
      let e = 0;
      for (let q = divide(left, divisor); q; q = divide(left, divisor)) {
        left = q;
        e++;
        if (left.length === 1) break;
      }
      if (e > 0) out.push(as(e));
    }
    const last = primitive(left, context);
    content = times(content, last.c);
    sums = last.sums;
    out.push({ c: ONE, powers: last.powers, sums: NO_SUMS });
  }
  return product([{ c: content, powers, sums }, ...out]);
}
