import type { Expr } from '../language/tree.ts';
import {
  type AxisName,
  apply,
  collapse,
  column,
  compose,
  either,
  flipped,
  hadamardMatrices,
  hadamardVectors,
  type Item,
  indicesOf,
  type MatrixItem,
  matrixProduct,
  oriented,
  row,
  transposesIn,
  turnedAsOne,
  type VectorItem,
} from './items.ts';
import { call, isCall, product, unturned } from './syntax.ts';

/** A contraction's array part in matrix notation: scalars to multiply with, and the rest. */
export interface MatrixForm {
  readonly scalars: readonly Expr[];
  /** Nothing if only scalars are left. */
  readonly array: Expr | undefined;
  /** The result indices that the array runs over; it stretches over the others. */
  readonly covers: readonly number[];
}

/**
 * Writes Σ Π items in matrix notation by reducing the graph whose vertices are indices and whose edges are matrices:
 * parallel edges are an entrywise product, edges in series a matrix product, an edge to nowhere a sum, a cycle a trace,
 * an index shared by three a diagonal matrix. Undefined where that does not succeed: then only index notation can say it.
 * @param result the indices of the result, none, one or two different ones
 * @param lying a single result index runs along a row
 * @param nameOf what the length of an index is called
 */
export function matrixForm(
  items: readonly Item[],
  result: readonly number[],
  lying: boolean,
  nameOf: AxisName,
): MatrixForm | undefined {
  const work = new Reduction(items, result, nameOf);
  while (work.step());
  return work.finish(lying);
}

class Reduction {
  private items: Item[];
  private readonly result: readonly number[];
  private readonly scalars: Expr[] = [];
  private readonly nameOf: AxisName;

  constructor(items: readonly Item[], result: readonly number[], nameOf: AxisName) {
    this.items = [...items];
    this.result = result;
    this.nameOf = nameOf;
  }

  /** One reduction, the first that fits; false when none does. */
  step(): boolean {
    return (
      this.loop() || this.parallel() || this.dangling() || this.dot() || this.applyVector() || this.series() || this.spread()
    );
  }

  /** In how many places an index stands: axes of items, and of the result. */
  private places(index: number): number {
    const own = this.items.reduce((n, item) => n + indicesOf(item).filter((i) => i === index).length, 0);
    return own + this.result.filter((i) => i === index).length;
  }

  private replace(old: readonly Item[], ...next: Item[]): true {
    const at = this.items.indexOf(old[0]!);
    this.items.splice(at, 1, ...next);
    this.items = this.items.filter((item) => !old.includes(item));
    return true;
  }

  private pair<T extends Item>(fits: (a: Item, b: Item) => boolean): [T, T] | undefined {
    for (let i = 0; i < this.items.length; i++) {
      for (let j = i + 1; j < this.items.length; j++) {
        if (fits(this.items[i]!, this.items[j]!)) return [this.items[i] as T, this.items[j] as T];
      }
    }
    return undefined;
  }

  /** M_ii: a trace where i is summed, the diagonal elsewhere. */
  private loop(): boolean {
    const m = this.items.find((item): item is MatrixItem => item.rank === 2 && item.row === item.col);
    if (!m) return false;
    if (this.places(m.row) === 2) {
      this.scalars.push(call('tr', matrixProduct(m.chain)));
      return this.replace([m]);
    }
    return this.replace([m], { rank: 1, index: m.row, chain: [call('diag', matrixProduct(m.chain))] });
  }

  /** Items over the same indices multiply entry by entry; a closed pair of chains is a trace. */
  private parallel(): boolean {
    const vectors = this.pair<VectorItem>(
      (a, b) => a.rank === 1 && b.rank === 1 && a.index === b.index && this.places(a.index) > 2,
    );
    if (vectors) return this.replace(vectors, hadamardVectors(...vectors));
    const found = this.pair<MatrixItem>((a, b) => a.rank === 2 && b.rank === 2 && sameEnds(a, b));
    if (!found) return false;
    const [a, b] = found;
    const closed = this.places(a.row) === 2 && this.places(a.col) === 2;
    if (closed && (a.chain.length + b.chain.length > 2 || a.row === b.col)) {
      const round = [...a.chain, ...oriented(b, a.col)];
      const turned = flipped(round);
      // tr(Aᵀ·Bᵀ) is tr(B·A).
      this.scalars.push(call('tr', matrixProduct(transposesIn(turned) < transposesIn(round) ? turned : round)));
      return this.replace(found);
    }
    return this.replace(found, hadamardMatrices(this.upright(a), b, this.result.length < 2));
  }

  /** An index that nothing else has is summed. */
  private dangling(): boolean {
    for (const item of this.items) {
      const free = indicesOf(item).filter((i) => this.places(i) === 1);
      if (free.length === 0) continue;
      if (item.rank === 2 && free.length === 1) return this.replace([item], collapse(item, free[0]!, this.nameOf));
      this.scalars.push(call('sum', item.rank === 1 ? either(item) : matrixProduct(item.chain)));
      return this.replace([item]);
    }
    return false;
  }

  /** uᵀv, where nothing else has the index. */
  private dot(): boolean {
    const found = this.pair<VectorItem>(
      (a, b) => a.rank === 1 && b.rank === 1 && a.index === b.index && this.places(a.index) === 2,
    );
    if (!found) return false;
    // As few transposes as can be; of as many, the longer chain reads better on the right: x'*(A*y).
    const [a, b] = found;
    const fewer = turns(a, b) - turns(b, a) || a.chain.length - b.chain.length;
    const [u, v] = fewer > 0 ? [b, a] : [a, b];
    const both = hadamardVectors(u, v);
    this.scalars.push(found.some(isEntrywise) ? call('sum', either(both)) : matrixProduct([row(u), column(v)]));
    return this.replace(found);
  }

  private applyVector(): boolean {
    const found = this.pair<Item>((a, b) => a.rank + b.rank === 3 && this.joins(a, b) !== undefined);
    if (!found) return false;
    const [m, v] = found[0].rank === 2 ? found : [found[1], found[0]];
    return this.replace(found, apply(m as MatrixItem, v as VectorItem));
  }

  private series(): boolean {
    const found = this.pair<MatrixItem>((a, b) => a.rank === 2 && b.rank === 2 && this.joins(a, b) !== undefined);
    if (!found) return false;
    return this.replace(found, this.upright(compose(found[0], found[1], this.joins(...found)!)));
  }

  /** The matrix in the direction of the result, where it ends there. */
  private upright(m: MatrixItem): MatrixItem {
    const [first, second] = this.result;
    const flip = second !== undefined && (m.col === first || m.row === second);
    return flip ? { rank: 2, row: m.col, col: m.row, chain: oriented(m, m.col) } : m;
  }

  /** The summed index that these two share with nothing else. */
  private joins(a: Item, b: Item): number | undefined {
    return indicesOf(a).find((i) => indicesOf(b).includes(i) && this.places(i) === 2);
  }

  /** A vector on an index with other uses scales the rows or columns of a matrix that has it. */
  private spread(): boolean {
    const v = this.items.find(
      (item): item is VectorItem => item.rank === 1 && this.items.some((m) => m.rank === 2 && indicesOf(m).includes(item.index)),
    );
    if (!v) return false;
    const m = this.items.find((item): item is MatrixItem => item.rank === 2 && indicesOf(item).includes(v.index))!;
    const across = this.items.find(
      (item): item is VectorItem => item.rank === 1 && item !== v && indicesOf(m).includes(item.index),
    );
    if (across) {
      const [u, w] = m.row === v.index ? [v, across] : [across, v];
      const outer: MatrixItem = { rank: 2, row: m.row, col: m.col, chain: [column(u), row(w)] };
      return this.replace([m, v, across], hadamardMatrices(this.upright(outer), m));
    }
    const whole = this.result.length === 2 && indicesOf(m).every((i) => this.result.includes(i));
    if (whole && this.items.every((item) => item === m || item.rank === 1)) {
      const upright = this.upright(m);
      const stretched = upright.row === v.index ? column(v) : row(v);
      return this.replace([m, v], { ...upright, chain: [product('.*', [stretched, matrixProduct(upright.chain)])] });
    }
    const other = m.row === v.index ? m.col : m.row;
    const chain = [unturned(call('diag', column(v))), ...oriented(m, v.index)];
    return this.replace([m, v], { rank: 2, row: v.index, col: other, chain });
  }

  finish(lying: boolean): MatrixForm | undefined {
    const { items, scalars, result } = this;
    if (items.length === 0) return { scalars, array: undefined, covers: [] };
    const [first] = items;
    if (items.length === 1 && first!.rank === 2 && result.length === 2 && sameSet(indicesOf(first!), result)) {
      return { scalars, array: turnedAsOne(matrixProduct(oriented(first as MatrixItem, result[0]!))), covers: result };
    }
    if (!items.every((item) => item.rank === 1 && result.includes(item.index))) return undefined;
    if (items.length === 1) {
      const v = first as VectorItem;
      const down = result.length === 1 ? !lying : v.index === result[0];
      return { scalars, array: down ? column(v) : row(v), covers: [v.index] };
    }
    if (items.length > 2) return undefined;
    const vectors = items as VectorItem[];
    const [u, v] = (vectors[0]!.index === result[0] ? vectors : vectors.reverse()) as [VectorItem, VectorItem];
    return { scalars, array: matrixProduct([column(u), row(v)]), covers: result };
  }
}

/** How many transposes uᵀ·v has. */
const turns = (u: VectorItem, v: VectorItem): number => transposesIn([...flipped(u.chain), ...v.chain]);

const isEntrywise = (v: VectorItem): boolean => v.chain.length === 1 && [column(v), row(v)].some((e) => isCall(e, '.*'));

const sameSet = (a: readonly number[], b: readonly number[]): boolean => a.length === b.length && a.every((i) => b.includes(i));

const sameEnds = (a: MatrixItem, b: MatrixItem): boolean =>
  (a.row === b.row && a.col === b.col) || (a.row === b.col && a.col === b.row);
