import { isTest } from '../graph/linear.ts';
import { type Contraction, type Node, type Sum, UNIT } from '../graph/node.ts';
import { ONE } from '../graph/rational.ts';

/** Longer columns are said by a rule for their entries. */
const MOST_ENTRIES = 8;

/**
 * The rows of an array that is written row by row, each term in a place of its own: x·[i = 1] + y·[i = 2] is [x; y].
 * Undefined where a place is empty: then there is an array behind it, not a list. The rows are read, never computed
 * with: they are not nodes of the graph.
 */
export function stackedRows({ terms, shape }: Sum): readonly Node[] | undefined {
  const [size, ...more] = shape;
  if (more.length > 1 || typeof size !== 'number' || size > MOST_ENTRIES || terms.length !== size) return undefined;
  const entries: Node[] = new Array(size);
  for (const term of terms) {
    const found = entryOf(term);
    if (!found || entries[found.place]) return undefined;
    entries[found.place] = found.entry;
  }
  return Object.values(entries).length === size ? entries : undefined;
}

/** The place that a term is kept to by a test, and what stands there. */
function entryOf(term: Node): { place: number; entry: Node } | undefined {
  const contraction: Contraction | undefined =
    term.kind === 'contraction' ? term : term.kind === 'affine' ? alone(term) : undefined;
  const axis = contraction?.result[0];
  if (!contraction || axis === undefined || axis === UNIT) return undefined;
  const { factors, indices, sizes } = contraction;
  const test = factors.findIndex((f, k) => isTest(f) && indices[k]!.length === 1 && indices[k]![0] === axis);
  const chosen = factors[test];
  if (chosen?.kind !== 'affine' || chosen.steps[0] !== 1 || typeof chosen.offset !== 'number') return undefined;
  if (indices.some((own, k) => k !== test && own.includes(axis))) return undefined;
  const others = factors.filter((_, k) => k !== test);
  const without = (own: readonly number[]): number[] => own.map((i) => (i > axis ? i - 1 : i));
  const renamed = indices.filter((_, k) => k !== test).map(without);
  const result = without(contraction.result.slice(1));
  if (contraction.result.lastIndexOf(axis) > 0) return undefined;
  const entry: Contraction = {
    ...contraction,
    shape: contraction.shape.slice(1),
    factors: others,
    indices: renamed,
    result,
    sizes: sizes.filter((_, i) => i !== axis),
  };
  const [only] = others;
  const plain = others.length === 1 && renamed[0]!.join() === result.join() && contraction.coefficient.equals(1);
  return { place: -chosen.offset, entry: plain ? only! : entry };
}

/** A test by itself is 1 where it holds. */
const alone = (test: Node): Contraction => ({
  kind: 'contraction',
  id: test.id,
  shape: test.shape,
  coefficient: ONE,
  factors: [test],
  indices: [[0]],
  result: [0],
  sizes: test.shape,
});
