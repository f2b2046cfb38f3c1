import { usedVariables } from '../compile/variables.ts';
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
import { exampleAxis } from './batches.ts';
import { type AtBound, atBounds } from './bounds.ts';
import { gradientOf } from './curvature.ts';
import { descend, type Failure, type Parameters, type Stopped } from './descend.ts';
import { divergedError, divergence, rateHint } from './divergence.ts';
import { FullBatch } from './full-batch.ts';
import { MiniBatch } from './mini-batch.ts';
import { hyperparametersOf, optimizerNamed } from './optimizers/index.ts';
import { type Settled, settled, type TrainOptions } from './options.ts';
import { type Problem, type Runner, updated } from './runner.ts';
import { changed, descentStep, parametersOf } from './step.ts';

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
export async function train(model: Model, data: Inputs = {}, options: TrainOptions = {}): Promise<TrainResult> {
  return prepare(model, data, options)();
}

/**
 * Everything that can be wrong before the first step is found here.
 * @returns the run, to be called once
 * @throws GradusError as `train`
 */
export function prepare(model: Model, data: Inputs = {}, options: TrainOptions = {}): () => Promise<TrainResult> {
  return reading(model.origin ?? model.text, () => prepared(model, data, settled(options)));
}

function prepared(model: Model, data: Inputs, chosen: Settled): () => Promise<TrainResult> {
  const optimizer = optimizerNamed(chosen.optimizer);
  const hyperparameters = hyperparametersOf(optimizer, chosen);
  const step = descentStep(model, optimizer);
  const binding = bind(model, data);
  const used = usedVariables({ outputs: [step.cost], updates: changed(step) })
    .map((variable) => variable.name)
    .filter((name) => model.inputs.has(name));
  const values = resolveValues(model, binding, used, { seed: chosen.seed, defaults: true });
  const problem: Problem = { model, step, binding, values, options: chosen, hyperparameters };
  const runner = runnerFor(problem);
  const shaped = (input: Input, numbers: ArrayLike<number>): number | Tensor => {
    const lengths = input.shape.map((dim) => sizeOf(dim, binding.sizes));
    return lengths.length === 0 ? numbers[0]! : new Tensor(lengths, Float64Array.from(numbers));
  };
  return async () => {
    const { learned, failure, ...outcome } = await descend(runner, chosen);
    runner.release();
    const params = parametersOf(model).map((p) => [p.name, shaped(p, learned.get(p.name) ?? values.get(p.name)!)] as const);
    shownAs(outcome.history, seriesText, { toJSON: (history) => Array.from(history, jsonNumber) });
    const bounded = atBounds(model, learned);
    const result = { params: Object.fromEntries(params), ...outcome, bounded, warnings: model.warnings };
    if (outcome.error && failure) return { ...result, error: explained(outcome.error, problem, failure, outcome.epochs > 0) };
    const objective = model.objective!;
    const grown = outcome.stopped === 'epochs' && divergence(outcome.history, objective.sense === 'maximize' ? -1 : 1);
    if (!grown) return { ...result, warnings: [...model.warnings, ...unmoved(problem, learned, outcome.epochs)] };
    const message = `${objective.name ?? 'the cost'} ${grown}, at the learning rate ${chosen.lr}`;
    return { ...result, stopped: 'diverged', error: divergedError(message, problem, learned) };
  };
}

/** The error with the part of the cost, or of the step, that was the first not to be finite. */
function explained(error: GradusError, problem: Problem, { before, after }: Failure, moved: boolean): GradusError {
  const { model, step, binding, values } = problem;
  const { graph, objective } = model;
  const origin = (root: Node, parameters: Parameters) =>
    nonFiniteOrigin(graph, root, (name) => parameters.get(name) ?? values.get(name), binding.sizes);
  const broken = step.updates.find(({ variable }) => after.get(variable.name)?.some((x) => !Number.isFinite(x)));
  const cause = broken ? origin(broken.gradient, before) : origin(objective!.node, after);
  const hint = moved ? rateHint(problem, before) : error.hint;
  return new GradusError(error.code, cause ? `${error.message}: ${cause}` : error.message, { hint });
}

/**
 * What stays at 0, since its gradient is 0 there: all weights 0 before a layer that does not tell them apart. And, wherever
 * it starts, everything, if nothing moves.
 */
function unmoved(problem: Problem, learned: Parameters, epochs: number): readonly Warning[] {
  const { step, values } = problem;
  const names = updated(step);
  const still = names.filter((name) => learned.get(name)?.every((x, k) => x === values.get(name)![k]));
  const told = still.length === names.length ? still : still.filter((name) => learned.get(name)!.every((x) => x === 0));
  if (epochs === 0 || told.length === 0) return [];
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
export function runnerFor(problem: Problem): Runner {
  const { model, binding, options } = problem;
  if (options.batch === undefined) return new FullBatch(problem);
  const axis = exampleAxis(model, options.batchAxis);
  const examples = sizeOf(axis, binding.sizes);
  return options.batch < examples ? new MiniBatch(problem, axis, examples, options.batch) : new FullBatch(problem);
}
