import { GradusError } from '../language/diagnostics.ts';

/** An array of numbers in row-major order. */
export class Tensor {
  readonly shape: readonly number[];
  readonly data: Float64Array | Float32Array;

  constructor(shape: readonly number[], data: Float64Array | Float32Array) {
    this.shape = shape;
    this.data = data;
  }

  /** Nested arrays; a number for a scalar. */
  toArray(): NestedArray {
    let offset = 0;
    const build = (axis: number): NestedArray => {
      if (axis === this.shape.length) return this.data[offset++]!;
      return Array.from({ length: this.shape[axis]! }, () => build(axis + 1));
    };
    return build(0);
  }

  toJSON(): NestedArray {
    return this.toArray();
  }
}

export type NestedArray = number | NestedArray[];

/** What a name can be given: a number, nested arrays, a typed array, a tensor, a mathjs matrix. */
export type InputValue =
  | number
  | readonly InputValue[]
  | ArrayBufferView
  | Tensor
  | { valueOf(): unknown }
  | { toArray(): unknown };

/** A value's numbers in row-major order, and its shape; undefined for a flat typed array, whose shape is to be told. */
export interface Flat {
  readonly shape: readonly number[] | undefined;
  readonly data: ArrayLike<number>;
}

/**
 * The numbers of a value.
 * @throws GradusError `data` if it is ragged or holds anything but numbers
 */
export function flatten(value: unknown, name: string): Flat {
  if (typeof value === 'number') return { shape: [], data: [value] };
  if (typeof value === 'boolean' || typeof value === 'bigint') return { shape: [], data: [Number(value)] };
  if (value instanceof Tensor) return value;
  if (ArrayBuffer.isView(value) && !(value instanceof DataView))
    return { shape: undefined, data: value as ArrayLike<number> & ArrayBufferView };
  if (Array.isArray(value)) return nested(value, name);
  if (typeof value === 'object' && value !== null) {
    // A mathjs matrix, or anything else that knows its nested arrays.
    const plain = 'toArray' in value && typeof value.toArray === 'function' ? value.toArray() : value.valueOf();
    if (plain !== value) return flatten(plain, name);
  }
  throw new GradusError(
    'data',
    `the value of ${name} is ${value === null ? 'null' : `a ${typeof value}`}, not a number or an array of numbers`,
  );
}

function nested(root: readonly unknown[], name: string): Flat {
  const shape: number[] = [];
  for (let level: unknown = root; Array.isArray(level); level = level[0]) shape.push(level.length);
  const data: number[] = [];
  const fill = (level: unknown, axis: number): void => {
    if (axis === shape.length) {
      if (typeof level !== 'number')
        throw new GradusError('data', `the value of ${name} has an entry that is not a number: ${String(level)}`);
      data.push(level);
      return;
    }
    if (!Array.isArray(level) || level.length !== shape[axis]) {
      throw new GradusError('data', `the value of ${name} is ragged: its rows differ in length`);
    }
    for (const part of level) fill(part, axis + 1);
  };
  fill(root, 0);
  return { shape, data };
}
