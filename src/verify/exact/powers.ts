import { type Fraction, isInteger, isNegative, isOne, isZero, plus, rational, times } from '../../graph/rational.ts';
import type { Field } from './field.ts';
import { inverseModulo } from './inverse.ts';
import type { Prime } from './prime.ts';
import { Residue, Void } from './residue.ts';

/**
 * Exponentials, logarithms and powers in the field. exp u is a power of one element with u modulo q for the exponent, so
 * eᵃ⁺ᵇ = eᵃ·eᵇ. A logarithm is the sum of those of the factors that a number was made of, each unknown, so
 * log ab = log a + log b. Both look at |u|: that a logarithm has a value is for the reals to tell.
 */

/** How many parts of a sum or product are looked through. */
const MOST_PARTS = 200;

export function exp(f: Field, u: Residue): Residue {
  f.asked.exponents = true;
  let rest = f.zero;
  let powers: Residue | undefined;
  for (const part of summands(u)) {
    const power = powerBelow(f, part);
    if (power) powers = powers ? f.multiply(powers, power) : power;
    else rest = f.add(rest, part);
  }
  if (!powers) return bare(f, u);
  return f.isZero(rest) ? powers : f.multiply(powers, bare(f, rest));
}

function bare(f: Field, u: Residue): Residue {
  if (u.exact && isZero(u.exact)) return f.one;
  // As an exponent itself it is unknown, but for e⁻ᵘ = 1/eᵘ.
  const inverted = f.isUpper(u);
  const below = f.unknown('exponent', [inverted ? f.negate(u) : u]).q;
  return new Residue(f.p.power(f.base, u.q), inverted ? f.q.invert(below) : below, {
    flat: u.flat,
    origin: { kind: 'exp', of: u },
  });
}

/** The terms that a sum was added up from. */
function summands(u: Residue): Residue[] {
  const found: Residue[] = [];
  const open = [u];
  while (open.length > 0) {
    const x = open.pop()!;
    if (x.origin?.kind !== 'sum' || found.length + open.length > MOST_PARTS) found.push(x);
    else open.push(x.origin.left, x.origin.right);
  }
  return found;
}

/** e^(c·log v) = v^c. */
function powerBelow(f: Field, part: Residue): Residue | undefined {
  const { origin } = part;
  if (origin?.kind === 'log') return origin.of;
  if (origin?.kind !== 'product') return undefined;
  const { left, right } = origin;
  if (left.origin?.kind === 'log') return power(f, left.origin.of, right);
  if (right.origin?.kind === 'log') return power(f, right.origin.of, left);
  return undefined;
}

/** log |u|. */
export function log(f: Field, u: Residue): Residue {
  f.asked.exponents = f.asked.origins = true;
  let total = f.zero;
  const open: (readonly [Residue, Residue])[] = [[u, f.one]];
  for (let count = 0; open.length > 0; count++) {
    const [x, times] = open.pop()!;
    const { origin } = x;
    if (x.exact) for (const part of primeLogarithms(f, x.exact)) total = f.add(total, f.multiply(times, part));
    else if (origin?.kind === 'exp') total = f.add(total, f.multiply(times, origin.of));
    else if (origin?.kind === 'product' && count < MOST_PARTS) open.push([origin.left, times], [origin.right, times]);
    else if (origin?.kind === 'power' && count < MOST_PARTS) open.push([origin.base, f.multiply(times, origin.exponent)]);
    else if (x.p !== 1 && x.p !== f.p.order - 1)
      total = f.add(total, f.multiply(times, f.unknown('log', [f.isUpper(x) ? f.negate(x) : x])));
  }
  return total.with({ flat: u.flat, exact: undefined, origin: { kind: 'log', of: u } });
}

/** n·log p for each prime p of a rational number; what is left of a large one counts as prime. */
function primeLogarithms(f: Field, q: Fraction): Residue[] {
  const found: Residue[] = [];
  const include = (prime: bigint, times: number): void => {
    if (times !== 0) found.push(f.multiply(f.fromNumber(times), f.unknown('log', [f.fromRational(rational(prime))])));
  };
  for (const [part, sign] of [
    [q.n, 1],
    [q.d, -1],
  ] as const) {
    let rest = part;
    for (let d = 2n; d * d <= rest && d < MOST_TRIED; d++) {
      let times = 0;
      for (; rest % d === 0n; rest /= d) times++;
      include(d, sign * times);
    }
    if (rest > 1n) include(rest, sign);
  }
  if (isZero(q)) throw new Void('the logarithm of 0');
  return found;
}

const MOST_TRIED = 1000n;

/** uᵉ over the reals: a negative base has whole exponents only. */
export function power(f: Field, u: Residue, e: Residue): Residue {
  if (e.exact) return rationalPower(f, u, e.exact);
  // The part of the exponent that is a number is split off: xⁿ⁻¹·x = xⁿ.
  let whole = rational(0);
  let rest: Residue | undefined;
  for (const part of summands(e)) {
    if (part.exact) whole = plus(whole, part.exact);
    else rest = rest ? f.add(rest, part) : part;
  }
  const exponent = rest ?? e;
  const found = new Residue(f.p.power(f.base, f.multiply(exponent, log(f, u)).q), f.unknown('power', [u, exponent]).q, {
    flat: u.flat || e.flat,
    origin: { kind: 'power', base: u, exponent },
  });
  return isZero(whole) ? found : f.multiply(found, rationalPower(f, u, whole));
}

/** Beyond this an exponent is no number to multiply so many times. */
const LARGEST = 2n ** 40n;

export function rationalPower(f: Field, u: Residue, e: Fraction): Residue {
  if (isZero(e)) return f.one;
  if (isOne(e)) return u;
  if (f.isZero(u)) {
    if (isNegative(e)) throw new Void('0 to a negative power');
    return f.zero;
  }
  if (e.n > LARGEST) f.asked.functions = true;
  if (e.n > LARGEST) return f.unknown('power', [u, f.fromRational(e)]);
  const exponent = f.fromRational(e);
  const origin = { kind: 'power', base: u, exponent } as const;
  if (!isInteger(e)) return fractional(f, u, e).with({ origin, flat: u.flat });
  const n = Number(e.s * e.n);
  if (n < 0 && u.q === 0) throw new Void('0 to a negative power');
  const exact = u.exact && Math.abs(n) < 64 ? exactly(u.exact, n) : undefined;
  return new Residue(f.p.power(u.p, n), f.q.power(u.q, n), { exact, flat: u.flat, origin: exact ? undefined : origin });
}

function exactly(q: Fraction, n: number): Fraction {
  let result = rational(1);
  for (let k = 0; k < Math.abs(n); k++) result = times(result, q);
  return n < 0 ? result.inverse() : result;
}

function fractional(f: Field, u: Residue, e: Fraction): Residue {
  f.asked.roots = true;
  const [n, d] = [Number(e.s * e.n), Number(e.d)];
  const below = f.q.power(rootBelow(f, u, d), n);
  if (!f.roots) return new Residue(f.p.power(f.unknown(`root ${d}`, [u]).p, n), below);
  if (!f.isPositive(u.p)) throw new Void('no root', true);
  return new Residue(f.p.power(u.p, exponentModulo(n, d, f.halves)), below);
}

/** n/d modulo an odd order. */
function exponentModulo(n: number, d: number, order: number): number {
  const inverse = inverseModulo(BigInt(d), BigInt(order));
  if (inverse === undefined) throw new Void('no root');
  const m = BigInt(order);
  return Number((((BigInt(n) % m) + m) * inverse) % m);
}

/** As an exponent: the root modulo q where there is one, otherwise unknown. */
function rootBelow(f: Field, u: Residue, d: number): number {
  const halves = (f.q.order - 1) / 2;
  const inverse = inverseModulo(BigInt(d), BigInt(halves));
  if (inverse !== undefined && f.q.power(u.q, halves) === 1) return f.q.power(u.q, Number(inverse));
  if (u.exact && f.roots) throw new Void('no root');
  return f.unknown(`root ${d}`, [u]).q;
}

/** The real root of odd order, of negative numbers too. */
export function oddRoot(f: Field, u: Residue, n: number): Residue {
  f.asked.oddRoots = true;
  if (f.isZero(u)) return f.zero;
  const root = (prime: Prime, x: number): number | undefined => {
    const inverse = inverseModulo(BigInt(n), BigInt(prime.order - 1));
    return inverse === undefined ? undefined : prime.power(x, Number(inverse));
  };
  const unknown = () => f.unknown(`root ${n}`, [u], -1);
  return new Residue(root(f.p, u.p) ?? unknown().p, root(f.q, u.q) ?? unknown().q, {
    flat: u.flat,
    origin: { kind: 'power', base: u, exponent: f.fromRational(rational(n).inverse()) },
  });
}
