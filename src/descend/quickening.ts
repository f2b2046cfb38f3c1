import { patiently, workOfSpec } from '../compile/index.ts';
import { GradusError } from '../language/diagnostics.ts';
import type { Exchange, RunState } from './attendance.ts';
import { isSolver } from './optimizers/index.ts';
import { type Problem, stepOf } from './problem.ts';
import type { Runner } from './runner.ts';
import { changed } from './step.ts';

/** What decides whether a run goes over to native code, and is told of it. */
export interface Quickening {
  /** Whether a run of about so many operations is worth it here. */
  readonly wanted: (operations: number) => boolean;
  /** Loads what compiles. */
  readonly provide: () => Promise<void>;
  /** Operations that take about as long as the compiler does, for which it is not waited. */
  readonly meanwhile: number;
  /** It goes on natively after so many epochs. */
  readonly begun: (epochs: number) => void;
  /** It stays as it is. */
  readonly failed: (error: GradusError) => void;
}

/** Numbers that a run reads in all its epochs, below which it is short whatever it does with them. */
const FEW = 1e6;

/**
 * Native code for a run, compiled while that begins as it is; for one that is resumed where it went over, or was to.
 * @param runnerOf a runner of the same run for other options
 */
export function exchangeOf(
  problem: Problem,
  runnerOf: (problem: Problem) => Runner,
  quickening: Quickening,
  resumed?: RunState,
): Exchange | undefined {
  const { provide, begun, failed } = quickening;
  const after = resumed ? resumed.native : placeOf(problem, quickening);
  if (after === undefined) return undefined;
  const native = { ...problem, options: { ...problem.options, backend: 'native' as const } };
  const made = provide().then(() => patiently(() => runnerOf(native)));
  const compiled = made.then(
    (runner) => {
      begun(resumed && resumed.epoch >= after ? 0 : after);
      return runner;
    },
    (error) => {
      if (!(error instanceof GradusError)) throw error;
      failed(error);
      return undefined;
    },
  );
  // Who never comes to it has not failed.
  compiled.catch(() => {});
  return { after, runner: () => compiled };
}

/** After how many epochs a run goes over, if it does: that follows from its work alone. */
function placeOf(problem: Problem, { wanted, meanwhile }: Quickening): number | undefined {
  const { options, binding, values, method } = problem;
  const { backend = 'auto', epochs } = options;
  if (backend !== 'auto' || isSolver(method)) return undefined;
  const numbers = [...values.values()].reduce((n, { length }) => n + length, 0);
  if (numbers * epochs < FEW) return undefined;
  const step = stepOf(problem);
  const operations = workOfSpec({
    outputs: [step.cost],
    updates: changed(step),
    sizes: binding.sizes,
    maxEntries: problem.model.maxEntries,
  });
  return wanted(operations * epochs) ? Math.floor(meanwhile / operations) : undefined;
}
