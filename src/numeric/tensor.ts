import { came } from '../language/came.ts';
import { INSPECT, named } from '../language/console.ts';
import { GradusError } from '../language/diagnostics.ts';
import { checkEntries, LIMITS } from '../language/limits.ts';
import { type JsonNumber, jsonNumber, numberOfJson } from './json.ts';
import { tensorText } from './tensor-text.ts';

/** An array of numbers in row-major order. */
export class Tensor {
  readonly shape: readonly number[];
  private readonly stored: Float64Array | Float32Array;

  static {
    named(Tensor, 'Tensor');
  }

  constructor(shape: readonly number[], data: Float64Array | Float32Array) {
    this.shape = shape;
    this.stored = data;
  }

  get data(): Float64Array | Float32Array {
    return this.stored;
  }

  /** The same numbers with more axes of length 1 at the end. */
  padded(count: number): Tensor {
    return new Tensor([...this.shape, ...Array<number>(count).fill(1)], this.stored);
  }

  /** Nested arrays; a number for a scalar. */
  toArray(): NestedArray {
    return nestedArray(this, (x) => x);
  }

  /** Nested arrays whose infinite entries are the strings "Infinity", "-Infinity" and "NaN". */
  toJSON(): JsonArray {
    return nestedArray(this, jsonNumber);
  }

  /** `Tensor 1×2 [[48, 108]]`: six digits a number, long axes cut. */
  toString(): string {
    return `${this.constructor.name} ${tensorText(this.shape, (index) => this.entry(index))}`;
  }

  [INSPECT](): string {
    return this.toString();
  }

  /** The number at a place, indices from 0. */
  protected entry(index: readonly number[]): number {
    return this.stored[index.reduce((at, i, axis) => at * this.shape[axis]! + i, 0)]!;
  }
}

function nestedArray<T>({ shape, data }: Tensor, entry: (x: number) => T): Nested<T> {
  let offset = 0;
  const build = (axis: number): Nested<T> =>
    axis === shape.length ? entry(data[offset++]!) : Array.from({ length: shape[axis]! }, () => build(axis + 1));
  return build(0);
}

/**
 * An array that is 0 wherever two of its axes differ, such as a diagonal or a block-diagonal matrix: only the rest is
 * stored. `data` and `toArray()` are the whole array, zeros included, made when they are asked for.
 */
export class StructuredTensor extends Tensor {
  /** The entries that need not be 0: of a diagonal matrix the diagonal, of a block-diagonal one the blocks. */
  readonly blocks: Tensor;
  /** For each axis of the array, the axis of `blocks` that tells its place; axes of one place are tied. */
  readonly places: readonly number[];
  private readonly maxEntries: number;

  static {
    named(StructuredTensor, 'StructuredTensor');
  }

  constructor(blocks: Tensor, places: readonly number[], maxEntries: number = LIMITS.entries) {
    super(
      places.map((p) => blocks.shape[p]!),
      blocks.data,
    );
    this.blocks = blocks;
    this.places = places;
    this.maxEntries = maxEntries;
  }

  override padded(count: number): StructuredTensor {
    const { blocks, places, maxEntries } = this;
    const more = Array.from({ length: count }, (_, k) => blocks.shape.length + k);
    return new StructuredTensor(blocks.padded(count), [...places, ...more], maxEntries);
  }

  /** @throws GradusError `limit` if the whole has more entries than an array may have; `blocks` are there all the same */
  override get data(): Float64Array | Float32Array {
    const { blocks, places, shape, maxEntries } = this;
    const length = shape.reduce((n, size) => n * size, 1);
    checkEntries(length, maxEntries, 'with its zeros the array has');
    const whole = blocks.data instanceof Float32Array ? new Float32Array(length) : new Float64Array(length);
    const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((n, size) => n * size, 1));
    const steps = blocks.shape.map((_, own) => places.reduce((n, p, axis) => (p === own ? n + strides[axis]! : n), 0));
    const at = blocks.shape.map(() => 0);
    let offset = 0;
    for (const value of blocks.data) {
      whole[offset] = value;
      for (let own = at.length - 1; own >= 0; own--) {
        offset += steps[own]!;
        if (++at[own]! < blocks.shape[own]!) break;
        offset -= steps[own]! * blocks.shape[own]!;
        at[own] = 0;
      }
    }
    return whole;
  }

  protected override entry(index: readonly number[]): number {
    const { blocks, places } = this;
    const own = blocks.shape.map((_, place) => index[places.indexOf(place)]!);
    if (places.some((place, axis) => own[place] !== index[axis])) return 0;
    return blocks.data[own.reduce((at, i, axis) => at * blocks.shape[axis]! + i, 0)]!;
  }
}

type Nested<T> = T | Nested<T>[];
export type NestedArray = number | NestedArray[];
export type JsonArray = JsonNumber | JsonArray[];

/** What a name can be given: a number, nested arrays, a typed array, a tensor, a matrix or a number of mathjs. No date. */
export type InputValue =
  | JsonNumber
  | bigint
  | readonly InputValue[]
  | NumberArray
  | Tensor
  | { toArray(): unknown[] }
  | { toNumber(): number }
  | { valueOf(): number; getTime?: never };

/** A typed array: row-major, of the shape that its name has. */
export type NumberArray =
  | Float64Array
  | Float32Array
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array;

/** Whether a value is a typed array. */
export const isNumberArray = (value: unknown): value is NumberArray => ArrayBuffer.isView(value) && !(value instanceof DataView);

/** A value's numbers in row-major order, and its shape; undefined for a flat typed array, whose shape is to be told. */
interface Flat {
  readonly shape: readonly number[] | undefined;
  readonly data: ArrayLike<number>;
}

/**
 * The numbers of a value.
 * @throws GradusError `data` if it is ragged or holds anything but numbers
 */
export function flatten(value: unknown, name: string, most: number = LIMITS.entries, depth = 0): Flat {
  const number = numberIn(value);
  if (number !== undefined) return { shape: [], data: [number] };
  if (isDetached(value instanceof Tensor ? value.data : value))
    throw new GradusError('data', `the value of ${name} is detached: its numbers went with its buffer, which was transferred`, {
      hint: 'give a copy of it, or transfer the copy',
    });
  if (value instanceof Tensor) return value;
  if (isNumberArray(value)) return { shape: undefined, data: isBigArray(value) ? exactly(value, name) : value };
  if (Array.isArray(value)) return nested(value, name, most);
  if (typeof value === 'object' && value !== null && depth < LIMITS.axes) {
    const plain = worth(value);
    if (plain !== value) return flatten(plain, name, most, depth + 1);
  }
  throw new GradusError('data', `the value of ${name} is ${came(value)}, not a number or an array of numbers`, {
    hint: typeof value === 'boolean' ? 'write 1 and 0' : undefined,
  });
}

/** A typed array whose buffer belongs to another thread now; nothing but its use tells that of one that is empty. */
function isDetached(value: unknown): boolean {
  if (!isNumberArray(value) || value.length > 0) return false;
  try {
    new Uint8Array(value.buffer);
    return false;
  } catch {
    return true;
  }
}

type BigArray = BigInt64Array | BigUint64Array;

const isBigArray = (value: NumberArray): value is BigArray => value instanceof BigInt64Array || value instanceof BigUint64Array;

/** The entries as doubles. @throws GradusError `data` for one that is none */
const exactly = (entries: BigArray, name: string): Float64Array =>
  Float64Array.from(entries, (entry, k) => numberAt(entry, name, [k]));

/**
 * The number that a value is: a number, one of JSON, a whole one that a double holds, a big number or a fraction of mathjs or
 * the like. Truth is no number: `true` is an answer to another question than how many.
 */
function numberIn(value: unknown): number | undefined {
  const number = numberOfJson(value);
  if (number !== undefined) return number;
  if (typeof value === 'bigint') return BigInt(Number(value)) === value ? Number(value) : undefined;
  if (typeof value !== 'object' || value === null || Array.isArray(value) || 'toArray' in value) return undefined;
  const plain =
    'toNumber' in value && typeof value.toNumber === 'function' && !isNoNumber(value) ? value.toNumber() : worth(value);
  return typeof plain === 'number' ? plain : undefined;
}

/** A quantity with a unit, or a date, is no number, though it can be turned into one. */
const isNoNumber = (value: object): boolean => value instanceof Date || ('isUnit' in value && value.isUnit === true);

/** What an object stands for: a mathjs matrix, or anything else that knows its nested arrays, or its number. */
function worth(value: object): unknown {
  if (isNoNumber(value)) return value;
  if ('toArray' in value && typeof value.toArray === 'function') return value.toArray();
  return typeof value.valueOf === 'function' ? value.valueOf() : value;
}

function nested(root: readonly unknown[], name: string, most: number): Flat {
  const shape: number[] = [];
  for (let level: unknown = root; isList(level); level = level[0]) {
    shape.push(level.length);
    // An array may hold itself.
    if (shape.length > LIMITS.axes)
      throw new GradusError('limit', `the value of ${name} is nested more than ${LIMITS.axes} deep`);
  }
  checkEntries(
    shape.reduce((n, size) => n * size, 1),
    most,
    `the value of ${name} has`,
  );
  const data: number[] = [];
  const at: number[] = [];
  const fill = (level: unknown, axis: number): void => {
    if (axis === shape.length) {
      data.push(numberAt(level, name, at));
      return;
    }
    if (!isList(level)) throw misplaced(level, name, at.slice(0, axis), `a list of ${shape[axis]}`);
    if (level.length !== shape[axis]) throw ragged(name, at.slice(0, axis), level.length, shape[axis]!);
    for (let k = 0; k < level.length; k++) {
      at[axis] = k;
      fill(level[k], axis + 1);
    }
  };
  fill(root, 0);
  return { shape, data };
}

/** Lists may end in typed arrays, such as rows. */
const isList = (value: unknown): value is ArrayLike<unknown> => Array.isArray(value) || isNumberArray(value);

/** A place as the language counts: from 1. */
const placed = (at: readonly number[]): string => `[${at.map((k) => k + 1).join(', ')}]`;

/** @throws GradusError `data` for an entry that is no number */
function numberAt(entry: unknown, name: string, at: readonly number[]): number {
  const number = numberIn(entry);
  if (number === undefined) throw misplaced(entry, name, at, 'a number');
  return number;
}

const misplaced = (entry: unknown, name: string, at: readonly number[], wanted: string): GradusError =>
  new GradusError('data', `the value of ${name} has ${came(entry)} at ${placed(at)}, not ${wanted}`, {
    hint:
      typeof entry === 'boolean'
        ? 'write 1 and 0'
        : isNumeral(entry)
          ? 'turn texts into numbers first, as Number does'
          : undefined,
  });

const isNumeral = (entry: unknown): boolean => typeof entry === 'string' && entry.trim() !== '' && Number.isFinite(Number(entry));

const ragged = (name: string, at: readonly number[], length: number, first: number): GradusError =>
  new GradusError(
    'data',
    `the value of ${name} is ragged: the list at ${placed(at)} has ${length} entries, the first has ${first}`,
  );
