import { showShape } from '../graph/dimension.ts';
import { joined, stacked, trimmed } from '../graph/views.ts';
import { GradusError } from '../language/diagnostics.ts';
import { asMatrix, type Builder, columnShape, shapeOf, type Value } from './builder.ts';

/** Arrays put together from others. Each part is moved to its place by a test [i − k − start = 0], and all are added. */

/** Values of one shape as the places of a new first axis. */
export function stackedRows(b: Builder, values: readonly Value[]): Value {
  return b.entrywise(values, (nodes) => stacked(b.graph, nodes, indexCount(values)));
}

const indexCount = (values: readonly Value[]): number => new Set(values.flatMap((v) => v.indices)).size;

/** `[a, b; c, d]`: scalars as entries; arrays as blocks, side by side and one below the other. */
export function blocks(b: Builder, rows: readonly (readonly Value[])[]): Value {
  const all = rows.flat();
  if (all.every((v) => shapeOf(v).length === 0)) {
    if (rows.some((row) => row.length !== rows[0]!.length))
      throw new GradusError('shape', 'the rows of this array differ in length');
    if (rows.length === 1 || rows[0]!.length === 1) return stackedRows(b, all);
    const columns = rows[0]!.length;
    return b.entrywise(all, (nodes) => {
      const count = indexCount(all);
      const made = rows.map((_, r) => stacked(b.graph, nodes.slice(r * columns, (r + 1) * columns), count));
      return stacked(b.graph, made, count);
    });
  }
  return concatenated(
    b,
    rows.map((row) => concatenated(b, row, 1)),
    0,
  );
}

/** Matrices (vectors are columns) joined along axis 0 or 1. */
export function concatenated(b: Builder, values: readonly Value[], axis: 0 | 1): Value {
  if (values.length === 1) return values[0]!;
  const shapes = values.map((v) => asMatrix(shapeOf(v)));
  if (shapes.some((s) => s.length > 2)) throw new GradusError('unsupported', 'only matrices and vectors can be joined');
  const across = shapes[0]![1 - axis]!;
  const other = shapes.findIndex((s) => s[1 - axis] !== across);
  if (other >= 0) {
    throw new GradusError('shape', `these cannot be joined: ${showShape(shapes[0]!)} and ${showShape(shapes[other]!)}`, {
      note: axis === 0 ? 'one below the other needs equal numbers of columns' : 'side by side needs equal numbers of rows',
    });
  }
  const { indices, nodes } = b.matrices(values);
  const node = joined(b.graph, nodes, indices.length + axis);
  return { node: trimmed(b.graph, node, indices.length + columnShape(node.shape.slice(indices.length)).length), indices };
}
