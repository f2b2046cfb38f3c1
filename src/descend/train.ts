import type { Batches } from '../data/batches.ts';
import { sizeOf } from '../graph/dimension.ts';
import type { Node } from '../graph/node.ts';
import { shownAs } from '../language/console.ts';
import { GradusError, reading, type Warning } from '../language/diagnostics.ts';
import type { Input, Model } from '../model/model.ts';
import { bind, type Inputs } from '../numeric/binding.ts';
import { jsonNumber } from '../numeric/json.ts';
import { nonFiniteOrigin } from '../numeric/non-finite.ts';
import { resolveValues } from '../numeric/start.ts';
import { Tensor } from '../numeric/tensor.ts';
import { seriesText } from '../numeric/tensor-text.ts';
import { divided } from './aside.ts';
import { exampleAxis } from './batches.ts';
import { type AtBound, atBounds } from './bounds.ts';
import { checkpointed, checkpointText } from './checkpoint.ts';
import { gradientOf } from './curvature.ts';
import { type Attendance, descend, type Failure, type Outcome, type Parameters, type RunState, type Stopped } from './descend.ts';
import { divergedError, divergence, rateHint } from './divergence.ts';
import { type Fit, fitOf } from './fit.ts';
import { FullBatch } from './full-batch.ts';
import { MiniBatch } from './mini-batch.ts';
import { AUTO, isSolver, optimizerNamed } from './optimizers/index.ts';
import { DEFAULTS, type TrainOptions } from './options.ts';
import { fixedNames, type Problem, problemOf, updated } from './problem.ts';
import type { PromptRunner, Runner } from './runner.ts';
import { type Scalings, scaledExamples, scalingsOf, unscaledParameters } from './scaling.ts';
import { SolverRun } from './solver-run.ts';
import { parametersOf, slopesOf } from './step.ts';
import { StreamRun } from './stream-run.ts';
import { type Examples, watchedNames, watchOf } from './watch.ts';

export interface TrainResult {
  /** Each parameter's value: a number for a scalar, a tensor of the declared shape for anything else. */
  readonly params: Readonly<Record<string, number | Tensor>>;
  /** At these parameters. */
  readonly cost: number;
  /** Epochs whose updates are in the parameters. */
  readonly epochs: number;
  /** The cost before each epoch, and `cost` last: epochs + 1 numbers. */
  readonly history: Float64Array;
  readonly stopped: Stopped;
  /** The number of epochs after which the parameters were those learned, where these are not the last. */
  readonly best?: number;
  /** What descended, and why, where the symbols decided. */
  readonly optimizer: { readonly name: string; readonly reason?: string };
  /** Means and deviations of the data that the parameters belong to, where `scale` could not be undone. */
  readonly scaling?: Scalings;
  /** How often a solver asked for the cost, or the residuals, and for first derivatives. */
  readonly evaluations?: { readonly values: number; readonly slopes: number };
  /** Standard errors of what was learned, where the cost is a fit that has converged, or `errors` asks for them. */
  readonly fit?: Fit;
  /** The validation cost after each epoch. */
  readonly validation?: Float64Array;
  /** The model's metrics at these parameters, on the examples put aside, or on all. */
  readonly metrics?: Readonly<Record<string, number>>;
  /** The cost and the metrics of the examples that were put aside for the end. */
  readonly test?: { readonly cost: number; readonly metrics: Readonly<Record<string, number>> };
  /** Parameters that ended at a bound of their facts, `positive` or `in 0..1`: beyond it the cost may be better. */
  readonly bounded: readonly AtBound[];
  /** What may not have been meant: the source's warnings, and parameters whose gradient is 0 where they start. */
  readonly warnings: readonly Warning[];
  /** What happened, if the run diverged: code `diverged`, with a hint. */
  readonly error?: GradusError;
}

/**
 * Trains a model by descent. Data given here replace the model's own; a parameter given here starts there.
 * A run that diverges returns the last parameters whose cost is finite, and says so in `stopped` and `error`.
 * @throws GradusError `argument` or `shape` if there is nothing to train, `data` for a value that is missing or misshapen
 */
export async function train(model: Model, data: Inputs | Stream = {}, options: TrainOptions = {}): Promise<TrainResult> {
  return prepare(model, data, options)();
}

/**
 * Everything that can be wrong before the first step is found here.
 * @param from what the state to resume from is called in messages
 * @returns the run, to be called once
 * @throws GradusError as `train`
 */
export function prepare(
  model: Model,
  data: Inputs | Stream = {},
  options: TrainOptions = {},
  from?: string,
): () => Promise<TrainResult> {
  return reading(model.origin ?? model.text, () => prepared(model, data, options, from));
}

function prepared(
  model: Model,
  data: Inputs | Stream,
  options: TrainOptions,
  from = 'the state to resume from',
): () => Promise<TrainResult> {
  // Whether there is anything to train comes before what it is trained on.
  slopesOf(model, fixedNames(options));
  if (options.optimizer !== undefined && options.optimizer !== AUTO) optimizerNamed(options.optimizer);
  const seed = options.seed ?? DEFAULTS.seed;
  const stream = isStream(data) ? data : undefined;
  if (stream) refuseForStreams(options);
  const bound = bind(model, stream ? stream.first : (data as Inputs));
  const names = watchedNames(model);
  const numbers = (used: readonly string[]) => resolveValues(model, bound, used, { seed, defaults: true });
  const whole = divided(model, { binding: bound, values: numbers(names) }, { ...options, seed });
  const scalings = options.scale ? scalingsOf(model, whole.training, exampleAxis(model, options.batchAxis)) : undefined;
  const part = (examples: Examples | undefined) => (examples && scalings ? scaledExamples(model, examples, scalings) : examples);
  const [training, validation, test] = [part(whole.training)!, part(whole.validation), part(whole.test)];
  const isAsGiven = training.binding === bound && !scalings;
  const problem = problemOf(
    model,
    training.binding,
    stream && options.optimizer === AUTO ? { ...options, batch: 1 } : options,
    (used) => (isAsGiven ? numbers(used) : training.values),
  );
  const { options: chosen, reason, method } = problem;
  if (stream && isSolver(method))
    throw new GradusError('usage', `${method.name} takes all examples in each step, not batches`, {
      hint: 'give all data at once, or choose adam',
    });
  const runner: Runner = stream
    ? new StreamRun(problem, exampleAxis(model, options.batchAxis), stream.batches)
    : runnerFor(problem);
  const aside = validation ?? (model.metrics.length > 0 && !stream ? training : undefined);
  const watch = aside && watchOf(model, aside, chosen, aside === validation);
  if (chosen.patience !== undefined && !validation)
    throw new GradusError('usage', 'patience needs a validation cost', { hint: 'put examples aside: validation 0.2' });
  const sign = model.objective!.sense === 'maximize' ? -1 : 1;
  const { checkpoint, resume } = chosen;
  const attendance: Attendance = {
    sign,
    ...(watch && { watch }),
    ...(resume !== undefined && { resume: checkpointed(problem, resume, from) }),
    ...(checkpoint && { keep: (state: RunState) => checkpoint(checkpointText(problem, state)), every: everyOf(chosen) }),
  };
  const shaped = (input: Input, entries: ArrayLike<number>): number | Tensor => {
    const lengths = input.shape.map((dim) => sizeOf(dim, training.binding.sizes));
    return lengths.length === 0 ? entries[0]! : new Tensor(lengths, Float64Array.from(entries));
  };
  return async () => {
    const { learned, failure, stuck, ...outcome } = await descend(runner, chosen, attendance);
    const values = problem.values;
    const found = new Map(parametersOf(model).map(({ name }) => [name, learned.get(name) ?? values.get(name)!]));
    const plain = scalings && unscaledParameters(model, scalings, found);
    const params = parametersOf(model).map((p) => [p.name, shaped(p, (plain ?? found).get(p.name)!)] as const);
    for (const series of [outcome.history, outcome.validation])
      if (series) shownAs(series, seriesText, { toJSON: (told) => Array.from(told, jsonNumber) });
    const bounded = atBounds(model, learned);
    const fits = !stream && (chosen.errors !== undefined || outcome.stopped === 'converged');
    const fit = fits && outcome.stopped !== 'diverged' ? fitOf(problem, learned) : undefined;
    const metrics = watch && model.metrics.length > 0 && { metrics: watch.look(learned).metrics };
    const tested = test && { test: watchOf(model, test, chosen, true).look(learned) };
    const evaluations = runner instanceof SolverRun ? { evaluations: { ...runner.evaluations } } : {};
    runner.release();
    const optimizer = { name: method.name, ...(reason && { reason }) };
    const result: TrainResult = {
      params: Object.fromEntries(params),
      ...outcome,
      optimizer,
      ...(scalings && !plain && { scaling: scalings }),
      ...evaluations,
      ...(fit && { fit }),
      ...metrics,
      ...(tested && { test: { cost: tested.test.cost, metrics: tested.test.metrics } }),
      bounded,
      warnings: model.warnings,
    };
    if (outcome.error && failure) {
      const error = stream ? outcome.error : explained(outcome.error, problem, failure, outcome.epochs > 0);
      return { ...result, error };
    }
    if (outcome.stopped === 'diverged') return result;
    const grown = outcome.stopped === 'epochs' && divergence(outcome.history, sign);
    if (grown) {
      const message = `${model.objective!.name ?? 'the cost'} ${grown}, at the learning rate ${chosen.lr}`;
      return { ...result, stopped: 'diverged', error: divergedError(message, problem, learned) };
    }
    const told = stuck ? [stuckAt(method.name)] : stream ? [] : unmoved(problem, learned, outcome);
    return { ...result, warnings: [...model.warnings, ...told] };
  };
}

/** Batches that are never all there at once, and the first of them. */
export interface Stream {
  readonly batches: Batches;
  readonly first: Inputs;
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

/** `500` steps, `10s`. */
function everyOf({ checkpointEvery = '10s' }: TrainOptions): NonNullable<Attendance['every']> {
  const [, count, seconds] = /^(\d+(?:\.\d+)?)(s?)$/.exec(checkpointEvery)!;
  return seconds ? { milliseconds: 1000 * Number(count) } : { steps: Number(count) };
}

const stuckAt = (name: string): Warning => ({
  message: `${name} found no step that improves the cost, and no minimum either`,
  hint: 'start elsewhere, or try another optimizer',
});

/** The error with the part of the cost, or of the step, that was the first not to be finite. */
function explained(error: GradusError, problem: Problem, { before, after }: Failure, moved: boolean): GradusError {
  const { model, slopes, binding, values } = problem;
  const { graph, objective } = model;
  const origin = (root: Node, parameters: Parameters) =>
    nonFiniteOrigin(graph, root, (name) => parameters.get(name) ?? values.get(name), binding.sizes);
  const broken = slopes.gradients.find(({ variable }) => after.get(variable.name)?.some((x) => !Number.isFinite(x)));
  const cause = broken ? origin(broken.gradient, before) : origin(objective!.node, after);
  const hint = moved ? rateHint(problem, before) : error.hint;
  return new GradusError(error.code, cause ? `${error.message}: ${cause}` : error.message, { hint });
}

/**
 * What stays at 0, since its gradient is 0 there: all weights 0 before a layer that does not tell them apart. And, wherever
 * it starts, everything, if nothing moves.
 */
function unmoved(
  problem: Problem,
  learned: Parameters,
  { epochs, stopped }: Pick<Outcome, 'epochs' | 'stopped'>,
): readonly Warning[] {
  const { values } = problem;
  const names = updated(problem);
  const still = names.filter((name) => learned.get(name)?.every((x, k) => x === values.get(name)![k]));
  const told = still.length === names.length ? still : still.filter((name) => learned.get(name)!.every((x) => x === 0));
  if (epochs === 0 || stopped === 'converged' || told.length === 0) return [];
  // What is back where it started may have come round.
  const gradient = gradientOf(problem)(new Map());
  if (told.some((name) => gradient.get(name)!.some((x) => x !== 0))) {
    const hint = `try a smaller learning rate, such as ${Number((problem.options.lr / 10).toPrecision(3))}`;
    return [{ message: `${told.join(', ')} ended where the run started, going to and fro`, hint }];
  }
  const message = `${told.join(', ')} stayed at the start: the gradient is 0 there`;
  return [{ message, hint: `start elsewhere: param ${told[0]} = …, or ~ normal(0, 1)` }];
}

/** A runner for steps of all examples, or of some. */
export function runnerFor(problem: Problem): PromptRunner {
  const { model, binding, options } = problem;
  if (isSolver(problem.method)) return new SolverRun(problem);
  if (options.batch === undefined) return new FullBatch(problem);
  const axis = exampleAxis(model, options.batchAxis);
  const examples = sizeOf(axis, binding.sizes);
  return options.batch < examples ? new MiniBatch(problem, axis, examples, options.batch) : new FullBatch(problem);
}
