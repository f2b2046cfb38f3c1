import type { BigNumber, Decimals } from './decimals.ts';

/** Constants in as many digits as are asked for: Bernoulli's numbers and Euler's. */

/** Too small to change the sum. */
export const negligible = (term: BigNumber, sum: BigNumber, { precision }: Decimals): boolean =>
  term.abs().lte(sum.abs().mul(`1e-${precision + 2}`));

/** How many of Bernoulli's numbers. */
const TERMS = 45;

const known = new Map<number, readonly BigNumber[]>();

/** B₂, B₄, … by the recurrence Σ (n + 1 over k)·Bₖ = 0, in fractions of integers. */
export function bernoulli(Wide: Decimals): readonly BigNumber[] {
  let numbers = known.get(Wide.precision);
  if (!numbers) {
    numbers = bernoulliFractions(2 * TERMS).map(([p, q]) => new Wide(p.toString()).div(q.toString()));
    known.set(Wide.precision, numbers);
  }
  return numbers;
}

/** B₂ … B_most through the tangent numbers (Knuth and Buckholtz, 1967): B₂ₖ = (−1)ᵏ⁻¹·2k·Tₖ/(4ᵏ(4ᵏ − 1)). */
function bernoulliFractions(most: number): (readonly [bigint, bigint])[] {
  const count = most / 2;
  const tangent: bigint[] = [0n, 1n];
  for (let k = 2; k <= count; k++) tangent[k] = BigInt(k - 1) * tangent[k - 1]!;
  for (let k = 2; k <= count; k++) {
    for (let j = k; j <= count; j++) tangent[j] = BigInt(j - k) * tangent[j - 1]! + BigInt(j - k + 2) * tangent[j]!;
  }
  return Array.from({ length: count }, (_, at) => {
    const k = BigInt(at + 1);
    const power = 4n ** k;
    return [(at % 2 === 0 ? 1n : -1n) * 2n * k * tangent[at + 1]!, power * (power - 1n)] as const;
  });
}

const eulers = new Map<number, BigNumber>();

/** γ by Brent and McMillan (1980), algorithm B1: the sums of (nᵏ/k!)²·(Hₖ − log n) and (nᵏ/k!)². */
export function eulerOf(Wide: Decimals): BigNumber {
  const done = eulers.get(Wide.precision);
  if (done) return done;
  const n = Math.ceil((Wide.precision * Math.LN10) / 4) + 2;
  let b: BigNumber = new Wide(1);
  let a: BigNumber = new Wide(n).ln().neg();
  let [u, v] = [a, b];
  for (let k = 1; ; k++) {
    b = b.mul(n * n).div(k * k);
    a = a
      .mul(n * n)
      .div(k)
      .add(b)
      .div(k);
    u = u.add(a);
    v = v.add(b);
    if (k > n && negligible(b, v, Wide) && negligible(a, u, Wide)) break;
  }
  const gamma = u.div(v);
  eulers.set(Wide.precision, gamma);
  return gamma;
}
