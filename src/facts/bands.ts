import { type Affine, type Contraction, type Node, UNIT } from '../graph/node.ts';
import { topological } from '../graph/traverse.ts';

/**
 * Which places of two axes can hold something: the differences iₐ − i_b that are possible, as integers. No entry for a
 * pair of axes means: any.
 */
type Bands = ReadonlyMap<string, readonly number[]>;

const NONE: Bands = new Map();
/** A band of more differences than this is no band. */
const WIDEST = 16;
/** More indices than this are not looked through. */
const MOST_INDICES = 12;

/** The differences of two axes at which a node need not be 0; undefined if nothing is known. */
export function differencesOf(root: Node, a: number, b: number): readonly number[] | undefined {
  const done = new Map<Node, Bands>();
  const of = (node: Node): Bands => done.get(node) ?? NONE;
  for (const node of topological([root], (n) => n.kind === 'recurrence')) done.set(node, bandsOf(node, of));
  return of(root).get(`${a},${b}`);
}

function bandsOf(node: Node, of: (node: Node) => Bands): Bands {
  switch (node.kind) {
    case 'contraction':
      return ofContraction(node, of);
    case 'sum':
      return inAll(node.terms.map(of));
    case 'affine':
      return node.test ? ofTest(node) : NONE;
    case 'definition':
      return of(node.value);
    default:
      return NONE;
  }
}

/** What may be in one term may be in the sum. */
function inAll(terms: readonly Bands[]): Bands {
  const [first, ...rest] = terms as [Bands, ...Bands[]];
  const shared = [...first].flatMap(([pair, own]): [string, readonly number[]][] => {
    const others = rest.map((bands) => bands.get(pair));
    const all = others.includes(undefined) ? undefined : narrow([...own, ...others.flatMap((o) => o!)]);
    return all ? [[pair, all]] : [];
  });
  return new Map(shared);
}

const narrow = (differences: readonly number[]): readonly number[] | undefined => {
  const distinct = [...new Set(differences)];
  return distinct.length <= WIDEST ? distinct.sort((x, y) => x - y) : undefined;
};

/** offset + iₐ − i_b + Σ sₖ·iₖ = 0, the other axes short: the differences iₐ − i_b that solve it. */
function ofTest({ shape, steps, offset }: Affine): Bands {
  const bands = new Map<string, readonly number[]>();
  if (typeof offset !== 'number') return bands;
  steps.forEach((s, a) => {
    if (s !== 1) return;
    steps.forEach((t, b) => {
      if (t !== -1) return;
      let sums: readonly number[] | undefined = [-offset];
      steps.forEach((step, k) => {
        if (k === a || k === b) return;
        const size = shape[k]!;
        sums =
          sums && typeof step === 'number' && typeof size === 'number' && size <= WIDEST ? added(sums, size, step) : undefined;
      });
      if (!sums) return;
      bands.set(`${a},${b}`, sums);
      bands.set(`${b},${a}`, negated(sums));
    });
  });
  return bands;
}

const added = (sums: readonly number[], size: number, step: number): readonly number[] | undefined =>
  narrow(sums.flatMap((sum) => Array.from({ length: size }, (_, i) => sum - i * step)));

const negated = (differences: readonly number[]): readonly number[] => differences.map((d) => (d === 0 ? 0 : -d)).reverse();

/** Differences along a path add up; several paths must all allow one. */
function ofContraction(node: Contraction, of: (node: Node) => Bands): Bands {
  const count = node.sizes.length;
  if (count > MOST_INDICES) return NONE;
  const known: (readonly number[] | undefined)[][] = Array.from({ length: count }, (_, p) =>
    Array.from({ length: count }, (_, q) => (p === q ? [0] : undefined)),
  );
  const restrict = (p: number, q: number, differences: readonly number[]): void => {
    const before = known[p]![q];
    known[p]![q] = before ? before.filter((d) => differences.includes(d)) : differences;
  };
  node.factors.forEach((factor, k) => {
    const own = node.indices[k]!;
    for (const [pair, differences] of of(factor)) {
      const [a, b] = pair.split(',').map((axis) => own[Number(axis)]!) as [number, number];
      if (a !== UNIT && b !== UNIT && a !== b) restrict(a, b, differences);
    }
  });
  for (let via = 0; via < count; via++)
    for (let p = 0; p < count; p++)
      for (let q = 0; q < count; q++) {
        const [one, two] = [known[p]![via], known[via]![q]];
        if (p === q || p === via || q === via || !one || !two) continue;
        const sums = one.length * two.length <= WIDEST * WIDEST ? narrow(one.flatMap((x) => two.map((y) => x + y))) : undefined;
        if (sums) restrict(p, q, sums);
      }
  const bands = new Map<string, readonly number[]>();
  node.result.forEach((p, a) => {
    node.result.forEach((q, b) => {
      const differences = a === b || p === UNIT || q === UNIT ? undefined : known[p]![q];
      if (differences) bands.set(`${a},${b}`, differences);
    });
  });
  return bands;
}
