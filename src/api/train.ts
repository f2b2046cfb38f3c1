import { check, type Model } from '../calculus/check.ts';
import { type TrainOptions, type TrainResult, train as trainModel } from '../descend/index.ts';
import type { Warning } from '../language/diagnostics.ts';
import { LIMITS } from '../language/limits.ts';
import { parse } from '../language/parser.ts';
import type { Inputs } from '../numeric/binding.ts';

export type { Progress, Stopped, TrainOptions, TrainResult } from '../descend/index.ts';

/**
 * Trains a model by gradient descent.
 * @param source a model with parameters and a scalar objective
 * @param data values by name; may be left out when the model holds its own, and replaces them where it does not
 * @param options the command line's, in camel case
 * @returns what was learned; `stopped: 'diverged'` with the reason in `error` when the cost became infinite or NaN
 * @throws GradusError if the source is wrong, there is nothing to train, or a value is missing or misshapen
 */
export async function train(
  source: string,
  data: Inputs = {},
  options: TrainOptions = {},
): Promise<TrainResult & { readonly warnings: readonly Warning[] }> {
  const model = modelOf(source, options.maxEntries ?? LIMITS.entries);
  return { ...(await trainModel(model, data, options)), warnings: model.warnings };
}

/** The source that was trained last: a search for a learning rate or a seed reads and derives it once. */
let latest: { readonly source: string; readonly model: Model } | undefined;

function modelOf(source: string, maxEntries: number): Model {
  if (latest?.source !== source || latest.model.maxEntries !== maxEntries)
    latest = { source, model: check(parse(source), { maxEntries }) };
  return latest.model;
}
