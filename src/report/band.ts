import type { Fit } from '../descend/index.ts';
import { jacobian } from '../differentiate/derivatives.ts';
import type { Model } from '../model/model.ts';
import type { Inputs } from '../numeric/binding.ts';
import type { Prediction } from './prediction.ts';
import { sayingOf } from './prediction.ts';

/**
 * The standard error of what a fitted model says, at each place: √(gᵀ·C·g) with the slopes g of the prediction by the
 * parameters and their covariance C. Seber and Wild, Nonlinear Regression (1989), 5.1.
 * @param inputs what was learned, with the features of the places
 */
export function errorsOf(model: Model, { output }: Prediction, fit: Fit, inputs: Inputs): Float64Array {
  const names = [...new Set(fit.estimates.map((e) => e.name))];
  const slopes = names.map((name) => jacobian(model.graph, output, model.inputs.get(name)!.node));
  const found = sayingOf(model, slopes).run(inputs);
  const n = fit.estimates.length;
  const places = found[0]!.shape.slice(0, output.shape.length).reduce((all, length) => all * length, 1);
  /** Of each estimate: the slopes by its parameter, how many these are at a place, and which of them is its own. */
  const own = fit.estimates.map(({ name, entry = [] }) => {
    const { data, shape } = found[names.indexOf(name)]!;
    const lengths = shape.slice(shape.length - entry.length);
    return { data, count: data.length / places, at: entry.reduce((at, e, axis) => at * lengths[axis]! + e - 1, 0) };
  });
  return Float64Array.from({ length: places }, (_, k) => {
    const g = own.map(({ data, count, at }) => data[k * count + at]!);
    let sum = 0;
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) sum += g[i]! * fit.covariance.data[i * n + j]! * g[j]!;
    return Math.sqrt(Math.max(0, sum));
  });
}

/** How many standard errors a band reaches to either side: about 95 % of what is normal lies in it. */
export const REACH = 2;
