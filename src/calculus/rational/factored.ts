import type { Node } from '../../graph/node.ts';
import { type Fraction, isZero, ONE, rational, times } from '../../graph/rational.ts';
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

export function product(factors: readonly Factored[]): Factored {
  if (factors.length === 1) return factors[0]!;
  let c = ONE;
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
  return {
    c: f.c.pow(n)!,
    powers: new Map([...f.powers].map(([g, e]) => [g, e * n])),
    sums: new Map([...f.sums].map(([key, { p, e }]) => [key, { p, e: e * n }])),
  };
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
  let parts = terms.filter((t) => !isZero(t.c)).map((t) => rooted(t, context));
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

const isFraction = (f: Factored): boolean =>
  [...f.powers.values()].some((e) => e < 0) || [...f.sums.values()].some(({ e }) => e < 0);

/** A sum that also stands under a root is a power of that root's base. */
function rooted(f: Factored, { generators }: Context): Factored {
  let result = f;
  for (const root of generators) {
    const { value } = root;
    if (!value || value.powers.size > 0 || value.sums.size !== 1) continue;
    const [[key, base]] = [...value.sums] as [[string, Base]];
    const found = result.sums.get(key);
    if (!found || base.e !== 1) continue;
    const sums = new Map(result.sums);
    sums.delete(key);
    const powers = new Map(result.powers);
    powers.set(root.id, (powers.get(root.id) ?? 0) + found.e * UNIT_POWER);
    if (powers.get(root.id) === 0) powers.delete(root.id);
    result = { c: times(result.c, value.c.pow(-found.e)!), powers, sums };
  }
  return result;
}

/** The lowest power of each factor; of exponentials, which may not change their sign, the one nearest to 0. */
function commonOf(parts: readonly Factored[], { generators }: Context): Factored {
  const powers = new Map<number, number>();
  const sums = new Map<string, Base>();
  for (const g of new Set(parts.flatMap((t) => [...t.powers.keys()]))) {
    const all = parts.map((t) => t.powers.get(g) ?? 0);
    const [low, high] = [Math.min(...all), Math.max(...all)];
    const e = generators[g]!.opposite ? Math.max(low, Math.min(0, high)) : low;
    if (e < 0) keepsDomain(parts, g, generators);
    if (e !== 0) powers.set(g, e);
  }
  for (const [key, { p }] of parts.flatMap((t) => [...t.sums])) {
    const e = Math.min(...parts.map((t) => t.sums.get(key)?.e ?? 0));
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
  const left = product([term, { c: ONE, ...inverse(common) }]);
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

const inverse = (f: Factored): Pick<Factored, 'powers' | 'sums'> => ({
  powers: new Map([...f.powers].map(([g, e]) => [g, -e])),
  sums: new Map([...f.sums].map(([key, { p, e }]) => [key, { p, e: -e }])),
});

/** The product multiplied out, times a whole number. */
function expanded(f: Factored, scale: bigint, { generators }: Context): Polynomial {
  const c = f.c.mul(rational(scale));
  const m: number[] = [];
  const powers = [...f.powers].map(([g, e]) => (e < 0 ? ([generators[g]!.opposite!().id, -e] as const) : ([g, e] as const)));
  for (const [g, e] of powers.sort((a, b) => a[0] - b[0])) m.push(g, e);
  let result: Polynomial = [{ c: c.s * c.n, m }];
  for (const { p, e } of f.sums.values()) result = multiply(result, power(p, e));
  return result;
}

/** Every relation applied until none does: roots of polynomials, eᵘ·e⁻ᵘ = 1, and those chosen. */
export function reduced(p: Polynomial, context: Context): Polynomial {
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
  let { c: content, powers, sums } = primitive(p, context, c);
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
