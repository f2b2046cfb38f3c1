import type { Node } from '../graph/node.ts';
import { LIMITS, wholeNumber } from '../language/limits.ts';
import type { Model } from '../model/model.ts';
import { isExact, Judge, type Pair, type Verdict } from './judge/index.ts';

/** Two nodes that are said to be of equal value. */
interface Equality {
  /** What the step is about. */
  readonly name: string;
  readonly before: Node;
  readonly after: Node;
}

/** What came of judging the steps of a derivation. */
export interface StepsReport {
  readonly ok: boolean;
  /** How many were judged, and how many of them are identical exactly. */
  readonly count: number;
  readonly exact: number;
  /** At how many points the others were compared: the fewest of any. */
  readonly points: number;
  /** Those that do not hold. */
  readonly failed: readonly { readonly name: string; readonly verdict: Verdict }[];
  readonly verdicts: readonly Verdict[];
}

/** What came of several derivations together. */
export function together(reports: readonly StepsReport[]): StepsReport {
  const total = (of: (report: StepsReport) => number) => reports.reduce((sum, report) => sum + of(report), 0);
  return {
    ok: reports.every(({ ok }) => ok),
    count: total(({ count }) => count),
    exact: total(({ exact }) => exact),
    points: Math.min(...reports.map(({ points }) => points)),
    failed: reports.flatMap(({ failed }) => failed),
    verdicts: reports.flatMap(({ verdicts }) => verdicts),
  };
}

interface StepsOptions {
  readonly points?: number;
  readonly seed?: number;
}

const POINTS = 5;

/**
 * Judges each equality, wherever its left side has a value.
 * @param wrt the names that the derivative is by
 * @throws GradusError `domain` if a side that is not identical exactly has a value nowhere
 */
export function verifySteps(
  model: Model,
  wrt: readonly string[],
  equalities: readonly Equality[],
  { points = POINTS, seed = 1 }: StepsOptions = {},
): StepsReport {
  wholeNumber(points, 'points', 1, LIMITS.points);
  const pairs = equalities.map(({ before, after }): Pair => [after, before]);
  const within = model.objective ? [model.objective.node] : [];
  const verdicts = new Judge(model, wrt, pairs.flat(), { points, seed, within }).verdicts(pairs);
  const failed = verdicts.flatMap((verdict, k) => (verdict.right ? [] : [{ name: equalities[k]!.name, verdict }]));
  const numeric = verdicts.filter((v) => v.right && !isExact(v)).map((v) => v.points ?? points);
  return {
    ok: failed.length === 0,
    count: verdicts.length,
    exact: verdicts.filter((v) => v.right && isExact(v)).length,
    points: Math.min(points, ...numeric),
    failed,
    verdicts,
  };
}
