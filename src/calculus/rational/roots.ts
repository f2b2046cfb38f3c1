import { derivativeBy, divide, exponentIn, gcd, type Polynomial } from './polynomial.ts';

/** p as a power of another polynomial, if it is one: by the derivative in a generator, as in Yun's algorithm. */
export function rootOf(p: Polynomial): { p: Polynomial; e: number } {
  const one = { p, e: 1 };
  if (p.length < 3 || !couldBePower(p)) return one;
  const g = p[0]!.m[0];
  if (g === undefined) return one;
  const unit = p.map((t) => exponentIn(t.m, g)).reduce(commonDivisor, 0);
  const repeated = gcd(p, derivativeBy(p, g, unit));
  const root = repeated.length < 2 ? undefined : divide(p, repeated);
  if (!root || root.length < 2) return one;
  let rest: Polynomial | undefined = p;
  let e = 0;
  for (let q: Polynomial | undefined = divide(p, root); q; q = divide(q, root)) {
    rest = q;
    e++;
    if (q.length === 1) break;
  }
  return rest.length === 1 && rest[0]!.c === 1n && rest[0]!.m.length === 0 ? { p: root, e } : one;
}

/** The first and the last term of a square are squares, those of a cube cubes. */
function couldBePower(p: Polynomial): boolean {
  const [first, last] = [p[0]!, p[p.length - 1]!];
  const even = last.m.every((e, k) => k % 2 === 0 || e % 2 === 0) && first.m.every((e, k) => k % 2 === 0 || e % 2 === 0);
  return (even && isRoot(first.c, 2) && isRoot(last.c, 2)) || (isRoot(first.c, 3) && isRoot(last.c, 3));
}

const isRoot = (c: bigint, n: number): boolean => c > 0n && BigInt(Math.round(Number(c) ** (1 / n))) ** BigInt(n) === c;

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}
