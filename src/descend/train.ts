import type { Batches } from '../data/batches.ts';
import { sizeOf } from '../graph/dimension.ts';
import { GradusError, reading, type Warning } from '../language/diagnostics.ts';
import type { Model } from '../model/model.ts';
import { type Binding, bind, type Inputs } from '../numeric/binding.ts';
import { resolveValues } from '../numeric/start.ts';
import { divided } from './aside.ts';
import type { Attendance, RunState } from './attendance.ts';
import { axisOfExamples, exampleAxis } from './batches.ts';
import { checkpointed, checkpointText, refuseLong } from './checkpoint.ts';
import { descend } from './descend.ts';
import type { Engine } from './engine.ts';
import { FullBatch } from './full-batch.ts';
import { MiniBatch } from './mini-batch.ts';
import { AUTO, isSolver, optimizerNamed } from './optimizers/index.ts';
import { DEFAULTS, type TrainOptions } from './options.ts';
import { fixedNames, type Problem, problemOf } from './problem.ts';
import { exchangeOf, type Quickening } from './quickening.ts';
import { type Run, resultOf, type TrainResult } from './result.ts';
import type { PromptRunner, Runner } from './runner.ts';
import { scaledExamples, scalingsOf, unscaling } from './scaling.ts';
import { SolverRun } from './solver-run.ts';
import { slopesOf } from './step.ts';
import { endless } from './straight.ts';
import { boundBatch, StreamRun } from './stream-run.ts';
import { type Examples, watchedNames, watchOf } from './watch.ts';

/**
 * Trains a model by descent. Data given here replace the model's own; a parameter given here starts there.
 * A run that diverges returns the best parameters that it found, and says so in `stopped` and `error`.
 * @throws GradusError `argument` or `shape` if there is nothing to train, `data` for a value that is missing or misshapen
 */
export async function train(model: Model, data: Inputs | Stream = {}, options: TrainOptions = {}): Promise<TrainResult> {
  return prepare(model, data, options)();
}

/** What a caller adds to the options. */
export interface Prepared {
  /** What the state to resume from is called in messages. */
  readonly from?: string | undefined;
  readonly engine?: Engine | undefined;
  readonly quickening?: Quickening | undefined;
}

/**
 * Everything that can be wrong before the first step is found here.
 * @returns the run, to be called once
 * @throws GradusError as `train`
 */
export function prepare(
  model: Model,
  data: Inputs | Stream = {},
  options: TrainOptions = {},
  circumstances: Prepared = {},
): () => Promise<TrainResult> {
  return reading(model.origin ?? model.text, () => prepared(model, data, options, circumstances));
}

function prepared(
  model: Model,
  data: Inputs | Stream,
  options: TrainOptions,
  { from = 'the state to resume from', engine, quickening }: Prepared,
): () => Promise<TrainResult> {
  const run = setUp(model, data, options, engine);
  const { problem, watch, sign } = run;
  const { checkpoint, resume } = problem.options;
  const stream = isStream(data) ? data : undefined;
  const state = resume === undefined ? undefined : checkpointed(problem, resume, from, stream?.fingerprint);
  if (checkpoint) refuseLong(problem, run.runner.snapshot(), watch !== undefined);
  const warnings: Warning[] = [];
  const asked = engine ? undefined : state ? asBefore(state, quickening, warnings) : quickening;
  const exchange = asked && exchangeOf(problem, (other) => runnerOf(other, stream), asked, state);
  const attendance: Attendance = {
    sign,
    ...(exchange && { exchange }),
    ...(watch && { watch }),
    ...(state && { resume: state }),
    ...(checkpoint && {
      keep: (kept: RunState) => checkpoint(checkpointText(problem, kept, stream?.fingerprint)),
      every: everyOf(problem.options),
    }),
  };
  return async () => {
    const outcome = await descend(run.runner, problem.options, attendance);
    const result = resultOf(run, stream ? outcome : endless(problem, outcome));
    run.runner.release();
    return { ...result, warnings: [...result.warnings, ...warnings] };
  };
}

/** What a run is resumed with: the code that it ran in, or else a warning. */
function asBefore({ native }: RunState, given: Quickening | undefined, warnings: Warning[]): Quickening | undefined {
  if (native === undefined) return undefined;
  const quickening: Quickening = given ?? {
    wanted: () => true,
    provide: async () => {},
    meanwhile: 0,
    begun() {},
    failed() {},
  };
  return {
    ...quickening,
    failed(error) {
      quickening.failed(error);
      warnings.push({
        message: 'the run goes on without the native code that it was in: it ends with other last digits than in one go',
        ...(error.hint !== undefined && { hint: error.hint }),
      });
    },
  };
}

/** Data bound, examples divided and scaled, the method chosen. @throws GradusError as `train` */
export function setUp(model: Model, data: Inputs | Stream, options: TrainOptions, engine?: Engine): Run {
  // Whether there is anything to train comes before what it is trained on.
  slopesOf(model, fixedNames(options));
  if (options.optimizer !== undefined && options.optimizer !== AUTO) optimizerNamed(options.optimizer);
  const seed = options.seed ?? DEFAULTS.seed;
  const stream = isStream(data) ? data : undefined;
  if (stream) refuseForStreams(options);
  const bound = boundExamples(model, data, options);
  const numbers = (used: readonly string[]) => resolveValues(model, bound, used, { seed, defaults: true });
  const whole = divided(model, { binding: bound, values: numbers(watchedNames(model)) }, { ...options, seed });
  const scalings = options.scale ? scalingsOf(model, whole.training, exampleAxis(model, options.batchAxis)) : undefined;
  const part = (examples: Examples | undefined) => (examples && scalings ? scaledExamples(model, examples, scalings) : examples);
  const [training, validation, test] = [part(whole.training)!, part(whole.validation), part(whole.test)];
  if (options.patience !== undefined && !validation)
    throw new GradusError('usage', 'patience needs a validation cost', { hint: 'put examples aside: validation 0.2' });
  refuseForSchedule(options);
  const isAsGiven = training.binding === bound && !scalings;
  // What streams comes in batches, whatever their size.
  const regime = stream && options.optimizer === AUTO ? { ...options, batch: 1 } : options;
  const valuesFor = (used: readonly string[]) =>
    isAsGiven && !used.every((name) => training.values.has(name)) ? numbers(used) : training.values;
  const problem = problemOf(model, training.binding, regime, valuesFor, engine);
  if (stream && isSolver(problem.method))
    throw new GradusError('usage', `${problem.method.name} takes all examples in each step, not batches`, {
      hint: 'give all data at once, or choose adam',
    });
  const runner = runnerOf(problem, stream, engine);
  const aside = validation ?? (model.metrics.length > 0 && !stream ? training : undefined);
  const parameters = scalings && unscaling(problem, scalings);
  const watch = (examples: Examples, given: Examples, isAside: boolean) =>
    watchOf(model, examples, problem.options, isAside, parameters && { examples: given, parameters });
  const watched = aside && { watch: watch(aside, whole.validation ?? whole.training, aside === validation) };
  return {
    problem,
    runner,
    sign: model.objective!.sense === 'maximize' ? -1 : 1,
    streams: stream !== undefined,
    ...watched,
    ...(test && { test: watch(test, whole.test!, true) }),
    ...(scalings && { scalings }),
    ...(parameters && { given: { examples: whole.training, parameters } }),
  };
}

/** @throws GradusError as `bind`, and `data` where what counts the examples is 0 */
function boundExamples(model: Model, data: Inputs | Stream, { batchAxis }: TrainOptions): Binding {
  const axis = batchAxis ?? axisOfExamples(model);
  if (isStream(data)) return boundBatch(model, data.first, 1, axis);
  const bound = bind(model, data);
  if (axis !== undefined && bound.sizes.get(axis) === 0)
    throw new GradusError('data', `there are no examples to learn from: ${axis} is 0`);
  return bound;
}

function runnerOf(problem: Problem, stream: Stream | undefined, engine?: Engine): Runner {
  if (stream) return new StreamRun(problem, exampleAxis(problem.model, problem.options.batchAxis), stream.batches);
  return engine ? engine.runner(problem, axisOfBatches(problem)) : runnerFor(problem);
}

/** Batches that are never all there at once, and the first of them. */
export interface Stream {
  readonly batches: Batches;
  readonly first: Inputs;
  /** What tells all of them from others, where it is known before they come. */
  readonly fingerprint?: string;
}

const isStream = (data: Inputs | Stream): data is Stream => typeof (data as Stream).batches === 'function';

/** @throws GradusError `usage` for what needs all examples at once */
function refuseForStreams(options: TrainOptions): void {
  const wrong = (['validation', 'test', 'patience', 'shuffle', 'batch', 'scale'] as const).find((name) => options[name]);
  if (wrong === undefined) return;
  throw new GradusError('usage', `${wrong} needs all examples at once, and these come in batches`, {
    hint: 'leave it out, or give all data at once',
  });
}

/** Options of single schedules. */
const OF_SCHEDULES = { gamma: ['step', 'exponential'], every: ['step'] } as const;

/** @throws GradusError `usage` for an option that the schedule does not look at */
function refuseForSchedule({ schedule = 'constant', ...options }: TrainOptions): void {
  for (const name of ['gamma', 'every'] as const) {
    const having: readonly string[] = OF_SCHEDULES[name];
    if (options[name] === undefined || (typeof schedule === 'string' && having.includes(schedule))) continue;
    const given = typeof schedule === 'string' ? schedule : 'function';
    throw new GradusError('usage', `the schedule ${given} has no ${name}`, { hint: `that of ${having.join(', ')} has it` });
  }
}

/** `500` steps, `10s`. */
function everyOf({ checkpointEvery = '10s' }: TrainOptions): NonNullable<Attendance['every']> {
  const [, count, seconds] = /^(\d+(?:\.\d+)?)(s?)$/.exec(String(checkpointEvery))!;
  return seconds ? { milliseconds: 1000 * Number(count) } : { steps: Number(count) };
}

/** A runner for steps of all examples, or of some. */
export function runnerFor(problem: Problem): PromptRunner {
  if (isSolver(problem.method)) return new SolverRun(problem);
  const axis = axisOfBatches(problem);
  return axis === undefined ? new FullBatch(problem) : new MiniBatch(problem, axis);
}

/** What counts the examples, where a step takes some of them. @throws GradusError as `exampleAxis` */
function axisOfBatches({ model, binding, options }: Problem): string | undefined {
  if (options.batch === undefined) return undefined;
  const axis = exampleAxis(model, options.batchAxis);
  return options.batch < sizeOf(axis, binding.sizes) ? axis : undefined;
}
