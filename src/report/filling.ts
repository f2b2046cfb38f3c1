import { axisOfExamples } from '../descend/batches.ts';
import { dimensionNames } from '../graph/dimension.ts';
import type { Model } from '../model/model.ts';
import { Tensor } from '../numeric/tensor.ts';
import { examplesOf, type Prediction, predictionOf } from './prediction.ts';

/** Examples as they are drawn or made: rows of features, and of each example what it should be. */
export interface Examples {
  readonly features: readonly (readonly number[])[];
  readonly targets: readonly number[];
}

/**
 * Examples in the shapes of a model's data: its features and its target are told by what it predicts. Of three features the
 * third may be the product of two, a cross.
 * @returns values by name; undefined where the model's data have no room for such examples
 */
export function filledWith(model: Model, { features, targets }: Examples): Readonly<Record<string, Tensor>> | undefined {
  const axis = axisOfExamples(model);
  if (axis === undefined || targets.length === 0) return undefined;
  const sizes = new Map([[axis, targets.length]]);
  const data = [...model.inputs.values()].filter(({ role }) => role === 'data');
  const open = new Set(data.flatMap(({ shape }) => shape.flatMap(dimensionNames)).filter((name) => name !== axis));
  // A name for the number of features.
  for (const name of open) sizes.set(name, features.length);
  const prediction = predictionOf(model, { sizes });
  const rows = prediction && rowsFor(prediction, features);
  // What else the model reads has no value here.
  if (!rows || data.length !== prediction.features.length + 1) return undefined;
  const found = examplesOf(prediction, rows, { sizes });
  const { shape } = found[prediction.target.name]!;
  return { ...found, [prediction.target.name]: new Tensor(shape, Float64Array.from(targets)) };
}

function rowsFor({ features: wanted }: Prediction, given: Examples['features']): readonly (readonly number[])[] | undefined {
  const count = wanted.reduce((n, { rows }) => n + rows, 0);
  if (count === given.length) return given;
  const [a, b] = given;
  return count === 3 && given.length === 2 ? [a!, b!, a!.map((v, k) => v * b![k]!)] : undefined;
}
