import type { Numbers } from './runner.ts';

/** How an array lies about the axis that counts its examples: numbers before it, examples, and numbers of each after it. */
interface Lie {
  readonly outer: number;
  readonly examples: number;
  readonly inner: number;
}

function lies(shape: readonly number[], axis: number): Lie {
  const length = (part: readonly number[]) => part.reduce((n, size) => n * size, 1);
  return { outer: length(shape.slice(0, axis)), examples: shape[axis]!, inner: length(shape.slice(axis + 1)) };
}

/**
 * The entries that belong to some of the examples, as an array of the same rank.
 * @param shape of the whole array, in numbers; `axis` counts the examples
 */
export function gathered(data: ArrayLike<number>, shape: readonly number[], axis: number, order: Uint32Array): Float64Array {
  const { outer, examples, inner } = lies(shape, axis);
  const part = new Float64Array(outer * order.length * inner);
  let at = 0;
  for (let o = 0; o < outer; o++) {
    for (let k = 0; k < order.length; k++) {
      const start = (o * examples + order[k]!) * inner;
      for (let i = 0; i < inner; i++) part[at++] = data[start + i]!;
    }
  }
  return part;
}

/**
 * An array from which batch after batch is copied. Its examples are laid one after the other beforehand, where their axis
 * is not the first: one that is drawn from anywhere would else be read from as many places as it has numbers.
 */
export class Slices {
  private readonly data: Numbers;
  private readonly lie: Lie;

  /** @param shape of the whole array, in numbers; `axis` counts the examples */
  constructor(data: ArrayLike<number>, shape: readonly number[], axis: number) {
    this.lie = lies(shape, axis);
    this.data = examplesFirst(data, this.lie);
  }

  /** Copies the examples order[from], …, order[from + count − 1] into `target`. */
  copy(order: ArrayLike<number>, from: number, count: number, target: Numbers): void {
    const { outer, inner } = this.lie;
    if (outer === 1) this.copyRows(order, from, count, target);
    else if (inner === 1) this.copyColumns(order, from, count, target);
    else this.copyParts(order, from, count, target);
  }

  /** The examples' axis is the first. */
  private copyRows(order: ArrayLike<number>, from: number, count: number, target: Numbers): void {
    const { data } = this;
    const { inner } = this.lie;
    for (let k = 0, at = 0; k < count; k++) {
      const start = order[from + k]! * inner;
      for (let i = start; i < start + inner; i++) target[at++] = data[i]!;
    }
  }

  /** It is the last: four examples at a time, so that what lies side by side is written together. */
  private copyColumns(order: ArrayLike<number>, from: number, count: number, target: Numbers): void {
    const { data } = this;
    const { outer } = this.lie;
    let k = 0;
    for (; k + 4 <= count; k += 4) {
      const a = order[from + k]! * outer;
      const b = order[from + k + 1]! * outer;
      const c = order[from + k + 2]! * outer;
      const d = order[from + k + 3]! * outer;
      for (let o = 0, at = k; o < outer; o++, at += count) {
        target[at] = data[a + o]!;
        target[at + 1] = data[b + o]!;
        target[at + 2] = data[c + o]!;
        target[at + 3] = data[d + o]!;
      }
    }
    for (; k < count; k++) {
      const start = order[from + k]! * outer;
      for (let o = 0; o < outer; o++) target[o * count + k] = data[start + o]!;
    }
  }

  /** It is between others. */
  private copyParts(order: ArrayLike<number>, from: number, count: number, target: Numbers): void {
    const { data } = this;
    const { outer, inner } = this.lie;
    for (let k = 0; k < count; k++) {
      let start = order[from + k]! * outer * inner;
      for (let o = 0; o < outer; o++) {
        const at = (o * count + k) * inner;
        for (let i = 0; i < inner; i++) target[at + i] = data[start++]!;
      }
    }
  }
}

/** Typed in any case, so that what copies is compiled for one kind of array. */
function examplesFirst(data: ArrayLike<number>, { outer, examples, inner }: Lie): Numbers {
  if (outer === 1) return data instanceof Float64Array || data instanceof Float32Array ? data : Float64Array.from(data);
  const laid = new Float64Array(data.length);
  for (let o = 0, at = 0; o < outer; o++) {
    for (let k = 0; k < examples; k++) {
      const start = (k * outer + o) * inner;
      for (let i = 0; i < inner; i++) laid[start + i] = data[at++]!;
    }
  }
  return laid;
}
