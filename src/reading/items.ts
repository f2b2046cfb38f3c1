import type { Shape } from '../graph/dimension.ts';
import { UNIT } from '../graph/node.ts';
import type { Call, Expr } from '../language/tree.ts';
import { Numbering } from '../language/trees.ts';
import { call, isCall, isNegativeExpr, name, negative, numeralOf, product, transposed } from './syntax.ts';

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

/** A·B·C; factors in a row that are powers of one matrix are one: X·X·X is X³, Xᵀ·Xᵀ is (X²)ᵀ. */
export function matrixProduct(factors: readonly Expr[]): Expr {
  const flat = factors.flatMap((f) => (isCall(f, '*') ? f.args : [f]));
  const numbering = new Numbering();
  const powers: Power[] = [];
  for (const factor of flat) {
    const power = powerOf(factor);
    const last = powers[powers.length - 1];
    const meets = last?.turned === power.turned && numbering.of(last.matrix) === numbering.of(power.matrix);
    if (meets) powers[powers.length - 1] = { ...last, times: last.times + power.times, expr: undefined };
    else powers.push(power);
  }
  return product('*', powers.map(written));
}

/** A factor of a product of matrices as a power of a matrix, transposed or not. */
interface Power {
  /** As it was written. */
  readonly expr: Expr | undefined;
  readonly matrix: Expr;
  readonly turned: boolean;
  readonly times: number;
}

function powerOf(expr: Expr): Power {
  const [base, exponent] = expr.kind === 'call' ? expr.args : [];
  if (isCall(expr, 'transpose')) {
    const inner = powerOf(base!);
    return { ...inner, expr, turned: !inner.turned };
  }
  if (isCall(expr, '^') && exponent?.kind === 'number' && /^\d+$/.test(exponent.text))
    return { expr, matrix: base!, turned: false, times: Number(exponent.text) };
  return { expr, matrix: expr, turned: false, times: 1 };
}

function written({ expr, matrix, turned, times }: Power): Expr {
  if (expr) return expr;
  const power = call('^', matrix, numeralOf(times));
  return turned ? transposed(power) : power;
}

/**
 * One transpose for many: Xᵀ·Aᵀ·Xᵀ as (X·A·X)ᵀ, and Xᵀ·Bᵀ + Bᵀ·Xᵀ as (X·B + B·X)ᵀ. Aᵀ·Bᵀ stays: it says what is done to
 * each of them.
 */
export function turnedAsOne(e: Expr): Expr {
  const back = turnedBack(e);
  return back && back.transposes > MOST_TRANSPOSES ? transposed(back.expr) : e;
}

const MOST_TRANSPOSES = 2;

/** The transpose of what has nothing but transposes in it, and how many there were. */
function turnedBack(e: Expr): { readonly expr: Expr; readonly transposes: number } | undefined {
  if (isCall(e, 'transpose')) {
    const [expr] = e.args as readonly [Expr];
    return { expr, transposes: isCall(expr, '*') ? expr.args.length : 1 };
  }
  if (isNegativeExpr(e)) {
    const inner = turnedBack(negative(e));
    return inner && { ...inner, expr: negative(inner.expr) };
  }
  const isProduct = isCall(e, '*');
  if (!isProduct && !isCall(e, '+')) return undefined;
  const parts = (e as Call).args.map(turnedBack);
  if (!parts.every((part) => part !== undefined)) return undefined;
  const transposes = parts.reduce((n, part) => n + part.transposes, 0);
  const exprs = parts.map(({ expr }) => expr);
  return { expr: isProduct ? matrixProduct(exprs.reverse()) : call('+', ...exprs), transposes };
}

/** How many factors of products are transposed. */
export const transposesIn = (factors: readonly Expr[]): number =>
  factors.reduce((n, e) => {
    if (e.kind !== 'call') return n;
    if (e.callee === 'transpose') return n + 1;
    return e.callee === '*' || e.callee === '.*' ? n + transposesIn(e.args) : n;
  }, 0);

export const indicesOf = (item: Item): readonly number[] => (item.rank === 1 ? [item.index] : [item.row, item.col]);

export const flipped = (chain: readonly Expr[]): Expr[] => [...chain].reverse().map(transposed);

/** The chain as a column. */
export const column = (v: VectorItem): Expr => matrixProduct(v.chain);

/** The chain as a row: transposed factors in reverse order. */
export const row = (v: VectorItem): Expr => matrixProduct(flipped(v.chain));

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

/**
 * A ⊙ B; (A ⊙ B)ᵀ for Aᵀ ⊙ Bᵀ.
 * @param isFree either index may be that of the rows: the way round with fewer transposes is taken
 */
export function hadamardMatrices(a: MatrixItem, b: MatrixItem, isFree = false): MatrixItem {
  if (isFree) {
    const other: MatrixItem = { rank: 2, row: a.col, col: a.row, chain: flipped(a.chain) };
    const turns = ({ row, chain }: MatrixItem): number => transposesIn([...chain, ...oriented(b, row)]);
    return hadamardMatrices(turns(other) < turns(a) ? other : a, b);
  }
  const sides = [matrixProduct(a.chain), matrixProduct(oriented(b, a.row))];
  if (!sides.every((side) => isCall(side, 'transpose'))) return { ...a, chain: [product('.*', sides)] };
  return { ...a, chain: [transposed(product('.*', sides.map(transposed)))] };
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

/** What the length of an index is called, where that can stand for its axis. */
export type AxisName = (index: number) => string | undefined;

/** The sum over one index of a matrix: over the axis whose length has a name, `sum(A, m)`, or over rows or cols. */
export function collapse(given: MatrixItem, dropped: number, nameOf: AxisName): VectorItem {
  const isTurned = given.chain.length === 1 && isCall(given.chain[0]!, 'transpose');
  const m = isTurned ? { ...given, row: given.col, col: given.row, chain: flipped(given.chain) } : given;
  const whole = matrixProduct(m.chain);
  const kept = m.col === dropped ? m.row : m.col;
  const own = nameOf(dropped) === nameOf(kept) ? undefined : nameOf(dropped);
  return m.col === dropped
    ? { rank: 1, index: kept, chain: [call('sum', whole, name(own ?? 'cols'))] }
    : { rank: 1, index: kept, chain: [transposed(call('sum', whole, name(own ?? 'rows')))] };
}

/** A factor as an item of matrix notation: rows and columns are vectors, anything beyond rank 2 is no item. */
export function toItem(expr: Expr, own: readonly number[], shape: Shape): Item | undefined {
  const [i, j] = own.filter((k) => k !== UNIT) as [number, number?];
  if (shape.length > 2) return undefined;
  if (j !== undefined) return { rank: 2, row: i, col: j, chain: [expr] };
  return { rank: 1, index: i, chain: [shape.length === 2 && shape[0] === 1 ? transposed(expr) : expr] };
}
