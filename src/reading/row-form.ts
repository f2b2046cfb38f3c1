import { type Digits, digitTests } from '../graph/digits.ts';
import type { Dim, Shape } from '../graph/dimension.ts';
import { type Contraction, distinct, type Node, UNIT } from '../graph/node.ts';
import { ONE } from '../graph/rational.ts';
import type { Expr } from '../language/tree.ts';
import { dimExpr } from './shapes.ts';
import { call, transposed } from './syntax.ts';

/**
 * Arrays in one row, and out of it again: `vec(X)`, `kron(A, B)`, `reshape(v, m, n)`. In the graph each is a contraction with
 * tests that say an index by digits, and is often one with the product around it. What is made here is read, never
 * computed with: it is no node of the graph.
 */

/** A product with each of `vec`, `kron` and `reshape` in it as one factor; undefined if a test is left, or nothing else. */
export function withRows(given: Contraction): Contraction | undefined {
  const node = inlined(given);
  const tests = digitTests(node);
  if (tests.length === 0) return undefined;
  const made: { factors: readonly number[]; result: readonly number[] }[] = [];
  const open = new Set(tests);
  for (const test of tests) {
    if (!open.delete(test)) continue;
    const found = rowOf(node, test, tests);
    if (!found || found.factors.some((k) => made.some((m) => m.factors.includes(k)))) return undefined;
    for (const other of tests) if (found.factors.includes(other.factor)) open.delete(other);
    made.push(found);
  }
  const taken = new Set(made.flatMap(({ factors }) => factors));
  const left = node.factors.map((_, k) => k).filter((k) => !taken.has(k));
  const isAll = made.length === 1 && left.every((k) => node.indices[k]!.length === 0);
  const sorted = (list: readonly number[]): string => [...list].sort().join();
  if (isAll && sorted(made[0]!.result) === sorted(node.result)) return undefined;
  const whole = [
    ...made.map(({ factors, result }) => ({ at: Math.min(...factors), factor: part(node, factors, result), own: result })),
    ...left.map((k) => ({ at: k, factor: node.factors[k]!, own: node.indices[k]! })),
  ].sort((a, b) => a.at - b.at);
  return renumbered(
    node,
    whole.map(({ factor }) => factor),
    whole.map(({ own }) => own),
    node.result,
    node.coefficient,
  );
}

/** The factors that belong to a test's row, and the indices that the row then has. */
function rowOf(node: Contraction, test: Digits, tests: readonly Digits[]) {
  const summed = (i: number): boolean => i !== UNIT && !node.result.includes(i);
  const wholes = new Set(tests.map(({ whole }) => whole));
  const others = (own: Digits): readonly number[] => (own === test ? [] : own.digits);
  if (test.digits.every(summed)) {
    const reached = reach(node, test.digits, (i) => summed(i) && !wholes.has(i));
    const second = tests.filter((t) => others(t).some((i) => reached.indices.has(i)));
    const outer = [...reached.indices].filter((i) => node.result.includes(i));
    const isKron = outer.length === 1 && second.length === 0 && twoParts(node, test);
    if (isKron && [...reached.indices].every((i) => i === outer[0] || (summed(i) && !wholes.has(i))))
      return { factors: [...reached.factors, test.factor], result: [test.whole, outer[0]!] };
    const isOwn = [...reached.indices].every((i) => summed(i) && !wholes.has(i));
    if (isOwn && second.length === 0) return { factors: [...reached.factors, test.factor], result: [test.whole] };
    const [other] = second;
    if (isOwn && second.length === 1 && other!.digits.every(summed) && pairs(node, test, other!)) {
      const result = isTurned(node, test, other!) ? [other!.whole, test.whole] : [test.whole, other!.whole];
      return { factors: [...reached.factors, test.factor, other!.factor], result };
    }
  }
  if (!summed(test.whole) || wholes.size < tests.length) return undefined;
  const reached = reach(node, [test.whole], (i) => summed(i) && !test.digits.includes(i));
  const inside = [...reached.indices].every((i) => summed(i) && !test.digits.includes(i));
  return inside && reached.factors.length > 0 ? { factors: [...reached.factors, test.factor], result: test.digits } : undefined;
}

/** What hangs together with some indices, tests by digits left out. */
function reach(node: Contraction, from: readonly number[], through: (i: number) => boolean) {
  const skipped = new Set(digitTests(node).map(({ factor }) => factor));
  const indices = new Set(from);
  const factors = new Set<number>();
  for (let size = -1; size < factors.size; ) {
    size = factors.size;
    node.indices.forEach((own, k) => {
      if (skipped.has(k) || factors.has(k) || !own.some((i) => indices.has(i) && (from.includes(i) || through(i)))) return;
      factors.add(k);
      for (const i of own) if (i !== UNIT) indices.add(i);
    });
  }
  return { factors: [...factors], indices };
}

/** The factors over the higher of two digits, and those over the lower, where these do not hang together. */
function twoParts(node: Contraction, { digits }: Digits): (readonly number[])[] | undefined {
  if (digits.length !== 2) return undefined;
  const [high, low] = [1, 0].map((at) => reach(node, [digits[at]!], (i) => !node.result.includes(i)));
  const apart = high!.factors.length > 0 && low!.factors.length > 0 && !high!.factors.some((k) => low!.factors.includes(k));
  return apart ? [high!.factors, low!.factors] : undefined;
}

/** Two parts, one over the higher digits of both, the other over the lower ones: A ⊗ B. */
function pairs(node: Contraction, a: Digits, b: Digits): (readonly number[])[] | undefined {
  if (a.digits.length !== 2 || b.digits.length !== 2) return undefined;
  const parts = [1, 0].map((at) => {
    const ends = [a.digits[at]!, b.digits[at]!];
    const { factors, indices } = reach(node, ends, (i) => !node.result.includes(i));
    return [a, b].some(({ digits }) => indices.has(digits[1 - at]!)) ? undefined : factors;
  });
  return parts.every((p) => p !== undefined && p.length > 0) ? (parts as number[][]) : undefined;
}

/** Whether a part has its rows by the second of two tests. */
const isTurned = (node: Contraction, a: Digits, b: Digits): boolean =>
  node.indices.some((own, k) => {
    const [from, to] = own.filter((i) => i !== UNIT);
    return k !== a.factor && k !== b.factor && b.digits.includes(from!) && a.digits.includes(to!);
  });

/** `vec(X)`, `kron(A, B)`, `reshape(v, m, n)`; undefined of what is none. */
export function rowForm(given: Contraction, read: (part: Node) => Expr): Expr | undefined {
  const node = inlined(given);
  const [test, second, ...more] = digitTests(node);
  if (!test || more.length > 0) return undefined;
  // Numbers in front are written by who asks.
  const isArray = (k: number): boolean => node.indices[k]!.some((i) => i !== UNIT);
  const rest = node.factors.map((_, k) => k).filter((k) => k !== test.factor && k !== second?.factor && isArray(k));
  const over = (factors: readonly number[], result: readonly number[]): Expr => read(part(node, factors, result));
  if (second) {
    const groups = node.result.join() === [test.whole, second.whole].join() ? pairs(node, test, second) : undefined;
    const turned = node.result.join() === [second.whole, test.whole].join() ? pairs(node, second, test) : undefined;
    const ends = turned ? [second, test] : [test, second];
    const found = groups ?? turned;
    return (
      found &&
      call(
        '⊗',
        ...found.map((own, k) =>
          over(
            own,
            ends.map(({ digits }) => digits[1 - k]!),
          ),
        ),
      )
    );
  }
  const has = (i: number): boolean => rest.some((k) => node.indices[k]!.includes(i));
  if (rest.length === 0) return undefined;
  const parts = node.result.includes(test.whole) && !has(test.whole) ? twoParts(node, test) : undefined;
  if (parts && node.result.length <= 2) {
    const [only, ...others] = node.result.filter((i) => i !== test.whole && i !== UNIT);
    const lies = node.result.length === 2 && node.result[1] === test.whole;
    const sides = parts.map((own, k) => {
      const digit = test.digits[1 - k]!;
      const isWide = only !== undefined && own.some((f) => node.indices[f]!.includes(only));
      if (isWide) return over(own, lies ? [only, digit] : [digit, only]);
      return lies ? transposed(over(own, [digit])) : over(own, [digit]);
    });
    if (others.length === 0) return call('⊗', ...sides);
  }
  if (node.result.join() === String(test.whole) && !has(test.whole)) return call('vec', over(rest, test.digits));
  if (node.result.includes(test.whole) || test.digits.some(has)) return undefined;
  const rows = [...test.digits].reverse();
  const reshaped = (): Expr => call('reshape', over(rest, [test.whole]), ...rows.map((i) => dimExpr(node.sizes[i]!)));
  if (node.result.join() === rows.join()) return reshaped();
  return rows.length === 2 && node.result.join() === test.digits.join() ? transposed(reshaped()) : undefined;
}

/** With the factors of products of many axes in their place: A ⊗ B is made of all Aᵢⱼ·Bₖₗ. */
function inlined(node: Contraction): Contraction {
  if (digitTests(node).length === 0) return node;
  const at = node.factors.findIndex(
    (f) => f.kind === 'contraction' && f.shape.length > 2 && f.coefficient.equals(1) && distinct(f.result),
  );
  const inner = node.factors[at];
  if (inner?.kind !== 'contraction') return node;
  const sizes = [...node.sizes];
  const names = new Map<number, number>();
  inner.result.forEach((i, axis) => {
    if (i !== UNIT) names.set(i, node.indices[at]![axis]!);
  });
  inner.sizes.forEach((size, i) => {
    if (!names.has(i)) names.set(i, sizes.push(size) - 1);
  });
  const own = inner.indices.map((list) => list.map((i) => (i === UNIT ? UNIT : names.get(i)!)));
  const factors = [...node.factors.slice(0, at), ...inner.factors, ...node.factors.slice(at + 1)];
  const indices = [...node.indices.slice(0, at), ...own, ...node.indices.slice(at + 1)];
  return inlined({ ...node, factors, indices, sizes });
}

/** Some factors of a contraction, summed over what the result does not have. */
function part(node: Contraction, factors: readonly number[], result: readonly number[]): Node {
  const made = renumbered(
    node,
    factors.map((k) => node.factors[k]!),
    factors.map((k) => node.indices[k]!),
    result,
    ONE,
  );
  const [only] = made.factors;
  return made.factors.length === 1 && made.indices[0]!.join() === made.result.join() ? only! : made;
}

function renumbered(
  node: Contraction,
  factors: readonly Node[],
  indices: readonly (readonly number[])[],
  result: readonly number[],
  coefficient: Contraction['coefficient'],
): Contraction {
  const number = new Map<number, number>();
  const sizes: Dim[] = [];
  const name = (i: number): number => {
    if (i === UNIT) return UNIT;
    const known = number.get(i);
    if (known !== undefined) return known;
    number.set(i, sizes.length);
    sizes.push(node.sizes[i]!);
    return sizes.length - 1;
  };
  const own = result.map(name);
  const shape: Shape = own.map((i) => (i === UNIT ? 1 : sizes[i]!));
  return {
    kind: 'contraction',
    id: node.id,
    shape,
    coefficient,
    factors,
    indices: indices.map((list) => list.map(name)),
    result: own,
    sizes,
  };
}
