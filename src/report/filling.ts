import { axisOfExamples } from '../descend/batches.ts';
import { dimensionNames } from '../graph/dimension.ts';
import type { Input, Model } from '../model/model.ts';
import { Tensor } from '../numeric/tensor.ts';
import { classifierOf, examplesOf, type Prediction, predictionOf } from './prediction.ts';

/** Examples as they are drawn or made: rows of features, and of each example what it should be, or its class from 0 on. */
export interface Examples {
  readonly features: readonly (readonly number[])[];
  readonly targets: readonly number[];
}

/**
 * Examples in the shapes of a model's data: its features and its target are told by what it predicts. Of three features the
 * third may be the product of two, a cross; a target of several classes is one-hot.
 * @returns values by name; undefined where the model's data have no room for such examples
 */
export function filledWith(model: Model, examples: Examples): Readonly<Record<string, Tensor>> | undefined {
  const axis = axisOfExamples(model);
  if (axis === undefined || examples.targets.length === 0) return undefined;
  return filledNumbers(model, axis, examples) ?? filledClasses(model, axis, examples);
}

function filledNumbers(model: Model, axis: string, { features, targets }: Examples) {
  const sizes = new Map([[axis, targets.length]]);
  // A name for the number of features.
  for (const name of namesIn(dataOf(model))) if (name !== axis) sizes.set(name, features.length);
  const prediction = predictionOf(model, { sizes });
  const found = prediction && filledFeatures(model, prediction, features, sizes);
  if (!found) return undefined;
  const { shape } = found[prediction.target.name]!;
  return { ...found, [prediction.target.name]: new Tensor(shape, Float64Array.from(targets)) };
}

function filledClasses(model: Model, axis: string, { features, targets }: Examples) {
  const count = Math.max(...targets) + 1;
  if (!targets.every((target) => Number.isInteger(target) && target >= 0)) return undefined;
  const data = dataOf(model);
  for (const target of data.toReversed()) {
    const sizes = new Map([[axis, targets.length]]);
    for (const name of namesIn(data)) if (name !== axis) sizes.set(name, features.length);
    // Who draws one class first means at least two.
    for (const name of namesIn([target])) if (name !== axis) sizes.set(name, Math.max(2, count));
    const prediction = classifierOf(model, { sizes });
    const found = prediction?.target === target ? filledFeatures(model, prediction, features, sizes) : undefined;
    const { shape } = found?.[target.name] ?? { shape: [] };
    const along = target.shape.indexOf(axis);
    const classes = shape[1 - along] ?? 0;
    if (!found || classes < count) continue;
    const hot = new Float64Array(classes * targets.length);
    for (const [k, kind] of targets.entries()) hot[along === 0 ? k * classes + kind : kind * targets.length + k] = 1;
    return { ...found, [target.name]: new Tensor(shape, hot) };
  }
  return undefined;
}

/**
 * How many classes the target of a model has room for: a number that it declares, or any.
 * @returns undefined where it predicts one number, or nothing that examples could be drawn for
 */
export function classesOf(model: Model): number | 'any' | undefined {
  const axis = axisOfExamples(model);
  if (axis === undefined) return undefined;
  const sizes = new Map([...namesIn(dataOf(model))].map((name) => [name, 2]));
  const { target } = classifierOf(model, { sizes }) ?? {};
  const classes = target?.shape[1 - target.shape.indexOf(axis)];
  return typeof classes === 'number' || classes === undefined ? classes : 'any';
}

const dataOf = (model: Model): Input[] => [...model.inputs.values()].filter(({ role }) => role === 'data');
const namesIn = (data: readonly Input[]): Set<string> => new Set(data.flatMap(({ shape }) => shape.flatMap(dimensionNames)));

/** The features, where nothing else that the model reads lacks a value. */
function filledFeatures(model: Model, prediction: Prediction, given: Examples['features'], sizes: ReadonlyMap<string, number>) {
  const rows = rowsFor(prediction, given);
  return rows && dataOf(model).length === prediction.features.length + 1 ? examplesOf(prediction, rows, { sizes }) : undefined;
}

function rowsFor({ features: wanted }: Prediction, given: Examples['features']): readonly (readonly number[])[] | undefined {
  const count = wanted.reduce((n, { rows }) => n + rows, 0);
  if (count === given.length) return given;
  const [a, b] = given;
  return count === 3 && given.length === 2 ? [a!, b!, a!.map((v, k) => v * b![k]!)] : undefined;
}
