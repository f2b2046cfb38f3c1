import { times } from '../../graph/rational.ts';
import { type Context, type Factored, powerIn, primitive, product, raised, samePolynomial, UNIT_POWER } from './factored.ts';
import { divide, gcd } from './polynomial.ts';
import { pairsOf, raisedPowers, timesPowers } from './powers.ts';

/** Common divisors of sums above and below the line cancelled: (x² − 1)/(x − 1) is x + 1. */
export function lowestTerms(f: Factored, context: Context): Factored {
  let result = f;
  const below = f.sums.filter(({ e }) => e < 0);
  if (below.length === 0) return f;
  for (const top of f.sums)
    for (const bottom of below) {
      if (top.e < 0 || !result.sums.includes(top) || !result.sums.includes(bottom)) continue;
      const [{ p: a, e: m }, { p: b, e: n }] = [top, bottom];
      const d = gcd(a, b);
      if (d.length < 2) continue;
      const sums = result.sums.filter((base) => base !== top && base !== bottom);
      const [over, under] = [divide(a, d), divide(b, d)];
      if (!over || !under) continue;
      result = product([
        { ...result, sums },
        raised(primitive(over, context), m),
        raised(primitive(under, context), n),
        raised(primitive(d, context), m + n),
      ]);
    }
  return result;
}

/** Sums that stand under a root on the other side of the line taken in there: (1 + x)/√(1 + 1/x) is x·√(1 + 1/x). */
export function underRoots(f: Factored, { generators }: Context): Factored {
  let result = f;
  for (const [g, e] of pairsOf(f.powers)) {
    const { value } = generators[g]!;
    const [base, ...others] = value?.sums ?? [];
    if (!value || !base || others.length > 0 || base.e !== 1) continue;
    const n = powerIn(result.sums, base.p);
    if (n === 0 || n > 0 === e > 0) continue;
    const powers = timesPowers(timesPowers(result.powers, [g, n * UNIT_POWER]), raisedPowers(value.powers, -n));
    const sums = result.sums.filter(({ p }) => !samePolynomial(p, base.p));
    result = { c: times(result.c, value.c.pow(-n)!), powers, sums };
  }
  return result;
}
