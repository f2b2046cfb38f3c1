import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { Prime } from '../../../src/verify/exact/prime.ts';
import { circular, circularWithRoots, type Family, plain } from '../../../src/verify/exact/primes.ts';

const families: readonly (readonly [string, Family])[] = [
  ['plain', plain],
  ['circular', circular],
  ['circular with roots', circularWithRoots],
];

/** bᵉ modulo m. */
function power(b: bigint, e: bigint, m: bigint): bigint {
  let result = 1n;
  for (let base = b % m, rest = e; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * base) % m;
    base = (base * base) % m;
  }
  return result;
}

/** Miller and Rabin; these bases decide for all numbers below 2⁶⁴ (Sorenson and Webster, 2015). */
function isPrime(n: bigint): boolean {
  let odd = n - 1n;
  let twos = 0;
  for (; odd % 2n === 0n; odd /= 2n) twos++;
  return [2n, 3n, 5n, 7n, 11n, 13n, 17n, 19n, 23n, 29n, 31n, 37n].every((a) => {
    let x = power(a, odd, n);
    if (x === 1n || x === n - 1n) return true;
    for (let k = 1; k < twos; k++) {
      x = (x * x) % n;
      if (x === n - 1n) return true;
    }
    return false;
  });
}

describe('arithmetic modulo a prime agrees with big integers', () => {
  const residue = fc.integer({ min: 0, max: plain.pairs[0]!.p - 1 });
  const p = new Prime(plain.pairs[0]!.p);
  const big = BigInt(p.order);

  test('products', () => {
    fc.assert(
      fc.property(residue, residue, (a, b) => {
        expect(BigInt(p.multiply(a, b))).toBe((BigInt(a) * BigInt(b)) % big);
      }),
      { numRuns: 5000 },
    );
  });

  test('products of the largest residues', () => {
    for (const { p: order } of families.flatMap(([, { pairs }]) => pairs)) {
      const prime = new Prime(order);
      for (const a of [order - 1, order - 2, Math.floor(order / 2), Math.floor(order / 2) + 1]) {
        expect(BigInt(prime.multiply(a, order - 1))).toBe((BigInt(a) * BigInt(order - 1)) % BigInt(order));
      }
    }
  });

  test('powers, opposites and inverses', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: p.order - 1 }), fc.integer({ min: 0, max: 1e9 }), (a, e) => {
        expect(BigInt(p.power(a, e))).toBe(power(BigInt(a), BigInt(e), big));
        expect(p.multiply(a, p.invert(a))).toBe(1);
        expect(p.multiply(p.power(a, -e), p.power(a, e))).toBe(1);
        expect(p.add(a, p.negate(a))).toBe(0);
      }),
    );
  });
});

describe.each(families)('the %s fields', (_, { pairs, index }) => {
  it('are pairs of primes, one a divisor of the other less 1, below 2⁵⁰', () => {
    for (const { p, q } of pairs) {
      expect([isPrime(BigInt(p)), isPrime(BigInt(q)), (p - 1) % q]).toEqual([true, true, 0]);
      expect(p).toBeLessThan(2 ** 50);
    }
  });

  it('have unique square roots among positives, and unique roots of order 3, 5 and 7', () => {
    for (const { p, q } of pairs) {
      expect(((p - 1) / index) % 2).toBe(1);
      expect(((q - 1) / 2) % 2).toBe(1);
      for (const n of [3, 5, 7]) expect([(p - 1) % n, (q - 1) % n]).not.toContain(0);
    }
  });

  it('have a root of −1 where they need one, and one of 2', () => {
    for (const { p } of pairs) {
      expect(power(BigInt(p - 1), BigInt((p - 1) / 2), BigInt(p)) === 1n).toBe(index > 2);
      if (index !== 4) expect(power(2n, BigInt((p - 1) / index), BigInt(p))).toBe(1n);
    }
  });
});
