import { GradusError } from '../language/diagnostics.ts';
import { numberOfJson } from '../numeric/json.ts';
import { flatten, type InputValue, Tensor } from '../numeric/tensor.ts';
import { isInfinite, isMissing } from './cells.ts';

/** What arrays and lists of files lack. */

/**
 * Whether a flat list has entries that are no numbers, or a flat array such that are none at all.
 * @param finite whether what is infinite, or NaN in words, is a gap too: of data that are learned from
 */
export function hasGaps(value: InputValue, finite: boolean): boolean {
  if (value instanceof Tensor) return finite && value.shape.length === 1 && value.data.findIndex(isNone) >= 0;
  if (!Array.isArray(value)) return false;
  return value.some((entry) => {
    if (typeof entry !== 'string' && typeof entry !== 'number') return entry === null;
    const number = numberOfJson(entry);
    return number === undefined || (finite && !Number.isFinite(number));
  });
}

const isNone = (x: number): boolean => !Number.isFinite(x);

/** An entry that has no value, by its place as a language counts, and what stands there. */
export interface Gap {
  readonly at: readonly number[];
  readonly word: string;
}

/** The first entry of an array that has no value, or none that is finite. */
export function gapIn(value: InputValue | undefined): Gap | undefined {
  if (value instanceof Tensor) {
    const found = value.shape.length === 0 ? -1 : value.data.findIndex(isNone);
    return found < 0 ? undefined : { at: entryOf(found, value.shape), word: String(value.data[found]) };
  }
  if (!Array.isArray(value)) return undefined;
  for (const [k, entry] of value.entries()) {
    const within = isGap(entry) ? { at: [], word: entry === null ? '' : String(entry) } : gapIn(entry as InputValue);
    if (within) return { at: [k + 1, ...within.at], word: within.word };
  }
  return undefined;
}

const isGap = (entry: unknown): boolean =>
  entry === null || (typeof entry === 'number' ? isNone(entry) : typeof entry === 'string' && isMissing(entry.trim()));

/** That an array has such an entry. */
export function gapOf({ at, word }: Gap, name: string, file: string, hint = DROPPED): GradusError {
  const says = word === 'NaN' ? `${file}: ${name}[${at}] is NaN` : `${file}: ${missingSays(`${name}[${at}]`, word)}`;
  return new GradusError('data', says, { hint });
}

const DROPPED = 'fill it in, or leave out the example that it belongs to with --missing drop';

/** That a name has no value, or none that is finite. */
export const missingSays = (name: string, word: string): string =>
  isInfinite(word) ? `${name} is not finite (${word})` : `${name} is missing${word === '' ? '' : ` (${word})`}`;

/**
 * Lists of a file as an array.
 * @param lenient whether entries that are missing become NaN
 * @throws GradusError `data` that names the file, for lists that are no array of numbers
 */
export function arrayOf(value: InputValue | undefined, name: string, file: string, lenient: boolean): InputValue | undefined {
  if (value === undefined || value instanceof Tensor || typeof value === 'number') return value;
  try {
    const { shape, data } = flatten(lenient ? withoutWords(value) : value, name, Number.POSITIVE_INFINITY);
    return shape === undefined || !Array.isArray(value) ? value : new Tensor(shape, Float64Array.from(data));
  } catch (error) {
    if (!(error instanceof GradusError) || error.code !== 'data') throw error;
    throw new GradusError('data', `${file}: ${error.message}`, { hint: error.hint });
  }
}

const withoutWords = (value: unknown): unknown =>
  isGap(value) ? Number.NaN : Array.isArray(value) ? value.map(withoutWords) : value;

/** Along an axis of an array, the places where some entry has no value. */
export function gapsAlong({ shape, data }: Tensor, axis: number): ReadonlySet<number> {
  const inner = shape.slice(axis + 1).reduce((n, size) => n * size, 1);
  const places = new Set<number>();
  for (let k = data.findIndex(isNone); k >= 0 && k < data.length; k++)
    if (isNone(data[k]!)) places.add(Math.floor(k / inner) % shape[axis]!);
  return places;
}

/** An array of some places along an axis. */
export function takenAlong({ shape, data }: Tensor, axis: number, places: Uint32Array): Tensor {
  const inner = shape.slice(axis + 1).reduce((n, size) => n * size, 1);
  const whole = inner * shape[axis]!;
  const parts = data.length / (whole || 1);
  const taken = new Float64Array(parts * places.length * inner);
  let to = 0;
  for (let part = 0; part < parts; part++)
    for (const place of places) {
      const from = part * whole + place * inner;
      taken.set(data.subarray(from, from + inner), to);
      to += inner;
    }
  return new Tensor(
    shape.map((size, k) => (k === axis ? places.length : size)),
    taken,
  );
}

function entryOf(place: number, shape: readonly number[]): number[] {
  const entry: number[] = [];
  let rest = place;
  for (const length of [...shape].reverse()) {
    entry.push((rest % length) + 1);
    rest = Math.floor(rest / length);
  }
  return entry.reverse();
}
