import { constantOf } from '../../graph/forms.ts';
import type { Apply, Node } from '../../graph/node.ts';
import { type Fraction, isInteger, isOne, isZero, ONE, rational, times } from '../../graph/rational.ts';
import { log, pow } from '../../operators/power.ts';
import {
  collected,
  commonMonomial,
  contentOf,
  divide,
  gcdOf,
  multiply,
  overTerm,
  type Polynomial,
  polynomialKey,
  power,
  type Term,
  TooLong,
} from './polynomial.ts';
import {
  exponentIn,
  lowerPowers,
  NO_POWERS,
  type Powers,
  pairsOf,
  raisedPowers,
  someExponent,
  timesPowers,
  withExponent,
} from './powers.ts';

/** Exponents are counted in sixtieths, so that roots are whole numbers too. */
export const UNIT_POWER = 60;

const exponents = new Map<number, Fraction>();

/** So many sixtieths as a number. */
export function exponentOf(sixtieths: number): Fraction {
  let exponent = exponents.get(sixtieths);
  if (!exponent) {
    exponent = rational(sixtieths).div(UNIT_POWER);
    // As good as all that come up are small.
    if (Math.abs(sixtieths) <= 100 * UNIT_POWER) exponents.set(sixtieths, exponent);
  }
  return exponent;
}

/** What a polynomial is made of: a variable, a function, a root of a sum, a power with a symbol in its exponent. */
export interface Generator {
  readonly id: number;
  readonly node: Node;
  /** For each axis of the node, the index that it runs over; none for a scalar. */
  readonly own: readonly number[];
  /** For the base of a root: its value, which whole powers of it stand for. */
  readonly value?: Factored;
  /** For the root of a number: the prime that it is of. */
  readonly prime?: bigint;
  /** For a power with a symbol in its exponent: its base. */
  readonly base?: Node;
  /** For an exponential: its exponent, and the generator with the opposite one. */
  readonly exponent?: Node;
  readonly opposite?: () => Generator;
}

/** c · Π generators · Π polynomials, each to a power: a product as people keep it, nothing multiplied out. */
export interface Factored {
  readonly c: Fraction;
  readonly powers: Powers;
  /** Each polynomial once. */
  readonly sums: readonly Base[];
}

export interface Base {
  readonly p: Polynomial;
  /** A whole power, not 0. */
  readonly e: number;
}

/** A relation among generators that shortens polynomials: s² as 1 − c². */
export interface Relation {
  readonly square: number;
  readonly value: Polynomial;
}

const NO_SUMS: readonly Base[] = [];

export const number = (c: Fraction): Factored => ({ c, powers: NO_POWERS, sums: NO_SUMS });
export const generatorPower = (g: Generator, e: number): Factored => ({ c: ONE, powers: [g.id, e], sums: NO_SUMS });

const isNumber = (f: Factored): boolean => f.powers.length === 0 && f.sums.length === 0;

export const samePolynomial = (a: Polynomial, b: Polynomial): boolean => a === b || polynomialKey(a) === polynomialKey(b);

/** To which power a polynomial stands among others. */
export const powerIn = (sums: readonly Base[], p: Polynomial): number => sums.find((base) => samePolynomial(base.p, p))?.e ?? 0;

export function product(factors: readonly Factored[]): Factored {
  let c = ONE;
  let powers = NO_POWERS;
  let sums = NO_SUMS;
  for (const f of factors) {
    c = times(c, f.c);
    powers = timesPowers(powers, f.powers);
    sums = timesSums(sums, f.sums);
  }
  return { c, powers, sums };
}

function timesSums(a: readonly Base[], b: readonly Base[]): readonly Base[] {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const total = [...a];
  for (const base of b) {
    const at = total.findIndex(({ p }) => samePolynomial(p, base.p));
    if (at < 0) total.push(base);
    else if (total[at]!.e + base.e === 0) total.splice(at, 1);
    else total[at] = { p: base.p, e: total[at]!.e + base.e };
  }
  return total;
}

/** fⁿ for a whole n. */
export function raised(f: Factored, n: number): Factored {
  if (n === 0) return number(ONE);
  if (n === 1) return f;
  if (Math.abs(n) > 64 || isZero(f.c)) throw new TooLong();
  return { c: isOne(f.c) ? ONE : f.c.pow(n)!, ...scaledExponents(f, n) };
}

const scaledExponents = ({ powers, sums }: Factored, n: number): Pick<Factored, 'powers' | 'sums'> => ({
  powers: raisedPowers(powers, n),
  sums: sums.length === 0 ? sums : sums.map(({ p, e }) => ({ p, e: e * n })),
});

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
  let powers: Powers = m;
  for (let k = 0; k < m.length; k += 2) {
    const [g, e] = [m[k]!, m[k + 1]!];
    const other = generators[g]!.opposite?.().id ?? g;
    // e⁻ᵘ is a negative power of eᵘ.
    if (other < g) powers = timesPowers(timesPowers(powers, [g, -e]), [other, -e]);
  }
  const sums = rest.length > 1 ? [{ p: rest, e: 1 }] : NO_SUMS;
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
  const most = isFraction(common) ? MOST_PRODUCTS : FEW_PRODUCTS;
  if (rests.reduce((total, rest) => total + productCount(rest), 0) > most) throw new TooLong();
  let lcm = 1n;
  for (const { c } of rests) lcm = (lcm * c.d) / gcdOf(lcm, c.d);
  const numerator: Term[] = [];
  for (const rest of rests) numerator.push(...expanded(rest, lcm, context));
  return product([
    common,
    cancelled(reduced(collected(numerator), context), common, lcm === 1n ? ONE : rational(lcm).inverse(), context),
  ]);
}

/** Sums of quotients are multiplied out up to so many products; where nothing is below the line, less is gained by it. */
const MOST_PRODUCTS = 400;
const FEW_PRODUCTS = 24;

/** How many products of terms there are when a product of sums is multiplied out. */
const productCount = ({ sums }: Factored): number => sums.reduce((count, { p, e }) => count * p.length ** e, 1);

const isNegative = (e: number): boolean => e < 0;
const isFraction = (f: Factored): boolean => someExponent(f.powers, isNegative) || f.sums.some(({ e }) => e < 0);

/** A sum that also stands under a root is a power of that root's base. */
function rooted(f: Factored, { id, value }: Generator): Factored {
  if (f.sums.length === 0 || !value) return f;
  const base = soleBase(value);
  const e = base ? powerIn(f.sums, base.p) : 0;
  if (!base || e === 0) return f;
  return {
    c: times(f.c, value.c.pow(-e)!),
    powers: timesPowers(f.powers, [id, e * UNIT_POWER]),
    sums: f.sums.filter(({ p }) => !samePolynomial(p, base.p)),
  };
}

/** The polynomial that a value is, up to a number. */
function soleBase({ powers, sums }: Factored): Base | undefined {
  return powers.length === 0 && sums.length === 1 && sums[0]!.e === 1 ? sums[0] : undefined;
}

/** The lowest power of each factor; of exponentials, which may not change their sign, the one nearest to 0. */
function commonOf(parts: readonly Factored[], { generators }: Context): Factored {
  let low = parts[0]!.powers;
  for (let k = 1; k < parts.length; k++) low = lowerPowers(low, parts[k]!.powers);
  for (const [g, e] of pairsOf(low)) {
    if (!generators[g]!.opposite || e > 0) continue;
    let high = Number.NEGATIVE_INFINITY;
    for (const { powers } of parts) high = Math.max(high, exponentIn(powers, g));
    low = withExponent(low, g, Math.min(0, high));
  }
  for (const [g, e] of pairsOf(low)) keepsDomain(parts, g, e, generators);
  const sums: Base[] = [];
  const seen: Polynomial[] = [];
  for (const part of parts)
    for (const { p } of part.sums) {
      if (seen.some((q) => samePolynomial(p, q))) continue;
      seen.push(p);
      let e = Number.POSITIVE_INFINITY;
      for (const t of parts) e = Math.min(e, powerIn(t.sums, p));
      if (e !== 0) sums.push({ p, e });
    }
  return { c: ONE, powers: low, sums };
}

/**
 * x⁻¹ that came with xⁿ is part of xⁿ⁻¹, which may have a value at 0, and x that came with x⁻ⁿ of 1/xⁿ⁻¹: they may only
 * go in front of a sum together with that power, unless 0 is forbidden by another term or by a logarithm.
 * @throws TooLong where one would go alone
 */
function keepsDomain(parts: readonly Factored[], g: number, e: number, generators: readonly Generator[]): void {
  const { node, value } = generators[g]!;
  const beside = ({ powers }: Factored): boolean =>
    pairsOf(powers).some(([k, p]) => (e < 0 || p < 0) && isBaseOf(node, generators[k]!));
  const powered = parts.filter(beside).length;
  if (powered === 0 || powered === parts.length) return;
  // It is below the line without that power too.
  if (e < 0 && parts.some((t) => exponentIn(t.powers, g) < 0 && !beside(t))) return;
  if (generators.some((other) => isLogarithmOf(node, other))) return;
  if (!value || !parts.some((t) => isBelow(value, t))) throw new TooLong();
}

/** log(x), which x = 0 is forbidden by. */
export const isLogarithmOf = (node: Node, { node: own }: Generator): boolean =>
  own.kind === 'apply' && own.operator === log && own.args[0] === node;

/** A generator is a power of the node with a symbol in its exponent, or of a product with the node as a factor. */
export const isBaseOf = (node: Node, { base }: Generator): boolean =>
  base === node || (base?.kind === 'contraction' && base.factors.some((f) => factorOf(f).node === node));

/** A factor as what it is a positive whole power of. */
export function factorOf(node: Node): { readonly node: Node; readonly e: number } {
  const p = node.kind === 'apply' && node.operator === pow ? constantOf(node.args[1]!) : undefined;
  return p && isInteger(p) && p.s > 0n ? { node: (node as Apply).args[0]!, e: Number(p.n) } : { node, e: 1 };
}

/** All that a product has above the line stands below the line of another one: it is not 0. */
const isBelow = (value: Factored, t: Factored): boolean =>
  pairsOf(value.powers).every(([k, e]) => e < 0 || exponentIn(t.powers, k) < 0) &&
  value.sums.every(({ p, e }) => e < 0 || powerIn(t.sums, p) < 0);

/** term/common; whole powers of a root's base as what they stand for. */
function residue(term: Factored, common: Factored, { generators }: Context): Factored {
  const left = isNumber(common) ? term : product([term, { c: ONE, ...scaledExponents(common, -1) }]);
  let { powers } = left;
  const values: Factored[] = [];
  for (let k = 0; k < left.powers.length; k += 2) {
    const [g, e] = [left.powers[k]!, left.powers[k + 1]!];
    const { value } = generators[g]!;
    const whole = value ? Math.floor(e / UNIT_POWER) : 0;
    if (whole <= 0) continue;
    values.push(raised(value!, whole));
    powers = timesPowers(powers, [g, -whole * UNIT_POWER]);
  }
  return values.length === 0 ? left : product([{ ...left, powers }, ...values]);
}

/** The product multiplied out, times a whole number. */
function expanded(f: Factored, scale: bigint, { generators }: Context): Polynomial {
  const c = times(f.c, rational(scale));
  let m = f.powers;
  for (let k = 0; k < f.powers.length; k += 2) {
    const [g, e] = [f.powers[k]!, f.powers[k + 1]!];
    if (e < 0) m = timesPowers(timesPowers(m, [g, -e]), [generators[g]!.opposite!().id, -e]);
  }
  let result: Polynomial = [{ c: c.s * c.n, m }];
  for (const { p, e } of f.sums) result = multiply(result, power(p, e));
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
      if (p) return multiply([{ c, m: timesPowers(m, [m[k]!, -UNIT_POWER]) }], p);
    }
    if (generator.opposite) {
      const other = generator.opposite().id;
      const both = Math.min(e, exponentIn(m, other));
      if (both > 0) return [{ c, m: timesPowers(timesPowers(m, [m[k]!, -both]), [other, -both]) }];
    }
    const relation = relations.find((r) => r.square === m[k]);
    if (relation && e >= 2 * UNIT_POWER) return multiply([{ c, m: timesPowers(m, [m[k]!, -2 * UNIT_POWER]) }], relation.value);
  }
  return undefined;
}

/** A value with whole coefficients and nothing below the line. */
function asPolynomial(f: Factored): Polynomial | undefined {
  if (f.c.d !== 1n || isFraction(f)) return undefined;
  let p: Polynomial = [{ c: f.c.s * f.c.n, m: f.powers }];
  for (const base of f.sums) p = multiply(p, power(base.p, base.e));
  return p;
}

/** The numerator as a product, after the denominator's own factors have been divided out of it. */
function cancelled(p: Polynomial, common: Factored, c: Fraction, context: Context): Factored {
  const { generators } = context;
  const whole = primitive(p, context, c);
  if (isNumber(common)) return whole;
  let { c: content, sums } = whole;
  const out: Factored[] = [];
  let left = sums[0]?.p;
  if (left) {
    for (const { p: divisor, as } of divisors(common, generators)) {
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
  return product([{ c: content, powers: whole.powers, sums }, ...out]);
}

interface Divisor {
  readonly p: Polynomial;
  /** A power of it as a factor. */
  readonly as: (e: number) => Factored;
}

/** The polynomials that stand in a denominator, plain or under a root. */
function divisors(common: Factored, generators: readonly Generator[]): Divisor[] {
  const found: Divisor[] = common.sums.map(({ p }) => ({ p, as: (e) => ({ c: ONE, powers: NO_POWERS, sums: [{ p, e }] }) }));
  for (const [g] of pairsOf(common.powers)) {
    const { value } = generators[g]!;
    const base = value && soleBase(value);
    if (base) found.push({ p: base.p, as: (e) => ({ c: value.c.pow(-e)!, powers: [g, e * UNIT_POWER], sums: NO_SUMS }) });
  }
  return found;
}
