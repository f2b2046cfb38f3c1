import { type Fraction, ONE, rational } from '../../graph/rational.ts';
import { type Context, type Factored, type Generator, number, product, UNIT_POWER } from './factored.ts';
import { type Powers, pairsOf, timesPowers } from './powers.ts';

/**
 * Roots of numbers by their primes: √12 is 2·√3, √2·√3 is √6 and 1/√3 is √3/3, so that equal ones meet. The exponent of a
 * prime lies between 0 and 1; what is whole counts as a number.
 */

/** Larger numbers than this stay as they are. */
const LARGEST = 1_000_000_000n;

const known = new Map<bigint, readonly (readonly [prime: bigint, times: number])[]>();

/** The primes of a whole number, if it is small. */
function primesOf(n: bigint): readonly (readonly [prime: bigint, times: number])[] | undefined {
  if (n > LARGEST) return undefined;
  let primes = known.get(n);
  if (primes) return primes;
  const found: [bigint, number][] = [];
  let rest = Number(n);
  for (let p = 2; p * p <= rest; p += p === 2 ? 1 : 2) {
    let times = 0;
    for (; rest % p === 0; rest /= p) times++;
    if (times > 0) found.push([BigInt(p), times]);
  }
  if (rest > 1) found.push([BigInt(rest), 1]);
  primes = found;
  known.set(n, primes);
  return primes;
}

/** cᵉ, e in sixtieths, for a positive c; undefined where its primes are too large. */
export function surd(c: Fraction, e: number, generator: (prime: bigint) => Generator): Factored | undefined {
  const [above, below] = [primesOf(c.n), primesOf(c.d)];
  if (!above || !below) return undefined;
  const powers = [...above.map(([p, k]) => [p, k * e] as const), ...below.map(([p, k]) => [p, -k * e] as const)];
  return product(
    powers.map(([p, k]) => {
      const whole = Math.floor(k / UNIT_POWER);
      const rest = k - whole * UNIT_POWER;
      const c = rational(p).pow(whole)!;
      return rest === 0 ? number(c) : { ...number(c), powers: [generator(p).id, rest] };
    }),
  );
}

/** The product with whole powers of primes as numbers. */
export function settledSurds(f: Factored, { generators }: Context): Factored {
  let { c, powers } = f;
  for (const [g, e] of pairsOf(f.powers)) {
    const { prime } = generators[g]!;
    const whole = prime === undefined ? 0 : Math.floor(e / UNIT_POWER);
    if (whole === 0) continue;
    c = c.mul(rational(prime!).pow(whole)!);
    powers = timesPowers(powers, [g, -whole * UNIT_POWER]);
  }
  return powers === f.powers ? f : { ...f, c, powers };
}

/** The primes among the generators of a product, and all others. */
export function splitSurds(powers: Powers, { generators }: Context): { readonly surds: Powers; readonly others: Powers } {
  const isSurd = (k: number): boolean => generators[powers[k - (k % 2)]!]!.prime !== undefined;
  return { surds: powers.filter((_, k) => isSurd(k)), others: powers.filter((_, k) => !isSurd(k)) };
}

/** Π primes to their powers as roots, those of one degree together: (number, degree) for ᵈ√number. */
export function radicals(
  surds: Powers,
  { generators }: Context,
): { readonly of: bigint; readonly degree: number; readonly primes: bigint }[] {
  const found = new Map<number, { of: bigint; primes: bigint }>();
  for (const [g, e] of pairsOf(surds)) {
    const degree = UNIT_POWER / divisor(e, UNIT_POWER);
    const { of, primes } = found.get(degree) ?? { of: 1n, primes: 1n };
    const prime = generators[g]!.prime!;
    found.set(degree, { of: of * prime ** BigInt((e * degree) / UNIT_POWER), primes: primes * prime });
  }
  return [...found].map(([degree, { of, primes }]) => ({ of, degree, primes }));
}

/** A number times a root of a whole number, or over it. */
interface NumberRoot {
  readonly k: Fraction;
  readonly of: bigint;
  readonly below: boolean;
}

/** √3/3 as 1/√3. */
export function shorterRoot(k: Fraction, of: bigint, degree: number, primes: bigint): NumberRoot {
  return k.d === primes
    ? { k: k.mul(rational(primes)), of: primes ** BigInt(degree) / of, below: true }
    : { k, of, below: false };
}

/** ᵈ√c, as far as it goes: √12 is 2·√3, √(2/3) is √6/3. */
export function rootOfNumber(c: Fraction, degree: number): NumberRoot | undefined {
  const [above, below] = [primesOf(c.n), primesOf(c.d)];
  if (!above || !below) return undefined;
  let [k, of, primes] = [ONE, 1n, 1n];
  for (const [p, times] of [...above, ...below.map(([q, n]) => [q, -n] as const)]) {
    const whole = Math.floor(times / degree);
    k = k.mul(rational(p).pow(whole)!);
    if (times === whole * degree) continue;
    of *= p ** BigInt(times - whole * degree);
    primes *= p;
  }
  return shorterRoot(k, of, degree, primes);
}

const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
