import { GradusError, nearest } from '../../language/diagnostics.ts';
import { listed } from '../../language/visible.ts';
import { adam } from './adam.ts';
import { gradientDescent } from './gradient-descent.ts';
import { momentum } from './momentum.ts';
import type { Hyperparameter, Optimizer } from './optimizer.ts';

export type { Hyperparameter, Moved, Optimizer, Slope } from './optimizer.ts';

/** The only list of optimizers. */
const all = [gradientDescent, momentum, adam] as const;

export const optimizers: readonly Optimizer[] = all;

type Names<O> = O extends { readonly options: infer Own } ? keyof Own : never;

/** The options that some optimizer has, by name. */
export type HyperparameterName = Names<(typeof all)[number]>;

interface Shared extends Hyperparameter {
  /** The optimizers that have it. */
  readonly of: readonly string[];
}

const having = (name: string): string[] => optimizers.filter((o) => o.options?.[name]).map((o) => o.name);

/** The options of all optimizers, each with those that have it. */
export const hyperparameters = Object.fromEntries(
  optimizers
    .flatMap(({ options = {} }) => Object.entries(options))
    .map(([name, option]): [string, Shared] => [name, { ...option, of: having(name) }]),
) as Readonly<Record<HyperparameterName, Shared>>;

const byName: ReadonlyMap<string, Optimizer> = new Map(
  optimizers.flatMap((o) => [o.name, ...(o.spellings ?? [])].map((name) => [name, o] as const)),
);

/** @throws GradusError `usage` for a name that is not in the list */
export function optimizerNamed(name: string): Optimizer {
  const found = byName.get(name);
  if (found) return found;
  const near = nearest(name, byName.keys());
  throw new GradusError('usage', `unknown optimizer ${name}`, {
    hint: near ? `did you mean ${near}?` : `there are ${[...byName.keys()].join(', ')}`,
  });
}

/**
 * The values of an optimizer's options, those given and the defaults.
 * @throws GradusError `usage` for an option that only others have
 */
export function hyperparametersOf(
  optimizer: Optimizer,
  given: Readonly<Partial<Record<HyperparameterName, number>>>,
): Map<string, number> {
  const { options = {}, name } = optimizer;
  const value = (option: string) => given[option as HyperparameterName];
  for (const [option, { of }] of Object.entries(hyperparameters)) {
    if (value(option) === undefined || Object.hasOwn(options, option)) continue;
    throw new GradusError('usage', `the optimizer ${name} has no ${option}`, {
      hint: `${listed(of)} has it: optimizer ${of[0]}`,
    });
  }
  return new Map(Object.entries(options).map(([option, o]) => [option, value(option) ?? o.default]));
}
