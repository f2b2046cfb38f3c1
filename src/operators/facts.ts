import { HALF } from '../graph/rational.ts';
import { transposed } from '../graph/views.ts';
import { GradusError } from '../language/diagnostics.ts';
import { ABOVE_ZERO, type Bounds } from './caveat.ts';
import type { Broken, Fact, FactRecord } from './declared.ts';
import { max, min } from './kinked.ts';

export type { Broken, Fact, FactRecord } from './declared.ts';

/** Values may be rounded to six digits, as single precision has: what they are rounded from differs by less than this. */
export const ROUNDING = 1e-6;

/** How far a sum of so many rounded values may be from 1: each adds half a unit of its last digit. */
const roundingOf = (count: number): number => ROUNDING * Math.max(1, count / 2);

const BETWEEN_0_AND_1: Bounds = { least: 0, most: 1 };

const shown = (x: number): string => String(Number(x.toPrecision(7)));

/** The first entry of which a condition does not hold. */
const everyEntry =
  (holds: (x: number) => boolean, demand: string) =>
  (data: ArrayLike<number>): Broken | undefined => {
    for (let at = 0; at < data.length; at++)
      if (!holds(data[at]!)) return { at, whole: false, says: `is ${shown(data[at]!)}, ${demand}` };
    return undefined;
  };

/** The lines of entries along an axis, or all entries as one line, until `visit` gives something. */
export function alongLines<T>(
  shape: readonly number[],
  axis: number | undefined,
  visit: (from: number, step: number, count: number) => T | undefined,
): T | undefined {
  const all = shape.reduce((n, size) => n * size, 1);
  if (axis === undefined) return visit(0, 1, all);
  const step = shape.slice(axis + 1).reduce((n, size) => n * size, 1);
  const count = shape[axis]!;
  for (let block = 0; block < all; block += step * count) {
    for (let from = block; from < block + step; from++) {
      const found = visit(from, step, count);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

const asymmetric = (data: ArrayLike<number>, [n = 1]: readonly number[]): Broken | undefined => {
  let largest = 0;
  for (let k = 0; k < data.length; k++) largest = Math.max(largest, Math.abs(data[k]!));
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const [x, y] = [data[j * n + i]!, data[i * n + j]!];
      if (Math.abs(x - y) <= ROUNDING * largest) continue;
      return { at: j * n + i, whole: false, says: `is ${shown(x)}, the entry across the diagonal ${shown(y)}` };
    }
  }
  return undefined;
};

export const positive: FactRecord = {
  name: 'positive',
  help: 'every entry is greater than 0, which a parameter stays in descent',
  broken: everyEntry((x) => x > 0, 'which is not positive'),
  fitted: (data) => data.map((x) => Math.abs(x) || 1),
  // At most halfway to the border in one step, so that it is never reached: Nocedal and Wright, Numerical Optimization
  // (2006), 19.2.
  kept: (g, moved, from) => g.apply(max, moved, g.mul(HALF, from)),
  keeps: 'at least half of what it was',
  bounds: ABOVE_ZERO,
};

const ranges = new Map<string, FactRecord>();

/**
 * That every entry lies from `least` to `most`, both included: one record a range.
 * @param name as it is written, `in 0..1`
 */
export function range(name: string, least: number, most: number): FactRecord {
  const known = ranges.get(name);
  if (known) return known;
  const inside = (x: number): boolean => x >= least && x <= most;
  const record: FactRecord = {
    name,
    help: 'every entry lies from the one number to the other, both included, where a parameter stays in descent',
    broken: everyEntry(inside, `which is not ${name}`),
    fitted: (data) => data.map((x) => (inside(x) ? x : moved(x))),
    // The step of a projected gradient: back to the nearest point of the range.
    kept: (g, to) => {
      const above = Number.isFinite(least) ? g.apply(max, to, least) : to;
      return Number.isFinite(most) ? g.apply(min, above, most) : above;
    },
    keeps: 'the nearest number of the range',
    bounds: { least, most },
  };
  ranges.set(name, record);
  return record;

  /** Into the range, different numbers to different ones. */
  function moved(x: number): number {
    if (!Number.isFinite(most)) return least + Math.abs(x - least);
    if (!Number.isFinite(least)) return most - Math.abs(x - most);
    return least + (most - least) / (1 + Math.exp(-x));
  }
}

const int: FactRecord = {
  name: 'int',
  help: 'every entry is a whole number: data and constants only, as descent takes steps of any length',
  broken: everyEntry(Number.isInteger, 'which is no integer'),
  fitted: (data) => data.map((x) => Math.round(x) || 0),
  kept: (_, __, from) => {
    const name = from.kind === 'variable' ? from.name : 'it';
    throw new GradusError('argument', `${name} is declared int, and descent takes steps of any length`, {
      hint: `fix it, const ${name} int = …, or leave out int`,
    });
  },
  spread: 3,
  whole: true,
};

export const symmetric: FactRecord = {
  name: 'symmetric',
  help: 'a matrix that is its own transpose: its derivative is that among symmetric matrices, and a parameter stays so',
  misfit: (shape) => (shape.length === 2 && shape[0] === shape[1] ? undefined : 'a symmetric matrix is square'),
  broken: asymmetric,
  fitted: (data, [n = 1]) => data.map((x, at) => (x + data[(at % n) * n + Math.floor(at / n)]!) / 2),
  // The gradient by its free entries is symmetric but for rounding.
  kept: (g, moved) => g.mul(HALF, g.add([moved, transposed(g, moved)])),
  symmetric: true,
};

const notNegative = everyEntry((x) => x >= 0 && x <= 1 + ROUNDING, 'and the entries of a distribution are from 0 to 1');
const eitherOr = everyEntry((x) => x === 0 || x === 1, 'and the entries of a one-hot array are 0 and 1');

export const distribution: FactRecord = {
  name: 'distribution',
  help: 'entries from 0 to 1 that sum to 1, all of them or along an axis (distribution rows): of data only',
  along: true,
  instead: (name) => `the shares of free numbers are a distribution: ${name} = softmax(z)`,
  broken: (data, shape, axis) =>
    notNegative(data) ??
    alongLines(shape, axis, (from, step, count) => {
      let total = 0;
      for (let k = 0; k < count; k++) total += data[from + k * step]!;
      return Math.abs(total - 1) <= roundingOf(count)
        ? undefined
        : { at: from, whole: true, says: `sums to ${shown(total)}, not to 1` };
    }),
  fitted: (data, shape, axis) => {
    const shares = data.map(Math.abs);
    alongLines(shape, axis, (from, step, count) => {
      let total = 0;
      for (let k = 0; k < count; k++) total += shares[from + k * step]!;
      for (let k = 0; k < count; k++) {
        const at = from + k * step;
        shares[at] = total > 0 ? shares[at]! / total : 1 / count;
      }
    });
    return shares;
  },
  bounds: BETWEEN_0_AND_1,
  sums: true,
};

const onehot: FactRecord = {
  name: 'onehot',
  help: 'a single 1 among zeros, all of them or along an axis (onehot rows): of data only; labels in words become one',
  along: true,
  instead: (name) => `descent takes no jumps: let a distribution be learned, ${name} = softmax(z)`,
  broken: (data, shape, axis) =>
    eitherOr(data) ??
    alongLines(shape, axis, (from, step, count) => {
      let ones = 0;
      for (let k = 0; k < count; k++) ones += data[from + k * step]!;
      return ones === 1
        ? undefined
        : { at: from, whole: true, says: ones === 0 ? 'has no 1' : `has ${ones} ones, not a single 1` };
    }),
  fitted: (data, shape, axis) => {
    const chosen = data.map(() => 0);
    alongLines(shape, axis, (from, step, count) => {
      let best = from;
      for (let k = 1; k < count; k++) if (data[from + k * step]! > data[best]!) best = from + k * step;
      chosen[best] = 1;
    });
    return chosen;
  },
  bounds: BETWEEN_0_AND_1,
  sums: true,
  idempotent: true,
};

/** The only list of facts. */
export const factRecords: readonly FactRecord[] = [positive, int, symmetric, distribution, onehot];

const MOST_ROUNDS = 200;

/** Numbers made to have all the facts; undefined if that was not found to be possible. */
export function fittedTo(facts: readonly Fact[], numbers: readonly number[], shape: readonly number[]): number[] | undefined {
  let data = [...numbers];
  // One fact may undo another: of a matrix whose rows and columns are to sum to 1 they are scaled in turn (Sinkhorn 1964).
  for (let round = 0; round < (facts.length > 1 ? MOST_ROUNDS : 1); round++) {
    const before = data;
    for (const { record, axis } of facts) data = record.fitted(data, shape, axis);
    if (data.every((x, k) => x === before[k])) break;
  }
  return facts.some(({ record, axis }) => record.broken(data, shape, axis)) ? undefined : data;
}
