import { addDims, type Dim, multiplyDims, type Shape, showShape } from '../graph/dimension.ts';
import { type Node, UNIT } from '../graph/node.ts';
import { GradusError } from '../language/diagnostics.ts';
import { asMatrix, type Builder, columnShape, shapeOf, type Value } from './builder.ts';

/** Arrays put together from others. Each part is moved to its place by a test [i − k − start = 0], and all are added. */

/** Values of one shape as the places of a new first axis. */
export function stackedRows(b: Builder, values: readonly Value[]): Value {
  return b.entrywise(values, (nodes) => stacked(b, nodes, indexCount(values)));
}

const indexCount = (values: readonly Value[]): number => new Set(values.flatMap((v) => v.indices)).size;

/** Nodes of one shape, a new axis at the given place. */
function stacked({ graph: g }: Builder, nodes: readonly Node[], at: number): Node {
  const first = nodes[0]!.shape;
  const shape = [...first.slice(0, at), nodes.length, ...first.slice(at)];
  const places = first.map((_, axis) => (axis < at ? axis : axis + 1));
  if (nodes.length === 1) return g.broadcast(nodes[0]!, shape, places);
  return g.add(
    nodes.map((node, k) => {
      const here = g.broadcast(g.selection([nodes.length], [1], -k), shape, [at]);
      return g.mul(here, g.broadcast(node, shape, places));
    }),
  );
}

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
      const made = rows.map((_, r) => stacked(b, nodes.slice(r * columns, (r + 1) * columns), count));
      return stacked(b, made, count);
    });
  }
  const joined = rows.map((row) => concatenated(b, row, 1));
  return concatenated(b, joined, 0);
}

/** Matrices (vectors are columns) joined along axis 0 or 1. */
export function concatenated(b: Builder, values: readonly Value[], axis: 0 | 1): Value {
  if (values.length === 1) return values[0]!;
  const g = b.graph;
  const indices = [...new Set(values.flatMap((v) => v.indices))];
  const shapes = values.map((v) => asMatrix(shapeOf(v)));
  if (shapes.some((s) => s.length > 2)) throw new GradusError('unsupported', 'only matrices and vectors can be joined');
  const across = shapes[0]![1 - axis]!;
  const other = shapes.findIndex((s) => !b.equal(s[1 - axis]!, across));
  if (other >= 0) {
    throw new GradusError('shape', `these cannot be joined: ${showShape(shapes[0]!)} and ${showShape(shapes[other]!)}`, {
      note: axis === 0 ? 'one below the other needs equal numbers of columns' : 'side by side needs equal numbers of rows',
    });
  }
  const length = shapes.map((s) => s[axis]!).reduce(addDims);
  const shape: Shape = axis === 0 ? [length, across] : [across, length];
  const leads = indices.map((index) => {
    const owner = values.find((v) => v.indices.includes(index))!;
    return owner.node.shape[owner.indices.indexOf(index)]!;
  });
  let start: Dim = 0;
  const terms = values.map((v, k) => {
    const own = shapes[k]![axis]!;
    const offset = start;
    start = addDims(start, own);
    return placed(b, v, indices, [...leads, ...shape], leads.length + axis, own, offset);
  });
  const node = g.add(terms);
  const final = columnShape(shape);
  if (final.length === 2) return { node, indices };
  const index = node.shape.map((d, k) => (d === 1 ? UNIT : k));
  const sizes = new Map(node.shape.map((d, k) => [k, d]));
  return {
    node: g.contract({ factors: [node], indices: [index], result: index.slice(0, leads.length + final.length), sizes }),
    indices,
  };
}

/** The value within a larger array of zeros, from `offset` on along one axis. */
function placed(b: Builder, v: Value, indices: readonly string[], shape: Shape, axis: number, own: Dim, offset: Dim): Node {
  const g = b.graph;
  const sizes = new Map<number, Dim>(shape.map((d, k) => [k, d]));
  const inner = shape.length;
  sizes.set(inner, own);
  const lead = indices.length;
  const list = v.node.shape.map((d, k) => {
    if (d === 1) return UNIT;
    if (k < v.indices.length) return indices.indexOf(v.indices[k]!);
    const at = lead + k - v.indices.length;
    return at === axis ? inner : at;
  });
  const whole = shape.map((d, k) => (d === 1 ? UNIT : k));
  const test = g.selection([shape[axis]!, own], [1, -1], multiplyDims(-1, offset));
  return g.contract({ factors: [v.node, test], indices: [list, [whole[axis]!, own === 1 ? UNIT : inner]], result: whole, sizes });
}
