import { exponentIn, type Powers, timesPowers } from './powers.ts';

/**
 * Polynomials with integer coefficients in generators named by numbers: a list of terms, in descending lexical order.
 * A monomial has positive exponents.
 */
export interface Term {
  readonly c: bigint;
  readonly m: Powers;
}
export type Polynomial = readonly Term[];

/** Thrown where a polynomial grows longer than anyone would read; the form that was there stays. No error: it has no stack. */
export class TooLong {}

const MOST_TERMS = 64;
/** Longer numbers than this are not what anyone would write either. */
const LARGEST = 10n ** 40n;

const constantPolynomial = (c: bigint): Polynomial => (c === 0n ? [] : [{ c, m: [] }]);
export const monomial = (c: bigint, m: Powers): Polynomial => [{ c, m }];

/** Positive if a comes first: a higher power of an earlier generator. */
function compareMonomials(a: Powers, b: Powers): number {
  for (let k = 0; k < a.length && k < b.length; k += 2) {
    if (a[k] !== b[k]) return b[k]! - a[k]!;
    if (a[k + 1] !== b[k + 1]) return a[k + 1]! - b[k + 1]!;
  }
  return a.length - b.length;
}

/** a/b, or undefined where b does not divide a. */
function overMonomial(a: Powers, b: Powers): Powers | undefined {
  const out: number[] = [];
  let j = 0;
  for (let i = 0; i < a.length; i += 2) {
    if (j < b.length && b[j]! < a[i]!) return undefined;
    if (j < b.length && b[j] === a[i]) {
      const left = a[i + 1]! - b[j + 1]!;
      if (left < 0) return undefined;
      if (left > 0) out.push(a[i]!, left);
      j += 2;
    } else out.push(a[i]!, a[i + 1]!);
  }
  return j < b.length ? undefined : out;
}

/** A text that is the same for equal polynomials; each remembers its own. */
export function polynomialKey(p: Polynomial & { key?: string }): string {
  if (p.key !== undefined) return p.key;
  let key = '';
  for (const { c, m } of p) {
    key += c;
    for (const part of m) key += `,${part}`;
    key += '+';
  }
  p.key = key;
  return key;
}

/** Terms in order, equal ones collected. Sorting finds the runs that are in order already. */
export function collected(terms: readonly Term[]): Polynomial {
  const sorted = [...terms].sort((a, b) => compareMonomials(b.m, a.m));
  const kept: Term[] = [];
  let different = 0;
  for (let k = 0; k < sorted.length; ) {
    const first = sorted[k]!;
    let c = first.c;
    let next = k + 1;
    for (; next < sorted.length && compareMonomials(sorted[next]!.m, first.m) === 0; next++) c += sorted[next]!.c;
    if (++different > MOST_TERMS) throw new TooLong();
    if (c > LARGEST || c < -LARGEST) throw new TooLong();
    if (c !== 0n) kept.push(next === k + 1 ? first : { c, m: first.m });
    k = next;
  }
  return kept;
}

export const scaled = (p: Polynomial, c: bigint): Polynomial => p.map((t) => ({ c: t.c * c, m: t.m }));

export function subtract(a: Polynomial, b: Polynomial): Polynomial {
  const kept: Term[] = [];
  let different = 0;
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    const order = i === a.length ? -1 : j === b.length ? 1 : compareMonomials(a[i]!.m, b[j]!.m);
    if (++different > MOST_TERMS) throw new TooLong();
    if (order > 0) kept.push(a[i++]!);
    else if (order < 0) kept.push({ c: -b[j]!.c, m: b[j++]!.m });
    else {
      const c = a[i++]!.c - b[j]!.c;
      if (c > LARGEST || c < -LARGEST) throw new TooLong();
      if (c !== 0n) kept.push({ c, m: b[j]!.m });
      j++;
    }
  }
  return kept;
}

export function multiply(a: Polynomial, b: Polynomial): Polynomial {
  if (a.length * b.length > 16 * MOST_TERMS) throw new TooLong();
  if (a.length === 1 && a[0]!.m.length === 0) return scaled(b, a[0]!.c);
  const products: Term[] = [];
  for (const s of a) for (const t of b) products.push({ c: s.c * t.c, m: timesPowers(s.m, t.m) });
  return a.length === 1 || b.length === 1 ? products : collected(products);
}

export function power(p: Polynomial, n: number): Polynomial {
  if (n > 24 && p.length > 1) throw new TooLong();
  let result = constantPolynomial(1n);
  for (let k = 0; k < n; k++) result = k === 0 ? p : multiply(result, p);
  return result;
}

/** a/b where it is a polynomial with integer coefficients. */
export function divide(a: Polynomial, b: Polynomial): Polynomial | undefined {
  if (b.length === 0) return undefined;
  const [lead] = b;
  const quotient: Term[] = [];
  let rest = a;
  for (let rounds = 0; rest.length > 0; rounds++) {
    const top = rest[0]!;
    const m = overMonomial(top.m, lead!.m);
    if (!m || top.c % lead!.c !== 0n || rounds > MOST_TERMS) return undefined;
    const t = { c: top.c / lead!.c, m };
    quotient.push(t);
    rest = subtract(rest, multiply([t], b));
  }
  return quotient;
}

const absolute = (n: bigint): bigint => (n < 0n ? -n : n);
export function gcdOf(a: bigint, b: bigint): bigint {
  let [x, y] = [absolute(a), absolute(b)];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** The greatest common divisor of the coefficients, with the sign of the first. */
export function contentOf(p: Polynomial): bigint {
  let c = 0n;
  for (const t of p) {
    c = gcdOf(c, t.c);
    if (c === 1n) break;
  }
  return p.length > 0 && p[0]!.c < 0n ? -c : c;
}

/** The largest monomial that divides every term. */
export function commonMonomial(p: Polynomial): Powers {
  let common = p[0]?.m ?? [];
  for (const { m } of p) {
    if (common.length === 0) return common;
    const kept: number[] = [];
    for (let k = 0; k < common.length; k += 2) {
      const e = Math.min(common[k + 1]!, exponentIn(m, common[k]!));
      if (e > 0) kept.push(common[k]!, e);
    }
    common = kept;
  }
  return common;
}

export const overTerm = (p: Polynomial, c: bigint, m: Powers): Polynomial =>
  c === 1n && m.length === 0 ? p : p.map((t) => ({ c: t.c / c, m: overMonomial(t.m, m)! }));

export function generatorsOf(p: Polynomial): Set<number> {
  const found = new Set<number>();
  for (const { m } of p) for (let k = 0; k < m.length; k += 2) found.add(m[k]!);
  return found;
}

/** p as a polynomial in one generator: its coefficients by power. */
function coefficientsBy(p: Polynomial, g: number): Map<number, Polynomial> {
  const found = new Map<number, Term[]>();
  for (const t of p) {
    const e = exponentIn(t.m, g);
    const m = e === 0 ? t.m : t.m.filter((_, k) => t.m[k - (k % 2)] !== g);
    const list = found.get(e);
    if (list) list.push({ c: t.c, m });
    else found.set(e, [{ c: t.c, m }]);
  }
  return found;
}

function degree(p: Polynomial, g: number): number {
  let most = 0;
  for (const { m } of p) most = Math.max(most, exponentIn(m, g));
  return most;
}
const leading = (p: Polynomial, g: number): Polynomial => coefficientsBy(p, g).get(degree(p, g))!;

/**
 * The greatest common divisor, by Euclid's algorithm on primitive parts (Knuth, The Art of Computer Programming 2,
 * 4.6.1, algorithm E), one generator after the other. Its first coefficient is positive.
 */
export function gcd(a: Polynomial, b: Polynomial): Polynomial {
  if (a.length === 0) return primitiveSign(b);
  if (b.length === 0) return primitiveSign(a);
  if (a.length === 1 || b.length === 1) {
    const m = commonMonomial([...a, ...b]);
    return [{ c: gcdOf(contentOf(a), contentOf(b)), m }];
  }
  const inB = generatorsOf(b);
  const shared = [...generatorsOf(a)].filter((g) => inB.has(g));
  if (shared.length === 0) return constantPolynomial(gcdOf(contentOf(a), contentOf(b)));
  const g = shared.reduce((best, x) => (degree(a, x) + degree(b, x) < degree(a, best) + degree(b, best) ? x : best));
  const [contentA, contentB] = [contentIn(a, g), contentIn(b, g)];
  let u = divide(a, contentA)!;
  let v = divide(b, contentB)!;
  if (degree(u, g) < degree(v, g)) [u, v] = [v, u];
  for (let round = 0; v.length > 0 && degree(v, g) > 0; round++) {
    if (round > 16) throw new TooLong();
    const r = pseudoRemainder(u, v, g);
    u = v;
    v = r.length === 0 ? r : divide(r, contentIn(r, g))!;
  }
  const main = v.length > 0 ? constantPolynomial(1n) : u;
  return primitiveSign(multiply(gcd(contentA, contentB), main));
}

const primitiveSign = (p: Polynomial): Polynomial => (p.length > 0 && p[0]!.c < 0n ? scaled(p, -1n) : p);

/** The greatest common divisor of the coefficients by powers of g. */
function contentIn(p: Polynomial, g: number): Polynomial {
  let content: Polynomial = [];
  for (const c of coefficientsBy(p, g).values()) content = gcd(content, c);
  return content;
}

function pseudoRemainder(a: Polynomial, b: Polynomial, g: number): Polynomial {
  const d = degree(b, g);
  const top = leading(b, g);
  let rest = a;
  while (rest.length > 0 && degree(rest, g) >= d) {
    const e = degree(rest, g) - d;
    const shift: Polynomial = [{ c: 1n, m: e === 0 ? [] : [g, e] }];
    rest = subtract(multiply(rest, top), multiply(multiply(leading(rest, g), shift), b));
  }
  return rest;
}

/** dp/dg, with exponents counted in steps of `unit`. */
export const derivativeBy = (p: Polynomial, g: number, unit: number): Polynomial =>
  collected(
    p.flatMap(({ c, m }) => {
      const e = exponentIn(m, g);
      return e === 0 ? [] : [{ c: (c * BigInt(e)) / BigInt(unit), m: overMonomial(timesPowers(m, []), [g, Math.min(e, unit)])! }];
    }),
  );
