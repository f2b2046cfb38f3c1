import { derivativeBy, divide, gcd, type Polynomial } from './polynomial.ts';
import { exponentIn } from './powers.ts';

/** p as a power of another polynomial, if it is one: by the derivative in a generator, as in Yun's algorithm. */
export function rootOf(p: Polynomial): { p: Polynomial; e: number } {
  const one = { p, e: 1 };
  if (p.length < 3 || !couldBePower(p)) return one;
  const g = p[0]!.m[0];
  if (g === undefined) return one;
  const unit = stepOf(p, g);
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

/**
 * The first and the last term of a square are squares, those of a cube cubes. Exponents count in the steps in which
 * they go up: a root of a polynomial in x² is one too.
 */
function couldBePower(p: Polynomial): boolean {
  const [first, last] = [p[0]!, p[p.length - 1]!];
  const squares = isRoot(first.c, 2) && isRoot(last.c, 2);
  const cubes = isRoot(first.c, 3) && isRoot(last.c, 3);
  if (!squares && !cubes) return false;
  let steps = 0;
  for (const { m } of [first, last])
    for (let k = 0; k < m.length; k += 2) steps = commonDivisor(steps, m[k + 1]! / stepOf(p, m[k]!));
  return (squares && steps % 2 === 0) || (cubes && steps % 3 === 0);
}

/** The greatest common divisor of a generator's exponents. */
function stepOf(p: Polynomial, g: number): number {
  let step = 0;
  for (const { m } of p) step = commonDivisor(step, exponentIn(m, g));
  return step;
}

const isRoot = (c: bigint, n: number): boolean =>
  c === 1n || (c > 0n && BigInt(Math.round(Number(c) ** (1 / n))) ** BigInt(n) === c);

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}
