import { batchesOf, isRepeatable, looked, onceOnly } from '../data/batches.ts';
import { type GivenData, givenBatches, givenData } from '../data/given-data.ts';
import { declaredClasses } from '../data/labels.ts';
import { refuseNameless } from '../data/nameless.ts';
import {
  DEFAULTS,
  fingerprintOf,
  scaledInputs,
  streamWarnings,
  type TrainOptions,
  type TrainResult,
  train as trainModel,
} from '../descend/index.ts';
import { predicted } from '../descend/predicted.ts';
import { shownAs } from '../language/console.ts';
import { GradusError, warningsTold } from '../language/diagnostics.ts';
import { LIMITS } from '../language/limits.ts';
import { type Lang, speechOf } from '../language/speech.ts';
import { listed } from '../language/visible.ts';
import type { Model } from '../model/model.ts';
import { quantitiesNamed, restrictedTo } from '../model/restricted.ts';
import { type GivenInputs, type Inputs, recordOf } from '../numeric/binding.ts';
import type { Result } from '../numeric/callable.ts';
import { jsonNumber } from '../numeric/json.ts';
import { quantities } from '../numeric/quantities.ts';
import { seriesText } from '../numeric/tensor-text.ts';
import { checkArguments, inputsOf, optionsOf, refuseMore } from '../options/check.ts';
import { signatures } from '../options/signatures.ts';
import { training } from '../options/tables.ts';
import { modelOf, type Source } from './source.ts';
import { speaking } from './speaking.ts';

export type { GivenData } from '../data/given-data.ts';
export type {
  ErrorsKind,
  Estimate,
  Fit,
  Progress,
  Scalings,
  ScheduleName,
  Stopped,
  TrainOptions,
  TrainResult,
} from '../descend/index.ts';

/**
 * Trains a model by gradient descent.
 * @param source a model with parameters and a scalar objective
 * @param data values by name; may be left out when the model holds its own, and replaces them where it does not. Batches of
 *   values, an iterable of objects, need never be all there at once
 * @param options the command line's, in camel case
 * @returns what was learned; `stopped: 'diverged'` with the reason in `error` when the cost became infinite or NaN
 * @throws GradusError if the source is wrong, there is nothing to train, or a value is missing or misshapen
 * @example
 * const line = 'param w = 0, b = 0; data x : [n], y : [n]; minimize mse(w*x + b, y)';
 * const { params, stopped } = await train(line, { x: [0, 1, 2], y: [1, 3, 5] }, { epochs: 2000, lr: 0.2 });
 * [Math.round(params.w), Math.round(params.b), stopped]; // [2, 1, "epochs"]
 */
export function train(source: Source, data?: TrainData, options?: TrainOptions): Promise<Trained>;
export async function train(
  source: Source,
  data?: TrainData,
  options?: TrainOptions,
  ...more: readonly unknown[]
): Promise<Trained> {
  return speaking([options], async () => {
    refuseMore(signatures.train, more);
    checkArguments(signatures.train, source, data);
    const chosen = optionsOf(signatures.train, options);
    const batches = batchesOf(data);
    const whole = latestModel(source, chosen.maxEntries ?? LIMITS.entries);
    const model = batches || chosen.batch !== undefined ? await warned(whole, chosen.batchAxis, batches !== undefined) : whole;
    refuseNameless(data, model.inputs);
    const declared = declaredClasses(model.inputs, chosen.classes ?? {});
    if (batches) {
      const isOften = isRepeatable(data);
      // Before a run whose result would be lost.
      if (!isOften && (chosen.epochs ?? DEFAULTS.epochs) > 0) throw onceOnly();
      const given = await givenBatches(model.inputs, batches, { isRepeatable: isOften, declared });
      // A list is there: what a run began with is compared with all of it.
      const isKept = chosen.checkpoint || chosen.resume !== undefined;
      const known = isKept && Array.isArray(data) && { fingerprint: await fingerprintOf(model, given.batches) };
      const result = await trainModel(model, { ...(await looked(given.batches)), ...known }, chosen);
      return trained(model, result, { ...given.classes }, chosen.lang);
    }
    const { inputs, classes } = givenData(model.inputs, recordOf((data ?? {}) as GivenInputs), { classes: declared });
    if (options === undefined) refuseOptions(model, inputs);
    return trained(model, await trainModel(model, inputs, chosen), classes, chosen.lang);
  });
}

/** What tells of ties between examples is loaded for who trains by batches. */
async function warned(whole: Model, axis: string | undefined, streams: boolean): Promise<Model> {
  const { warnedOfBatches } = await import('../parallel/index.ts');
  const model = warnedOfBatches(whole, axis);
  return streams ? { ...model, warnings: [...model.warnings, ...streamWarnings(model)] } : model;
}

/** Values by name, in which words may stand for classes; or batches of them: an iterable, or a function that returns one. */
export type TrainData =
  | GivenInputs
  | GivenData
  | Iterable<GivenInputs | GivenData>
  | AsyncIterable<GivenInputs | GivenData>
  | (() => Iterable<GivenInputs | GivenData> | AsyncIterable<GivenInputs | GivenData>);

/** A series as a plain list, which consoles cut and JSON gives back. */
function plainList(series: Float64Array): readonly number[] {
  // An iterator would take longer than the run of a small model.
  const list: number[] = [];
  for (let k = 0; k < series.length; k++) list.push(series[k]!);
  return shownAs(list, seriesText, { toJSON: (told) => told.map(jsonNumber) });
}

function trained(model: Model, result: TrainResult, classes: Trained['classes'], lang: Lang | undefined): Trained {
  const { history, validation, ...told } = resultTold(result, lang);
  const found: Trained = {
    ...told,
    history: plainList(history),
    ...(validation && { validation: plainList(validation) }),
    classes,
    predict: predictor(model, result, classes),
  };
  // A result is plain: it can be compared, cloned and sent. What it can do beside that is no part of it.
  return Object.defineProperty(found, 'predict', { enumerable: false });
}

/** What was learned, and what it says of other data. */
export interface Trained extends Omit<TrainResult, 'history' | 'validation'> {
  /** The cost before each epoch, or the mean of what its batches saw, and `cost` last: epochs + 1 numbers. */
  readonly history: readonly number[];
  /** The validation cost after each epoch. */
  readonly validation?: readonly number[];
  /**
   * A named quantity at what was learned, for other data; without a name what the model predicts: its last named quantity
   * that the targets have no part in, and that has a value for each example.
   * @throws GradusError `name` if there is no such quantity, `data` for a value that is missing or misshapen
   */
  predict(data?: GivenInputs, quantity?: string): Result;
  /** The names of the classes of inputs that came as words, in the order of their places. */
  readonly classes: Readonly<Record<string, readonly string[]>>;
}

function predictor(model: Model, { params, scaling = {} }: TrainResult, classes: Trained['classes']): Trained['predict'] {
  const compiled = new Map<string, (inputs: Inputs) => Record<string, Result>>();
  return (data?: GivenInputs, quantity?: string, ...more: readonly unknown[]) => {
    refuseMore(signatures.predict, more);
    checkArguments(signatures.predict, data, quantity);
    const name = quantity ?? predicted(model);
    if (name === undefined)
      throw new GradusError('name', 'what is to be predicted has no name', { hint: "name it: predict(data, 'A2')" });
    const compute = compiled.get(name) ?? quantities(model, [name]);
    compiled.set(name, compute);
    // Columns and words come as they came to be learned from.
    const wanted = restrictedTo(model, quantitiesNamed(model, [name]));
    const given = givenData(wanted.inputs, inputsOf(signatures.predict, data), { classes, whole: model.inputs }).inputs;
    return Object.values(compute(scaledInputs(model, { ...params, ...given }, scaling, wanted)))[0]!;
  };
}

function resultTold(result: TrainResult, lang: Lang | undefined): TrainResult {
  const speech = speechOf(lang);
  if (!speech) return result;
  const { error, warnings } = result;
  return { ...result, warnings: warningsTold(warnings, speech), ...(error && { error: error.told(speech) }) };
}

/** @throws GradusError `argument` for options where the data belong */
function refuseOptions(model: Model, inputs: Inputs): void {
  const names = Object.keys(inputs);
  if (names.length === 0 || !names.every((name) => Object.hasOwn(training, name) && !model.inputs.has(name))) return;
  throw new GradusError('argument', `${listed(names)}: these are options, not data`, {
    hint: 'the data come first, and may be empty: train(source, {}, options)',
  });
}

/** The source that was trained last: a search for a learning rate or a seed reads and derives it once. */
let latest: { readonly source: Source; readonly model: Model } | undefined;

function latestModel(source: Source, maxEntries: number): Model {
  if (latest?.source !== source || latest.model.maxEntries !== maxEntries)
    latest = { source, model: modelOf(signatures.train, source, { maxEntries }) };
  return latest.model;
}
