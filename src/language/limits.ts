import { GradusError } from './diagnostics.ts';

/** What is refused before it takes the memory or the day: a slip of the pen asks for as much as a machine has. */
export const LIMITS = {
  /** Numbers in an array, in all arrays of a program, and in the range of an index: a GiB of doubles. `maxEntries` raises it. */
  entries: 2 ** 27,
  /** Terms and products of one sum, for each entry allowed: a minute or two of them. */
  work: 1024,
  /** Numbers in an array of the plain interpreter. */
  interpreted: 2 ** 24,
  /** Numbers in an array of a step that is verified: a minute or so of the interpreter. */
  verified: 2 ** 20,
  /** Numbers that are drawn for one input of a check. */
  drawn: 2 ** 22,
  /** Numbers that are printed: more are no text that anything reads. */
  written: 2 ** 24,
  /** Axes of an array. */
  axes: 32,
  /** A derivative of a higher order is a mistake, or would never end. */
  order: 32,
  /** Points of one check. */
  points: 10_000,
  /** Significant digits of a double. */
  digits: 17,
  /** Threads that share the work of a program. */
  threads: 64,
} as const;

/** 5,000. */
export const grouped = (n: number): string =>
  Number.isSafeInteger(n) ? String(n).replace(/\B(?=(\d{3})+$)/g, ',') : Number(n.toPrecision(3)).toString();

/** What the option does not concern has no hint. */
const FIXED: readonly number[] = [LIMITS.interpreted, LIMITS.verified, LIMITS.drawn, LIMITS.written];
const tooLarge = (message: string, most: number): GradusError =>
  new GradusError('limit', message, {
    hint: FIXED.includes(most) ? undefined : 'the option maxEntries (--max-entries) raises the limit',
  });

/**
 * @param what is said of them: `x has` … entries
 * @throws GradusError `limit` if there are more than `most`
 */
export function checkEntries(count: number, most: number, what: string): void {
  if (count <= most) return;
  throw tooLarge(`${what} ${grouped(count)} entries, more than ${grouped(most)}`, most);
}

/** @throws GradusError `limit` for a sum or a range that would run for hours */
export function checkWork(extents: readonly number[], most: number): void {
  const longest = extents.reduce((a, b) => Math.max(a, b), 0);
  if (longest > most) throw tooLarge(`an index runs over ${grouped(longest)} numbers, more than ${grouped(most)}`, most);
  const work = extents.reduce((product, extent) => product * extent, 1);
  if (work > most * LIMITS.work)
    throw tooLarge(`a sum takes ${grouped(work)} products, more than ${grouped(most * LIMITS.work)}`, most);
}

/**
 * A whole number within its limits.
 * @throws GradusError `argument` that says what it is
 */
export function wholeNumber(value: number, what: string, least: number, most: number = Number.MAX_SAFE_INTEGER): number {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return value;
  const from = least > -Number.MAX_SAFE_INTEGER ? ` from ${grouped(least)}` : '';
  const range = most < Number.MAX_SAFE_INTEGER ? `${from} to ${grouped(most)}` : from && `${from} on`;
  throw new GradusError('argument', `${what} is a whole number${range}, not ${value}`);
}
