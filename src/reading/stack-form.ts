import { type Contraction, type Node, type Sum, UNIT } from '../graph/node.ts';
import { placedTerm } from '../graph/placed.ts';
import { ZERO } from '../graph/rational.ts';

/** Longer columns are said by a rule for their entries. */
const MOST_ENTRIES = 8;

/**
 * The rows of an array that is written row by row, each term in a place of its own: x·[i = 1] + y·[i = 3] is [x; 0; y].
 * The rows are read, never computed with: they are not nodes of the graph.
 */
export function stackedRows(node: Node): readonly Node[] | undefined {
  const [size, ...more] = node.shape;
  if (typeof size !== 'number' || size < 2 || size > MOST_ENTRIES) return undefined;
  if (more.length > 1 || more.some((d) => typeof d !== 'number' || d > MOST_ENTRIES)) return undefined;
  const rows = Array.from({ length: size }, (): Node[] => []);
  for (const term of node.kind === 'sum' ? node.terms : [node]) {
    const found = placedTerm(term);
    const row = found && rows[found.place];
    if (!row) return undefined;
    row.push(found.entry);
  }
  return rows.map((terms) => (terms.length === 0 ? zero(more as number[]) : terms.length === 1 ? terms[0]! : sumOf(terms)));
}

const sumOf = (terms: readonly Node[]): Sum => ({ kind: 'sum', id: terms[0]!.id, shape: terms[0]!.shape, terms });

const zero = (shape: readonly number[]): Contraction => ({
  kind: 'contraction',
  id: -1,
  shape,
  coefficient: ZERO,
  factors: [],
  indices: [],
  result: shape.map((size, axis) => (size === 1 ? UNIT : axis)),
  sizes: shape,
});
