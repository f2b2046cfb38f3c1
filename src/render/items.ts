import type { Expr } from '../language/tree.ts';
import { call, isCall, name, product, transposed } from './syntax.ts';

/**
 * The pieces of a contraction while it is turned into matrix notation. An item's value is the product of its chain;
 * a vector's chain gives a column.
 */
export type Item = VectorItem | MatrixItem;

export interface VectorItem {
  readonly rank: 1;
  readonly index: number;
  readonly chain: readonly Expr[];
}

export interface MatrixItem {
  readonly rank: 2;
  readonly row: number;
  readonly col: number;
  readonly chain: readonly Expr[];
}

export const indicesOf = (item: Item): readonly number[] => (item.rank === 1 ? [item.index] : [item.row, item.col]);

const flipped = (chain: readonly Expr[]): Expr[] => [...chain].reverse().map(transposed);

/** The chain as a column. */
export const column = (v: VectorItem): Expr => product('*', v.chain);

/** The chain as a row: transposed factors in reverse order. */
export const row = (v: VectorItem): Expr => product('*', flipped(v.chain));

/** The vector however it is shorter: inside a sum its direction does not matter. */
export const either = (v: VectorItem): Expr => (v.chain.length === 1 && isCall(v.chain[0]!, 'transpose') ? row(v) : column(v));

/** The matrix with `first` as the index of its rows. */
export const oriented = (m: MatrixItem, first: number): readonly Expr[] => (m.row === first ? m.chain : flipped(m.chain));

/** u ⊙ v; rows stay rows. */
export function hadamardVectors(u: VectorItem, v: VectorItem): VectorItem {
  const [a, b] = [column(u), column(v)];
  const rows = isCall(a, 'transpose') && isCall(b, 'transpose');
  const chain = rows ? [transposed(product('.*', [transposed(a), transposed(b)]))] : [product('.*', [a, b])];
  return { rank: 1, index: u.index, chain };
}

export function hadamardMatrices(a: MatrixItem, b: MatrixItem): MatrixItem {
  return { ...a, chain: [product('.*', [product('*', a.chain), product('*', oriented(b, a.row))])] };
}

/** A·v over the index they share. */
export function apply(m: MatrixItem, v: VectorItem): VectorItem {
  const other = m.row === v.index ? m.col : m.row;
  return { rank: 1, index: other, chain: [...oriented(m, other), ...v.chain] };
}

/** A·B over an index they share. */
export function compose(a: MatrixItem, b: MatrixItem, shared: number): MatrixItem {
  const start = a.row === shared ? a.col : a.row;
  const end = b.row === shared ? b.col : b.row;
  return { rank: 2, row: start, col: end, chain: [...oriented(a, start), ...oriented(b, shared)] };
}

/** The sum over one index of a matrix. */
export function collapse(m: MatrixItem, dropped: number): VectorItem {
  const whole = product('*', m.chain);
  return m.col === dropped
    ? { rank: 1, index: m.row, chain: [call('sum', whole, name('cols'))] }
    : { rank: 1, index: m.col, chain: [transposed(call('sum', whole, name('rows')))] };
}
