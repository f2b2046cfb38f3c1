import { type Context, type Factored, primitive, product, raised } from './factored.ts';
import { divide, gcd } from './polynomial.ts';

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
