import { GradusError, nearest } from '../../language/diagnostics.ts';
import { listed } from '../../language/visible.ts';
import { type Solver, solvers } from '../solvers/index.ts';
import { adagrad } from './adagrad.ts';
import { adam } from './adam.ts';
import { adamw } from './adamw.ts';
import { gradientDescent } from './gradient-descent.ts';
import { momentum } from './momentum.ts';
import { nesterov } from './nesterov.ts';
import type { Hyperparameter, Optimizer } from './optimizer.ts';
import { rmsprop } from './rmsprop.ts';

export type { Hyperparameter, Moved, Optimizer, Slope } from './optimizer.ts';

/** The only list of optimizers whose steps are one formula; those of `solvers` look at the cost more than once. */
const rules = [gradientDescent, momentum, nesterov, adagrad, rmsprop, adam, adamw] as const;

const all = [...rules, ...solvers] as const;

/** How to descend: by a rule for each step, or by a solver. */
export type Method = Optimizer | Solver;

export const optimizers: readonly Method[] = all;

export const isSolver = (method: Method): method is Solver => 'begin' in method;

/** The name under which what the symbols tell decides. */
export const AUTO = 'auto';

type Names<O> = O extends { readonly options: infer Own } ? keyof Own : never;

/** The options that some optimizer has, by name. */
export type HyperparameterName = Names<(typeof all)[number]>;

interface Shared extends Hyperparameter {
  /** The optimizers that have it. */
  readonly of: readonly string[];
}

const having = (name: string): Method[] => optimizers.filter((o) => o.options?.[name]);

/** What an option does, and where its default is another than that of the first that has it. */
function wordsOf(name: string): string {
  const [first, ...others] = having(name);
  const { default: usual, words } = first!.options![name]!;
  const different = others.flatMap((o) => {
    const own = o.options![name]!.default;
    return own === usual ? [] : [`${o.name} ${own}`];
  });
  return different.length > 0 ? `${words}, of ${different.join(', ')}` : words;
}

/** The options of all optimizers, each with those that have it. */
export const hyperparameters = Object.fromEntries(
  [...new Set(optimizers.flatMap(({ options = {} }) => Object.keys(options)))].map((name): [string, Shared] => {
    const [first] = having(name);
    return [name, { ...first!.options![name]!, words: wordsOf(name), of: having(name).map((o) => o.name) }];
  }),
) as Readonly<Record<HyperparameterName, Shared>>;

const byName: ReadonlyMap<string, Method> = new Map(
  optimizers.flatMap((o) => [o.name, ...(o.spellings ?? [])].map((name) => [name, o] as const)),
);

/** @throws GradusError `usage` for a name that is not in the list */
export function optimizerNamed(name: string): Method {
  const found = byName.get(name);
  if (found) return found;
  const near = nearest(name, byName.keys());
  throw new GradusError('usage', `unknown optimizer ${name}`, {
    hint: near ? `did you mean ${near}?` : `there are ${[AUTO, ...byName.keys()].join(', ')}`,
  });
}

/**
 * The values of an optimizer's options, those given and the defaults.
 * @throws GradusError `usage` for an option that only others have
 */
export function hyperparametersOf(
  optimizer: Method,
  given: Readonly<Partial<Record<HyperparameterName, number>>>,
): Map<string, number> {
  const { options = {}, name } = optimizer;
  const value = (option: string) => given[option as HyperparameterName];
  for (const [option, { of }] of Object.entries(hyperparameters)) {
    if (value(option) === undefined || Object.hasOwn(options, option)) continue;
    throw new GradusError('usage', `the optimizer ${name} has no ${option}`, {
      hint: `${listed(of)} ${of.length === 1 ? 'has' : 'have'} it: optimizer ${of[0]}`,
    });
  }
  return new Map(Object.entries(options).map(([option, o]) => [option, value(option) ?? o.default]));
}
