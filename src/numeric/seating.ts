import type { Executable, Numbers } from '../compile/index.ts';
import { dimensionNames } from '../graph/dimension.ts';
import type { Model } from '../model/model.ts';
import type { Inputs } from './binding.ts';
import { isNumberArray, Tensor } from './tensor.ts';

/** Where the value of one name goes, and what it must look like to go there unseen. */
interface Seat {
  readonly name: string;
  /** Its lengths; undefined for a flat array, whose shape others tell. */
  readonly shape: readonly number[] | undefined;
  readonly length: number;
  /** The program's memory for it; undefined if the program does not use it. */
  readonly buffer: Numbers | undefined;
  /** Where it is lent instead of copied. */
  readonly lent: number | undefined;
}

/**
 * What one call found out that the next one need not: for values by the same names and of the same lengths, in the same form,
 * the sizes are what they were, and the program's buffers for what is not given hold what they did. So the values go straight
 * into their buffers, and a call takes what copying takes.
 */
export class Seating {
  readonly program: Executable;
  private readonly seats: readonly Seat[];
  /** What the program reads where it lies, in the run to come. */
  lent: (Numbers | undefined)[] | undefined;

  private constructor(program: Executable, seats: readonly Seat[]) {
    this.program = program;
    this.seats = seats;
  }

  /**
   * The seats of values that a program has just run with.
   * @returns undefined where a value decides about more than itself: one with facts to be checked, a number that is a size, an
   *   input whose value is computed from others or drawn
   */
  static of(model: Model, inputs: Inputs, program: Executable): Seating | undefined {
    const names = Object.keys(inputs);
    const sizes = new Set(model.sizes.keys());
    for (const input of model.inputs.values())
      for (const dim of input.shape) for (const name of dimensionNames(dim)) sizes.add(name);
    const seats: Seat[] = [];
    for (const name of names) {
      const input = model.inputs.get(name);
      const value = inputs[name];
      if (!input || value === undefined || input.facts.length > 0 || sizes.has(name)) return undefined;
      const shape = shapeOf(value);
      if (shape === null) return undefined;
      const buffer = program.input(name)?.data;
      const length = shape ? shape.reduce((n, size) => n * size, 1) : (value as ArrayLike<number>).length;
      seats.push({ name, shape, length, buffer, lent: program.lends?.get(name) });
    }
    for (const { name, initial } of model.inputs.values())
      if (!Object.hasOwn(inputs, name) && initial?.kind !== 'array' && program.input(name)) return undefined;
    return new Seating(program, seats);
  }

  /** Whether the values are such as this is for; if so, they are in the buffers. */
  takes(inputs: Inputs): boolean {
    let count = 0;
    for (const _ in inputs) count++;
    const { seats } = this;
    this.lent = undefined;
    if (count !== seats.length) return false;
    for (let k = 0; k < seats.length; k++) {
      const seat = seats[k]!;
      const value = inputs[seat.name];
      if (seat.lent !== undefined && isLike(value, seat)) {
        this.lent ??= [];
        this.lent[seat.lent] = value;
      } else if (!put(value, seat)) return false;
    }
    return true;
  }
}

/** The shape of a value in one of the plain forms, undefined for a flat array, null for any other. */
function shapeOf(value: unknown): readonly number[] | undefined | null {
  if (typeof value === 'number') return [];
  if (value instanceof Tensor) return value.shape;
  if (isDoubles(value)) return undefined;
  if (!Array.isArray(value)) return null;
  const shape: number[] = [];
  for (let level: unknown = value; Array.isArray(level); level = level[0]) shape.push(level.length);
  return shape;
}

/** Big integers do not go into an array of doubles by themselves. */
const isDoubles = (value: unknown): value is Numbers =>
  value instanceof Float64Array ||
  value instanceof Float32Array ||
  (isNumberArray(value) && !(value instanceof BigInt64Array) && !(value instanceof BigUint64Array));

/** An array as the program's own is. */
const isLike = (value: unknown, { shape, length, buffer }: Seat): value is Numbers =>
  shape === undefined &&
  isDoubles(value) &&
  value.length === length &&
  value.constructor === buffer?.constructor &&
  value.buffer instanceof ArrayBuffer;

function put(value: unknown, { shape, length, buffer }: Seat): boolean {
  if (typeof value === 'number') {
    if (shape?.length !== 0) return false;
    if (buffer) buffer[0] = value;
    return true;
  }
  if (Array.isArray(value)) return shape !== undefined && shape.length > 0 && lay(value, shape, 0, buffer, 0) === length;
  if (value instanceof Tensor) {
    if (!shape || value.shape.length !== shape.length || value.shape.some((size, axis) => size !== shape[axis])) return false;
    buffer?.set(value.data);
    return true;
  }
  if (shape !== undefined || !isDoubles(value) || value.length !== length) return false;
  buffer?.set(value);
  return true;
}

/** Lays nested arrays into a buffer; where they end, or −1 for what is no number or of another length. */
function lay(
  level: readonly unknown[],
  shape: readonly number[],
  axis: number,
  buffer: Numbers | undefined,
  from: number,
): number {
  const size = shape[axis]!;
  if (level.length !== size) return -1;
  let at = from;
  if (axis === shape.length - 1) {
    for (let k = 0; k < size; k++) {
      const entry = level[k];
      if (typeof entry !== 'number') return -1;
      if (buffer) buffer[at] = entry;
      at++;
    }
    return at;
  }
  for (let k = 0; k < size; k++) {
    const part = level[k];
    if (!Array.isArray(part)) return -1;
    at = lay(part, shape, axis + 1, buffer, at);
    if (at < 0) return -1;
  }
  return at;
}
