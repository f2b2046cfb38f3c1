import type { ArrayKernel, Cell, Field, Numbers } from './array.ts';
import { entries } from './cells.ts';

/**
 * The derivatives of Π xₖ in doubles, in linear time and without a division. With directions a, b, … the entry by x_j is
 * the coefficient of ε·η·… in Π_{k≠j} (x_k + ε·a_k + η·b_k + …), where ε² = η² = … = 0: what stands before j times what stands
 * behind it. A number has a coefficient for each set of the ε, whose members are the bits of its place.
 */
export const slopesOfProduct: ArrayKernel = ([x, ...directions], out, count, [shape]) => {
  const work = new Scan(directions, entries(shape!));
  for (let cell = 0; cell < count; cell++) work.slopes(x!, out, cell);
};

/** Coefficients stay between these, so that parts which are out of range spoil no product that is not: of powers of two, exact. */
const LARGE = 2 ** 400;
const SMALL = 2 ** -400;
const UNIT = 2 ** 700;

class Scan {
  private readonly directions: readonly Numbers[];
  private readonly size: number;
  /** How many coefficients a number has. */
  private readonly width: number;
  /** What stands behind each entry, and how many units it is to be multiplied by. */
  private readonly behind: Float64Array;
  private readonly unitsBehind: Int32Array;
  private readonly total: Float64Array;
  private readonly steps: Float64Array;
  private units = 0;

  constructor(directions: readonly Numbers[], size: number) {
    this.directions = directions;
    this.size = size;
    this.width = 2 ** directions.length;
    this.behind = new Float64Array(size * this.width);
    this.unitsBehind = new Int32Array(size);
    this.total = new Float64Array(this.width);
    this.steps = new Float64Array(directions.length);
  }

  slopes(x: Numbers, out: Numbers, cell: number): void {
    const { size, width, behind, unitsBehind, total } = this;
    const from = cell * size;
    this.start();
    for (let k = size - 1; k >= 0; k--) {
      for (let s = 0; s < width; s++) behind[k * width + s] = total[s]!;
      unitsBehind[k] = this.units;
      this.multiply(x, from + k);
    }
    this.start();
    for (let k = 0; k < size; k++) {
      let entry = 0;
      for (let s = 0; s < width; s++) {
        const [before, after] = [total[s]!, behind[(k + 1) * width - 1 - s]!];
        // A way along directions of which one is 0 adds nothing; of entries each counts.
        if (width === 1 || !((s > 0 && before === 0) || (s < width - 1 && after === 0))) entry += before * after;
      }
      out[from + k] = inUnits(entry, this.units + unitsBehind[k]!);
      this.multiply(x, from + k);
    }
  }

  private start(): void {
    this.total.fill(0);
    this.total[0] = 1;
    this.units = 0;
  }

  /** The total times an entry and what its directions have there. */
  private multiply(x: Numbers, at: number): void {
    const { directions, steps, total, width } = this;
    let factor = x[at]!;
    let top = Math.abs(factor);
    for (let d = 0; d < steps.length; d++) {
      steps[d] = directions[d]![at]!;
      if (Math.abs(steps[d]!) > top) top = Math.abs(steps[d]!);
    }
    const by = scaleOf(top);
    if (by !== 1) {
      factor *= by;
      for (let d = 0; d < steps.length; d++) steps[d]! *= by;
      this.units += by < 1 ? 1 : -1;
    }
    let most = 0;
    for (let s = width - 1; s >= 0; s--) {
      let entry = s > 0 && total[s] === 0 ? 0 : factor * total[s]!;
      for (let d = 0; d < steps.length; d++) {
        const rest = total[s & ~(1 << d)]!;
        if (s & (1 << d) && steps[d] !== 0 && !(rest === 0 && (s & ~(1 << d)) > 0)) entry += steps[d]! * rest;
      }
      total[s] = entry;
      if (Math.abs(entry) > most) most = Math.abs(entry);
    }
    const back = scaleOf(most);
    if (back === 1) return;
    for (let s = 0; s < width; s++) total[s]! *= back;
    this.units += back < 1 ? 1 : -1;
  }
}

/** What brings a number towards 1. What is 0 or not finite stays. */
const scaleOf = (size: number): number =>
  size > LARGE && size < Number.POSITIVE_INFINITY ? 1 / UNIT : size < SMALL && size > 0 ? UNIT : 1;

function inUnits(value: number, units: number): number {
  let made = value;
  for (let k = units; k > 0 && made !== 0 && Number.isFinite(made); k--) made *= UNIT;
  for (let k = units; k < 0 && made !== 0; k++) made /= UNIT;
  return made;
}

/** The same in any arithmetic, as it is said: each entry by the sets of others that are derived by. */
export function exactSlopesOfProduct<T>(x: Field<T>, [first, ...directions]: readonly Cell<T>[]): T[] {
  const { data } = first!;
  return data.map((_, j) => {
    let total = [x.one, ...Array.from({ length: 2 ** directions.length - 1 }, () => x.zero)];
    data.forEach((factor, k) => {
      if (k === j) return;
      total = total.map((own, s) =>
        directions.reduce(
          (sum, { data: steps }, d) => (s & (1 << d) ? x.add(sum, x.mul(steps[k]!, total[s & ~(1 << d)]!)) : sum),
          x.mul(factor, own),
        ),
      );
    });
    return total.at(-1)!;
  });
}
