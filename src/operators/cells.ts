import type { Shape } from '../graph/dimension.ts';
import type { ArrayKernel, ArrayOperator, Field, Numbers } from './array.ts';
import { byNumber } from './by-number.ts';

/** What the records of functions of whole cells have in common. */

export const scalarCell = (): Shape => [];

/** Letters for the axes of a cell. */
export const letters = (rank: number): string => 'abcdefgh'.slice(0, rank);

/** The sum of numbers in any arithmetic, 0 of none. */
export const sumIn = <T>(x: Pick<Field<T>, 'add' | 'zero'>, terms: readonly T[]): T =>
  terms.length === 0 ? x.zero : terms.reduce((a, b) => x.add(a, b));

/** A buffer may be longer than what lies in it: arrays of other lengths use its memory at other times. */
export const entries = (shape: readonly number[]): number => shape.reduce((n, size) => n * size, 1);

/** The entries of each cell, one cell after the other, folded into one number. */
export const folding =
  (fold: (data: Numbers, from: number, to: number) => number): ArrayKernel =>
  ([x], out, count, [shape]) => {
    const size = entries(shape!);
    for (let k = 0; k < count; k++) out[k] = fold(x!, k * size, (k + 1) * size);
  };

/** A record for each number of axes that a cell can have. */
export const byRank = byNumber<ArrayOperator>;
