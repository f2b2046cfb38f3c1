import type { Input } from '../model/model.ts';

/** Columns of mean 0 and deviation 1: what descent is quick with, whatever the units of the data are. */

/** What the columns of an array had before they were scaled. */
export interface Scaling {
  /** The axis along which the examples lie; every other place has a mean and a deviation of its own. */
  readonly axis: number;
  readonly mean: Float64Array;
  /** Of all examples, divided by their number; 1 for a column whose entries are equal. */
  readonly deviation: Float64Array;
}

/** Whether an input may be scaled: what is declared of its entries would no longer hold of others. */
export const isScalable = ({ role, facts }: Pick<Input, 'role' | 'facts'>): boolean => role === 'data' && facts.length === 0;

/** Means and deviations of columns whose entries come bit by bit. Welford, Note on a method (1962). */
export class Moments {
  private readonly mean: Float64Array;
  private readonly squares: Float64Array;
  private count = 0;
  private readonly axis: number;

  /** @param columns how many places there are besides the axis of the examples */
  constructor(columns: number, axis: number) {
    this.mean = new Float64Array(columns);
    this.squares = new Float64Array(columns);
    this.axis = axis;
  }

  add(data: ArrayLike<number>, shape: readonly number[]): void {
    const { mean, squares, axis } = this;
    const { examples, inner } = strides(shape, axis);
    for (let k = 0; k < examples; k++) {
      this.count++;
      for (let column = 0; column < mean.length; column++) {
        const x = data[placeOf(column, k, examples, inner)]!;
        const before = x - mean[column]!;
        mean[column]! += before / this.count;
        squares[column]! += before * (x - mean[column]!);
      }
    }
  }

  scaling(): Scaling {
    const { axis, mean, squares, count } = this;
    const deviation = squares.map((sum, k) => {
      const found = Math.sqrt(sum / count);
      // What rounding leaves of equal numbers is no deviation.
      return found > 1e-14 * Math.abs(mean[k]!) ? found : 1;
    });
    return { axis, mean: mean.slice(), deviation };
  }
}

/** @param axis the one along which the examples lie */
export function scalingOf(data: ArrayLike<number>, shape: readonly number[], axis: number): Scaling {
  const moments = new Moments(strides(shape, axis).columns, axis);
  moments.add(data, shape);
  return moments.scaling();
}

export const scaled = (data: ArrayLike<number>, shape: readonly number[], scaling: Scaling): Float64Array =>
  mapped(data, shape, scaling, (x, mean, deviation) => (x - mean) / deviation);

/** What was scaled, as it was. */
export const unscaled = (data: ArrayLike<number>, shape: readonly number[], scaling: Scaling): Float64Array =>
  mapped(data, shape, scaling, (x, mean, deviation) => x * deviation + mean);

function mapped(
  data: ArrayLike<number>,
  shape: readonly number[],
  { axis, mean, deviation }: Scaling,
  apply: (x: number, mean: number, deviation: number) => number,
): Float64Array {
  const { examples, inner, columns } = strides(shape, axis);
  const result = new Float64Array(data.length);
  for (let k = 0; k < examples; k++) {
    for (let column = 0; column < columns; column++) {
      const at = placeOf(column, k, examples, inner);
      result[at] = apply(data[at]!, mean[column]!, deviation[column]!);
    }
  }
  return result;
}

function strides(shape: readonly number[], axis: number) {
  const length = (part: readonly number[]) => part.reduce((n, size) => n * size, 1);
  const inner = length(shape.slice(axis + 1));
  return { examples: shape[axis] ?? 1, inner, columns: length(shape.slice(0, axis)) * inner };
}

/** Where the entry of a column stands for an example: columns are counted before and behind the examples' axis. */
const placeOf = (column: number, example: number, examples: number, inner: number): number =>
  (Math.floor(column / inner) * examples + example) * inner + (column % inner);
