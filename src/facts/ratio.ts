import { constantOf } from '../graph/forms.ts';
import { isEntrywise, type Node } from '../graph/node.ts';
import { type Fraction, isInteger, isZero, negated, ONE, plus, times, toNumber, ZERO } from '../graph/rational.ts';
import { pow } from '../operators/power.ts';

/** A polynomial in one letter: its coefficients, that of the power 0 first; none is the number 0. */
export type Polynomial = readonly Fraction[];

/** What an expression is in one part of it, which is no sum, product or power: a quotient of polynomials. */
export interface Ratio {
  readonly part: Node;
  readonly above: Polynomial;
  readonly below: Polynomial;
}

/** Higher powers are not gone into. */
const HIGHEST = 12;

/** An expression of more parts than one is none, nor is one that is a part itself. */
class NoRatio extends Error {}

/** An expression as a quotient of polynomials in the one part that it is made of, with numbers alone; entry by entry. */
export function ratioOf(node: Node): Ratio | undefined {
  let part: Node | undefined;
  const letter = (found: Node): Fractional => {
    part ??= found;
    if (found !== part) throw new NoRatio();
    return { above: [ZERO, ONE], below: [ONE] };
  };
  try {
    const found = read(node, letter);
    return part && part !== node ? { part, ...found } : undefined;
  } catch (error) {
    if (error instanceof NoRatio) return undefined;
    throw error;
  }
}

type Fractional = Omit<Ratio, 'part'>;

function read(node: Node, letter: (part: Node) => Fractional): Fractional {
  const c = constantOf(node);
  if (c) return { above: trimmed([c]), below: [ONE] };
  if (node.kind === 'sum') return node.terms.map((t) => read(t, letter)).reduce(added);
  if (node.kind === 'contraction' && node.factors.length > 0 && isEntrywise(node)) {
    const number: Fractional = { above: trimmed([node.coefficient]), below: [ONE] };
    return node.factors.map((f) => read(f, letter)).reduce(multiplied, number);
  }
  const p = node.kind === 'apply' && node.operator === pow ? constantOf(node.args[1]!) : undefined;
  if (!p || node.kind !== 'apply' || !isInteger(p) || Math.abs(toNumber(p)) > HIGHEST) return letter(node);
  const base = read(node.args[0]!, letter);
  const { above, below } = Array.from({ length: Math.abs(toNumber(p)) }, () => base).reduce(multiplied);
  return toNumber(p) > 0 ? { above, below } : { above: below, below: above };
}

const trimmed = (p: Polynomial): Polynomial => p.slice(0, p.findLastIndex((c) => !isZero(c)) + 1);

export function product(p: Polynomial, q: Polynomial): Polynomial {
  if (p.length === 0 || q.length === 0) return [];
  if (p.length + q.length - 2 > HIGHEST) throw new NoRatio();
  const found = Array.from({ length: p.length + q.length - 1 }, (): Fraction => ZERO);
  p.forEach((a, i) => {
    q.forEach((b, j) => {
      found[i + j] = plus(found[i + j]!, times(a, b));
    });
  });
  return found;
}

const sum = (p: Polynomial, q: Polynomial): Polynomial =>
  trimmed(Array.from({ length: Math.max(p.length, q.length) }, (_, k) => plus(p[k] ?? ZERO, q[k] ?? ZERO)));

/** p − c·q. */
export const less = (p: Polynomial, q: Polynomial, c: Fraction): Polynomial => sum(p, product(q, [negated(c)]));

const multiplied = (a: Fractional, b: Fractional): Fractional => ({
  above: product(a.above, b.above),
  below: product(a.below, b.below),
});

const added = (a: Fractional, b: Fractional): Fractional =>
  // Of one divisor, as of 1/(1 + u) + u/(1 + u).
  same(a.below, b.below)
    ? { above: sum(a.above, b.above), below: a.below }
    : { above: sum(product(a.above, b.below), product(b.above, a.below)), below: product(a.below, b.below) };

const same = (p: Polynomial, q: Polynomial): boolean => p.length === q.length && p.every((c, k) => c.equals(q[k]!));

export const valueAt = (p: Polynomial, at: Fraction): Fraction =>
  p.reduceRight<Fraction>((value, c) => plus(times(value, at), c), ZERO);

export const derivative = (p: Polynomial): Polynomial => p.slice(1).map((c, k) => c.mul(k + 1));

/** What is left of p, divided by q. */
export function remainder(p: Polynomial, q: Polynomial): Polynomial {
  let left = trimmed(p);
  while (left.length >= q.length) {
    const factor = left.at(-1)!.div(q.at(-1)!);
    const shift = left.length - q.length;
    left = trimmed(left.map((c, k) => (k < shift ? c : c.sub(factor.mul(q[k - shift]!)))).slice(0, -1));
  }
  return left;
}

/** p/(x − root), where that is one of its zeros. */
export function without(p: Polynomial, root: Fraction): Polynomial {
  const quotient: Fraction[] = [];
  let carried: Fraction = ZERO;
  for (const c of p.toReversed()) {
    carried = plus(times(carried, root), c);
    quotient.unshift(carried);
  }
  return quotient.slice(1);
}
