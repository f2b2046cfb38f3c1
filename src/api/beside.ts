import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { stacked } from '../graph/views.ts';
import type { Bracket, Expr } from '../language/tree.ts';
import type { Model } from '../model/model.ts';
import { toStatements } from '../reading/source.ts';
import { forReading } from '../simplify/pipelines.ts';
import { Expression } from './expression.ts';

/** More entries than this are written by their indices. */
const MOST_ENTRIES = 64;

const NOWHERE = { start: 0, end: 0 };

/**
 * Derivatives of one shape by several scalars, beside one another: [f…, n], the columns of a Jacobian or the entries of a
 * gradient. Where it has few entries it is written as the matrix of them.
 */
export function beside(model: Model, parts: readonly Expression[]): Expression {
  const { graph } = model;
  const columns = parts.map((part) => part.node);
  const entries = columns.map((column) => entriesOf(graph, column));
  const scalars = columns[0]!.shape.length === 0;
  const rows = scalars ? entries : entries[0]?.map((_, i) => entries.map((column) => column![i]!));
  return together(model, parts, rows as readonly (readonly Node[])[] | undefined, false);
}

/** The matrix of the second derivatives by scalars, given row by row. */
export function square(model: Model, rows: readonly (readonly Expression[])[]): Expression {
  const entries = rows.map((row) => row.map((part) => part.node));
  // It is symmetric: its rows are its columns.
  const columns = rows.map((row) => together(model, row, undefined, false));
  return together(model, columns, entries, true);
}

function together(
  model: Model,
  parts: readonly Expression[],
  rows: readonly (readonly Node[])[] | undefined,
  symmetric: boolean,
): Expression {
  const { graph } = model;
  const { from, shape, node: first } = parts[0]!;
  const side = (nodes: readonly Node[]) => stacked(graph, nodes, first.shape.length);
  const [node] = forReading(graph, [side(parts.map((part) => part.node))]) as [Node];
  const runs = () => side(parts.map((part) => part.from!.runs()));
  const origin = {
    ...from!,
    model,
    runs,
    by: parts.flatMap((part) => part.from!.by ?? []),
    symmetric,
    notes: () => [...new Set(parts.flatMap((part) => part.notes))],
  };
  const whole = [...shape, parts.length];
  const tree = rows && bracket(graph, rows);
  return tree ? Expression.written(graph, tree, node, whole, origin) : new Expression(graph, node, whole, undefined, origin);
}

/** A matrix by its entries; undefined if it is too long, or an entry is no single expression. */
function bracket(graph: Graph, rows: readonly (readonly Node[])[]): Bracket | undefined {
  if (rows.length * rows[0]!.length > MOST_ENTRIES) return undefined;
  const trees = rows.map((row) => forReading(graph, row).map((node) => treeOf(graph, node)));
  if (trees.some((row) => row.includes(undefined))) return undefined;
  return { kind: 'bracket', rows: trees as Expr[][], span: NOWHERE };
}

/** The entries of a vector, or the scalar itself; undefined for what has more axes, or a length without a number. */
function entriesOf(graph: Graph, x: Node): readonly Node[] | undefined {
  const [size, ...rest] = x.shape;
  if (size === undefined) return [x];
  if (typeof size !== 'number' || rest.length > 0 || size > MOST_ENTRIES) return undefined;
  return Array.from({ length: size }, (_, k) =>
    graph.contract({ factors: [x, graph.selection([size], [1], -k)], indices: [[0], [0]], result: [], sizes: [size] }),
  );
}

/** A node as one expression; undefined if it takes definitions. */
function treeOf(graph: Graph, node: Node): Expr | undefined {
  const [statement, ...more] = toStatements(node, { reserved: graph.names, graph });
  return statement?.kind === 'objective' && more.length === 0 ? statement.value : undefined;
}
