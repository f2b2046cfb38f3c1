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
  const counts = names.map((name) => fit.estimates.filter((e) => e.name === name).length);
  const n = fit.estimates.length;
  const places = found[0]!.data.length / counts[0]!;
  return Float64Array.from({ length: places }, (_, k) => {
    const g = counts.flatMap((count, p) => Array.from(found[p]!.data.slice(k * count, (k + 1) * count)));
    let sum = 0;
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) sum += g[i]! * fit.covariance.data[i * n + j]! * g[j]!;
    return Math.sqrt(Math.max(0, sum));
  });
}

/** How many standard errors a band reaches to either side: about 95 % of what is normal lies in it. */
export const REACH = 2;
