import { type Digits, digitTests, saysDigits } from '../graph/digits.ts';
import type { Dim } from '../graph/dimension.ts';
import { constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import { type Contraction, isConstant, type Node, UNIT } from '../graph/node.ts';

/**
 * Arrays that were put in one row meet by their own axes: Σᵢ vec(X)ᵢ·vec(A)ᵢ is Σ Xⱼₖ·Aⱼₖ, and tr(A ⊗ B) is tr(A)·tr(B).
 * Two tests that give one index by digits of the same ranges give the same digits, and a test on an index that nothing else
 * has is 1 for one of its places.
 */
export function metByDigits(g: Graph, node: Contraction): Node {
  const opened = opensDigits(node) ? open(g, node) : node;
  if (opened.kind !== 'contraction') return opened;
  const before = digitTests(opened).length;
  if (before === 0) return node;
  const settled = settle(g, opened);
  if (settled.kind !== 'contraction') return settled;
  return digitTests(settled).length < before ? settled : node;
}

const isRow = (factor: Node): factor is Contraction => factor.kind === 'contraction' && factor.factors.some(saysDigits);

const MOST_PARTS = 8;

/** Whether arrays in one row stand among the factors, by themselves or within functions. */
const opensDigits = ({ factors }: Contraction): boolean =>
  factors.length <= MOST_PARTS && factors.some((f) => isRow(f) || rowsWithin(f));

const rowsWithin = (f: Node): boolean =>
  (f.kind === 'apply' && f.args.length <= MOST_PARTS && f.args.some(isRow)) ||
  (f.kind === 'sum' && f.terms.length <= MOST_PARTS && f.terms.every(isRow));

/** The contraction with what stands in one row taken in, f(vec X) as vec f(X). */
function open(g: Graph, node: Contraction): Node {
  const factors = node.factors.map((f) => (rowsWithin(f) ? (functionOfRows(g, f) ?? f) : f));
  return g.contract({ ...node, factors }, isRow);
}

/** f(vec X, vec Y) as vec f(X, Y); sums alike. Undefined where the arguments are not in rows of one kind. */
function functionOfRows(g: Graph, f: Node): Node | undefined {
  if ((f.kind !== 'apply' && f.kind !== 'sum') || f.shape.length !== 1) return undefined;
  const parts = f.kind === 'apply' ? f.args : f.terms;
  const [shape] = parts.flatMap((part) => (isRow(part) ? [digitShape(part)] : []));
  if (!shape) return undefined;
  const plain: Node[] = [];
  for (const part of parts) {
    const own = constantOf(part) && isConstant(part) ? g.constant(constantOf(part)!, shape) : unrowed(g, part, shape);
    if (!own) return undefined;
    plain.push(own);
  }
  const inner = f.kind === 'apply' ? g.apply(f.operator, ...plain) : g.add(plain);
  const test = (parts.find(isRow) as Contraction).factors.find(saysDigits)!;
  const order = digitTests({ factors: [test], indices: [test.shape.map((_, axis) => axis)] })[0]!;
  return g.contract({
    factors: [inner, test],
    indices: [order.digits, test.shape.map((_, axis) => axis)],
    result: [order.whole],
    sizes: test.shape,
  });
}

/** The lengths of the digits of an array in one row. */
function digitShape(row: Contraction): Dim[] | undefined {
  const [test, ...more] = digitTests(row);
  return test && more.length === 0 ? test.digits.map((i) => row.sizes[i]!) : undefined;
}

/** X of vec X, its axes in the order of the digits. */
function unrowed(g: Graph, row: Node, shape: readonly Dim[]): Node | undefined {
  if (!isRow(row) || row.result.length !== 1) return undefined;
  const [test, ...more] = digitTests(row);
  if (!test || more.length > 0 || row.result[0] !== test.whole || digitShape(row)!.join() !== shape.join()) return undefined;
  const rest = row.indices.filter((_, k) => k !== test.factor);
  if (rest.some((own) => own.includes(test.whole))) return undefined;
  return g.contract({
    coefficient: row.coefficient,
    factors: row.factors.filter((_, k) => k !== test.factor),
    indices: rest,
    result: test.digits,
    sizes: without(row.sizes, test.whole),
  });
}

const without = (sizes: readonly Dim[], ...gone: readonly number[]): Map<number, Dim> =>
  new Map([...sizes.entries()].filter(([i]) => !gone.includes(i)));

/** One after the other, as long as a test goes. */
function settle(g: Graph, node: Contraction): Node {
  let current: Node = node;
  while (current.kind === 'contraction') {
    const next: Node | undefined = withOneLess(g, current);
    if (!next) break;
    current = next;
  }
  return current;
}

function withOneLess(g: Graph, node: Contraction): Node | undefined {
  const tests = digitTests(node);
  for (const [at, a] of tests.entries()) {
    if (isAlone(node, a, [a.whole])) return dropped(g, node, a, new Map(), [a.whole]);
    if (isAlone(node, a, a.digits)) return dropped(g, node, a, new Map(), a.digits);
    for (const b of tests.slice(at + 1)) {
      if (b.digits.length !== a.digits.length) continue;
      const [sizes, others] = [a, b].map(({ digits }) => digits.map((i) => node.sizes[i]!).join());
      if (sizes !== others) continue;
      if (a.whole === b.whole) return dropped(g, node, b, new Map(b.digits.map((i, k) => [i, a.digits[k]!])), []);
      if (a.digits.every((i, k) => i === b.digits[k])) return dropped(g, node, b, new Map([[b.whole, a.whole]]), []);
    }
  }
  return undefined;
}

/** Whether these indices of a test are summed and stand nowhere else. */
function isAlone(node: Contraction, { factor }: Digits, own: readonly number[]): boolean {
  return own.every((i) => !node.result.includes(i) && node.indices.every((list, k) => k === factor || !list.includes(i)));
}

/** Without a test; some indices are others, and those that only it has are gone. */
function dropped(
  g: Graph,
  node: Contraction,
  { factor }: Digits,
  same: ReadonlyMap<number, number>,
  gone: readonly number[],
): Node {
  const name = (i: number): number => (i === UNIT ? UNIT : (same.get(i) ?? i));
  return g.contract({
    coefficient: node.coefficient,
    factors: node.factors.filter((_, k) => k !== factor),
    indices: node.indices.filter((_, k) => k !== factor).map((own) => own.map(name)),
    result: node.result.map(name),
    sizes: without(node.sizes, ...gone, ...[...same].flatMap(([from, to]) => (from === to ? [] : [from]))),
  });
}
