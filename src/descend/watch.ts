import { compileProgram } from '../compile/index.ts';
import { usedVariables } from '../compile/variables.ts';
import { runningForms } from '../model/expanded.ts';
import type { Metric, Model } from '../model/model.ts';
import type { Binding } from '../numeric/binding.ts';
import type { Settled } from './options.ts';
import type { Held } from './runner.ts';

/** What was seen of some examples. */
export interface Seen {
  readonly cost: number;
  readonly metrics: Readonly<Record<string, number>>;
  /** Whether the examples are others than those that are learned from. */
  readonly isValidation: boolean;
}

/** Looks at the cost and the metrics of some examples as a run goes on. */
export interface Watch {
  readonly isValidation: boolean;
  look(parameters: Held): Seen;
}

/** Examples with what is known of them. */
export interface Examples {
  readonly binding: Binding;
  readonly values: ReadonlyMap<string, ArrayLike<number>>;
}

/** @param isValidation whether the examples were put aside */
export function watchOf(model: Model, { binding, values }: Examples, options: Settled, isValidation: boolean): Watch {
  const { metrics } = model;
  const program = compileProgram({
    outputs: runningForms(model, [model.objective!.node, ...metrics.map((m) => m.node)]),
    sizes: binding.sizes,
    precision: options.precision,
    backend: options.backend,
    threads: options.threads,
    maxEntries: model.maxEntries,
  });
  const fill = (given: ReadonlyMap<string, ArrayLike<number>>): void => {
    for (const [name, { data }] of program.inputs) {
      const numbers = given.get(name);
      if (numbers?.length === data.length) data.set(numbers);
    }
  };
  fill(values);
  return {
    isValidation,
    look(parameters) {
      fill(parameters);
      program.run();
      const found = program.outputs.map((output) => output.data[0]!);
      return { cost: found[0]!, metrics: byName(metrics, found.slice(1)), isValidation };
    },
  };
}

const byName = (metrics: readonly Metric[], found: readonly number[]): Record<string, number> =>
  Object.fromEntries(metrics.map(({ name }, k) => [name, found[k]!]));

const watched = new WeakMap<Model, readonly string[]>();

/** The inputs that a model's objective and metrics read. */
export function watchedNames(model: Model): readonly string[] {
  const { objective, metrics, inputs } = model;
  let names = watched.get(model);
  if (!names) {
    const used = usedVariables({ outputs: [objective!.node, ...metrics.map((m) => m.node)] });
    names = used.map(({ name }) => name).filter((name) => inputs.has(name));
    watched.set(model, names);
  }
  return names;
}
