import type { Arithmetic } from '../compile/index.ts';
import { toNumber } from '../graph/rational.ts';
import { extremeOf } from '../operators/kinked.ts';

/** A double, and the size of what it was added up from: x − x is 0, but known only to a digit of x. */
export interface Tracked {
  readonly value: number;
  readonly size: number;
}

const exact = (value: number): Tracked => ({ value, size: Math.abs(value) });

/** What an argument is moved by, to see how much the value depends on it. */
const SMALL = 2 ** -26;

/** Doubles that remember how much of them rounding may have spoiled. */
export const tracked: Arithmetic<Tracked> = {
  fromNumber: exact,
  fromRational: (q) => exact(toNumber(q)),
  add: (a, b) => ({ value: a.value + b.value, size: a.size + b.size }),
  multiply: (a, b) => ({ value: a.value * b.value, size: a.size * b.size }),
  dot: (a, b) => {
    let [value, size] = [0, 0];
    for (let k = 0; k < a.steps.length; k++) {
      const x = a.data[a.from + a.steps[k]!]!;
      const y = b.data[b.from + b.steps[k]!]!;
      value += x.value * y.value;
      size += x.size * y.size;
    }
    return { value, size };
  },
  apply: (operator, args) => {
    const chooses = extremeOf(operator);
    if (chooses) return extreme(chooses, args);
    const numbers = args.map((a) => a.value);
    const value = operator.kernel(...numbers);
    // What an argument may be off by moves the value by so much; a number that is two arguments moves in both.
    const moved = args.map((arg) => {
      const off = arg.size * SMALL;
      return Math.abs(operator.kernel(...args.map((a) => (a === arg ? a.value + off : a.value))) - value) / SMALL;
    });
    return { value, size: Math.max(Math.abs(value), ...moved.filter(Number.isFinite)) };
  },
  extreme,
  toNumber: ({ value }) => value,
};

/** The number itself, so that where it is compared with what it was chosen from the two are known to be one. */
function extreme(name: 'max' | 'min', values: readonly Tracked[]): Tracked {
  const sign = name === 'max' ? 1 : -1;
  return values.reduce((a, b) => (Number.isNaN(a.value) || sign * a.value >= sign * b.value ? a : b));
}

/** The largest difference relative to what the entries were added up from; different lengths are infinitely apart. */
export function gap(a: readonly Tracked[], b: readonly Tracked[]): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  return a.reduce((most, x, k) => {
    const y = b[k]!;
    return Math.max(most, Math.abs(x.value - y.value) / Math.max(x.size, y.size, 1e-300));
  }, 0);
}

export const allFinite = (data: readonly Tracked[]): boolean => data.every(({ value }) => Number.isFinite(value));
