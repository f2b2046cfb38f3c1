import { type Context, type Factored, primitive, product, raised } from './factored.ts';
import { divide, gcd } from './polynomial.ts';

/** Common divisors of sums above and below the line cancelled: (x² − 1)/(x − 1) is x + 1. */
export function lowestTerms(f: Factored, context: Context): Factored {
  let result = f;
  const above = [...f.sums].filter(([, { e }]) => e > 0);
  const below = [...f.sums].filter(([, { e }]) => e < 0);
  for (const [top, { p: a, e: m }] of above)
    for (const [bottom, { p: b, e: n }] of below) {
      if (!result.sums.has(top) || !result.sums.has(bottom)) continue;
      const d = gcd(a, b);
      if (d.length < 2) continue;
      const sums = new Map(result.sums);
      sums.delete(top);
      sums.delete(bottom);
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
