import { shortNumber } from '../language/console.ts';
import { plainJson } from '../numeric/json.ts';
import type { NestedArray } from '../numeric/tensor.ts';
import type { Verdict } from './judge/verdict.ts';

/** An entry of a derivative, with indices counted from 1 as in the language, and its two values. */
export interface EntryReport {
  /** Axes of the objective first, then those of the name; empty for a scalar by a scalar. */
  readonly index: readonly number[];
  readonly symbolic: number;
  readonly numeric: number;
}

/** How far two derivatives are apart, where they are furthest. */
export interface Discrepancy {
  /** The largest difference of two entries over the largest entry. Infinity where one has no finite value. */
  readonly relativeError: number;
  /** The point: the inputs that were drawn. With what the source itself gives, they reproduce the two numbers. */
  readonly at: Readonly<Record<string, NestedArray>>;
  /** The entry that differs most; left out where all agree to the last digit. */
  readonly entry?: EntryReport;
}

/** The derivative by one name. */
export interface PartialReport extends Discrepancy {
  readonly ok: boolean;
  /** How it is known that what is printed is what the sweep found. */
  readonly printed?: Verdict;
  /** The same comparison for the compiled gradient in double precision, which is what runs. */
  readonly compiled: Discrepancy;
}

/** What came of comparing a gradient with differences of the function itself. */
export interface CheckReport {
  readonly ok: boolean;
  /** The largest relative error of any partial. */
  readonly worst: number;
  /** Differences of 64-digit numbers, or extrapolated differences of doubles. */
  readonly method: Method;
  /** The relative error up to which a partial counts as right. */
  readonly tolerance: number;
  /** At how many points they were compared. */
  readonly points: number;
  readonly partials: Readonly<Record<string, PartialReport>>;
}

export type Method = 'bignumber' | 'richardson';

/** An object without a prototype: `constructor` and `__proto__` are names like any other. */
export function record<T>(entries: Iterable<readonly [string, T]>): Record<string, T> {
  const result: Record<string, T> = Object.create(null);
  for (const [name, value] of entries) result[name] = value;
  return result;
}

export const worse = (a: Discrepancy | undefined, b: Discrepancy): Discrepancy =>
  a && a.relativeError >= b.relativeError ? a : b;

/** `W[2, 1]`; of a Jacobian the objective's index first, `f[2] by x[1]` is `x[2, 1]`. */
export const entryName = (name: string, { index }: EntryReport): string =>
  index.length > 0 ? `${name}[${index.join(', ')}]` : name;

/** A partial's report as a console shows it: the points at which it was compared may be long. */
export const partialText = ({ ok, relativeError, compiled }: PartialReport): string =>
  `${ok ? 'right' : 'wrong'}, relative error ${shortNumber(relativeError)}, compiled ${shortNumber(compiled.relativeError)}`;

/** Characters of one input, and of all: more nobody reads. */
const LONG = 400;
const LONGEST = 2000;

/** `X = [[1, 2], [3, 4]], y = 0.5`: inputs to paste into a call, unless they are too long to read. */
export function pointText(at: Discrepancy['at']): string {
  const texts = Object.entries(at).map(([name, value]) => {
    const text = plainJson(value).replaceAll(',', ', ');
    return `${name} = ${text.length > LONG ? `${text.slice(0, LONG)}…` : text}`;
  });
  let length = 0;
  const shown = texts.filter((text) => {
    length += text.length;
    return length <= LONGEST;
  });
  if (shown.length < texts.length) shown.push('…');
  return texts.length > 0 ? shown.join(', ') : 'the data of the source';
}

/** One line a partial that is wrong: its worst entry, both numbers, and where. */
export function failures(report: CheckReport, objective = 'f'): string[] {
  return Object.entries(report.partials)
    .filter(([, partial]) => !partial.ok)
    .map(([name, partial]) => {
      if (partial.printed && !partial.printed.right) return `∂${objective}/∂${name} is printed wrong`;
      const wrong = partial.relativeError <= report.tolerance ? partial.compiled : partial;
      const what = wrong === partial ? `∂${objective}/∂${name}` : `the compiled ∂${objective}/∂${name}`;
      const entry = wrong.entry
        ? `entry ${entryName(name, wrong.entry)} is ${wrong.entry.symbolic}, by differences ${wrong.entry.numeric}`
        : 'it has no finite value';
      return `${what} is wrong: ${entry} (relative error ${wrong.relativeError.toPrecision(2)}) at ${pointText(wrong.at)}`;
    });
}
