import type { Model } from '../model/model.ts';
import type { Binding } from '../numeric/binding.ts';
import { chosenMethod } from './choose.ts';
import type { Engine } from './engine.ts';
import { hyperparametersOf, isSolver, type Method, type Optimizer } from './optimizers/index.ts';
import { type Settled, settled, type TrainOptions } from './options.ts';
import {
  CLIP,
  DECAY,
  type DescentStep,
  descentStep,
  optionName,
  RATE,
  type Regime,
  type Slopes,
  slopesOf,
  stepAlone,
} from './step.ts';

/** What is known when the data have come. */
export interface Problem {
  readonly model: Model;
  readonly slopes: Slopes;
  readonly method: Method;
  /** Why that method, where the symbols decided. */
  readonly reason?: string;
  readonly binding: Binding;
  /** Numbers of every input that matters. */
  readonly values: ReadonlyMap<string, ArrayLike<number>>;
  readonly options: Settled;
  /** What was asked for, and the method does not look at. */
  readonly unused: readonly Unused[];
  /** The optimizer's own options. */
  readonly hyperparameters: ReadonlyMap<string, number>;
}

type Unused = 'lr' | 'precision';

/** A method that finds its own steps has no rate, and needs all digits for them. */
function unusedBy(method: Method, { lr, precision }: TrainOptions): readonly Unused[] {
  if (!isSolver(method)) return [];
  return [
    ...(lr !== undefined && method.rate === undefined ? (['lr'] as const) : []),
    ...(precision === 'f32' ? (['precision'] as const) : []),
  ];
}

export const fixedNames = ({ fix = [] }: TrainOptions): readonly string[] => (typeof fix === 'string' ? [fix] : fix);

/** @throws GradusError if there is nothing to train, or no such optimizer */
export function problemOf(
  model: Model,
  binding: Binding,
  options: TrainOptions,
  valuesFor: (used: readonly string[], seed: number) => ReadonlyMap<string, ArrayLike<number>>,
  engine?: Engine,
): Problem {
  const slopes = slopesOf(model, fixedNames(options));
  const { method, reason } = chosenMethod(model, slopes, binding, options, engine?.name);
  const chosen = settled(options, method);
  const hyperparameters = hyperparametersOf(method, chosen);
  const values = valuesFor(slopes.reads, chosen.seed);
  const unused = unusedBy(method, options);
  return { model, slopes, method, ...(reason && { reason }), binding, values, options: chosen, unused, hyperparameters };
}

/** The parameters that a run moves. */
export const updated = ({ slopes }: Problem): string[] => slopes.gradients.map((g) => g.variable.name);

/** By how much weights decay, if they do. */
export const decayOf = ({ method, options }: Problem): number =>
  options.weightDecay ?? (isSolver(method) ? 0 : (method.decay ?? 0));

const regimeOf = (problem: Problem): Regime => ({
  clipped: problem.options.clip !== undefined,
  decaying: decayOf(problem) > 0,
});

/** A step of a method that is one formula. */
export const stepOf = (problem: Problem): DescentStep =>
  descentStep(problem.model, problem.method as Optimizer, regimeOf(problem), fixedNames(problem.options));

/** The same without the gradients, which it is given. */
export const stepAloneOf = (problem: Problem): DescentStep =>
  stepAlone(problem.model, problem.method as Optimizer, regimeOf(problem), fixedNames(problem.options));

/** The learning rate, what gradients are shortened to and weights decay by, and the optimizer's own options, by name. */
export const settingsOf = (problem: Problem): Map<string, number> =>
  new Map([
    [RATE, problem.options.lr],
    [CLIP, problem.options.clip ?? 0],
    [DECAY, decayOf(problem)],
    ...[...problem.hyperparameters].map(([name, value]) => [optionName(name), value] as const),
  ]);
