import { GradusError } from '../language/diagnostics.ts';
import { numberOfJson } from '../numeric/json.ts';
import { type InputValue, Tensor } from '../numeric/tensor.ts';

/** What arrays and lists of files lack. */

/**
 * Whether a flat list has entries that are no numbers, or a flat array such that are none at all.
 * @param finite whether what is infinite, or NaN in words, is a gap too: of data that are learned from
 */
export function hasGaps(value: InputValue, finite: boolean): boolean {
  if (value instanceof Tensor) return finite && value.shape.length === 1 && value.data.some(Number.isNaN);
  if (!Array.isArray(value)) return false;
  return value.some((entry) => {
    if (typeof entry !== 'string' && typeof entry !== 'number') return entry === null;
    const number = numberOfJson(entry);
    return number === undefined || (finite && !Number.isFinite(number));
  });
}

/** @throws GradusError `data` for an array with an entry that is none */
export function refuseNaN(value: InputValue | undefined, name: string, file: string): void {
  const at = placeOfNaN(value);
  if (!at) return;
  throw new GradusError('data', `${file}: ${name}[${at}] is NaN`, {
    hint: 'fill it in, or leave out the example that it belongs to',
  });
}

/** Where in an array the first NaN stands, counted from 1. */
function placeOfNaN(value: InputValue | undefined): readonly number[] | undefined {
  if (value instanceof Tensor) {
    const found = value.shape.length === 0 ? -1 : value.data.findIndex(Number.isNaN);
    return found < 0 ? undefined : entryOf(found, value.shape);
  }
  if (!Array.isArray(value)) return undefined;
  for (const [k, entry] of value.entries()) {
    if (entry === 'NaN' || Number.isNaN(entry)) return [k + 1];
    const within = placeOfNaN(entry as InputValue);
    if (within) return [k + 1, ...within];
  }
  return undefined;
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
