import { GradusError } from '../language/diagnostics.ts';
import type { Settled } from './options.ts';
import type { Runner } from './runner.ts';

/** Why a run ended: all epochs are done; the cost or a parameter is not finite; the signal. */
export type Stopped = 'epochs' | 'diverged' | 'aborted';

export interface Outcome {
  readonly learned: ReadonlyMap<string, Float64Array | Float32Array>;
  readonly cost: number;
  readonly epochs: number;
  readonly history: Float64Array;
  readonly stopped: Stopped;
  readonly error?: GradusError;
  /** What the step that failed came from and led to, where the run diverged. */
  readonly failure?: Failure;
}

export interface Failure {
  readonly before: Parameters;
  readonly after: Parameters;
}

export type Parameters = ReadonlyMap<string, Float64Array | Float32Array>;

/** Epochs in the first chunk, and how many milliseconds a chunk should take. */
const FIRST_CHUNK = 32;
const CHUNK_TIME = 100;
const FASTEST_GROWTH = 32;

/** Parameters and the number of epochs after which they were so. */
interface Milestone {
  readonly epoch: number;
  readonly parameters: Map<string, Float64Array | Float32Array>;
}

/**
 * Runs the epochs in chunks of about a tenth of a second: in between, progress is told and other work may run. The
 * parameters at the beginning of the last two chunks are kept, so that those before a divergence can be found again.
 */
export async function descend(runner: Runner, options: Settled): Promise<Outcome> {
  const { epochs, onProgress, signal } = options;
  const history = allocateHistory(epochs + 1);
  let done = 0;
  let chunk = FIRST_CHUNK;
  let earlier: Milestone = { epoch: 0, parameters: runner.parameters() };
  let latest = earlier;
  let rested = performance.now();
  while (done < epochs && !signal?.aborted) {
    earlier = latest;
    latest = { epoch: done, parameters: runner.parameters() };
    const started = performance.now();
    const wanted = Math.min(chunk, epochs - done);
    const ran = runner.run(wanted, history.subarray(done));
    const last = done + ran - 1;
    if (!Number.isFinite(history[last]!)) return diverged(runner, history, last, last > latest.epoch ? latest : earlier, options);
    if (!finite(runner.parameters())) return overflown(runner, history, latest, options);
    done += ran;
    const now = performance.now();
    chunk = Math.max(1, Math.min(chunk * FASTEST_GROWTH, Math.round((ran * CHUNK_TIME) / Math.max(now - started, 1e-3))));
    onProgress?.({ epoch: done, epochs, cost: history[last]! });
    if (now - rested > CHUNK_TIME / 2 && done < epochs) {
      await new Promise((resume) => setTimeout(resume, 0));
      rested = performance.now();
    }
  }
  const cost = runner.cost();
  history[done] = cost;
  if (!Number.isFinite(cost)) return diverged(runner, history, done, done > latest.epoch ? latest : earlier, options);
  const stopped = done < epochs ? 'aborted' : 'epochs';
  return { learned: runner.parameters(), cost, epochs: done, history: history.slice(0, done + 1), stopped };
}

/** The cost after `epoch` epochs is not finite: what was learned one epoch earlier, by running there again. */
function diverged(runner: Runner, history: Float64Array, epoch: number, from: Milestone, { lr }: Settled): Outcome {
  const cost = history[epoch]!;
  const what = Number.isNaN(cost) ? 'not a number' : 'infinite';
  runner.restore(from.parameters);
  if (epoch === 0) {
    const error = new GradusError('diverged', `the cost is ${what} before the first step`, {
      hint: 'look at the data and at the initial values: is there a division by 0, or the log of 0?',
    });
    const failure = { before: from.parameters, after: from.parameters };
    return { learned: from.parameters, cost, epochs: 0, history: history.slice(0, 1), stopped: 'diverged', error, failure };
  }
  runner.run(epoch - 1 - from.epoch, new Float64Array(epoch - 1 - from.epoch));
  const learned = runner.parameters();
  runner.run(1, new Float64Array(1));
  const failure = { before: learned, after: runner.parameters() };
  const error = new GradusError('diverged', `the cost is ${what} after epoch ${epoch}, at the learning rate ${lr}`, {
    hint: smaller(lr),
  });
  return {
    learned,
    failure,
    cost: history[epoch - 1]!,
    epochs: epoch - 1,
    history: history.slice(0, epoch),
    stopped: 'diverged',
    error,
  };
}

/** A parameter is not finite, though the cost was: back to where all of them were. */
function overflown(runner: Runner, history: Float64Array, { epoch, parameters }: Milestone, { lr }: Settled): Outcome {
  const after = runner.parameters();
  const [name] = [...after].find(([, numbers]) => !numbers.every(Number.isFinite))!;
  runner.restore(parameters);
  const error = new GradusError('diverged', `${name} is not finite any more, at the learning rate ${lr}`, { hint: smaller(lr) });
  return {
    learned: parameters,
    failure: { before: parameters, after },
    cost: history[epoch]!,
    epochs: epoch,
    history: history.slice(0, epoch + 1),
    stopped: 'diverged',
    error,
  };
}

const smaller = (lr: number): string => `try a smaller learning rate, such as ${Number((lr / 10).toPrecision(3))}`;

const finite = (parameters: Parameters): boolean => [...parameters.values()].every((numbers) => numbers.every(Number.isFinite));

function allocateHistory(length: number): Float64Array {
  try {
    return new Float64Array(length);
  } catch {
    throw new GradusError('usage', `there is no memory for the costs of ${length - 1} epochs`);
  }
}
