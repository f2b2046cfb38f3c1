import type { Words } from '../derivation/words/index.ts';
import type { StepsReport } from './steps.ts';

/** That every step holds, and how that is known; or which do not. */
export function stepsText({ ok, exact, count, points, failed }: StepsReport, { verified, verdict }: Words): string {
  if (!ok) {
    const wrong = [...new Set(failed.map(({ name }) => name))];
    return verified.wrongSteps(wrong.join(', '), wrong.length);
  }
  if (exact === count) return verified.exactSteps;
  return exact === 0 ? verified.steps(points) : verified.mixedSteps(exact, count, verdict.digits(64, points));
}
