import { compileProgram } from '../compile/index.ts';
import { usedVariables } from '../compile/variables.ts';
import type { Node } from '../graph/node.ts';
import type { Warning } from '../language/diagnostics.ts';
import { listed } from '../language/visible.ts';
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

/** How examples and parameters are told that are scaled while a run learns. */
export interface AsGiven {
  readonly examples: Examples;
  readonly parameters: (learned: Values) => ReadonlyMap<string, Float64Array>;
}

type Values = ReadonlyMap<string, ArrayLike<number>>;

/**
 * @param isValidation whether the examples were put aside
 * @param given where examples are scaled, and parameters can be told for them as they came: so are the metrics then
 */
export function watchOf(model: Model, examples: Examples, options: Settled, isValidation: boolean, given?: AsGiven): Watch {
  const cost = model.objective!.node;
  const metrics = model.metrics.map((m) => m.node);
  const learned = looker(model, given ? [cost] : [cost, ...metrics], examples, options);
  const told = given && metrics.length > 0 ? looker(model, metrics, given.examples, options) : undefined;
  return {
    isValidation,
    look(parameters) {
      const [found, ...rest] = learned(parameters);
      return { cost: found!, metrics: byName(model.metrics, told ? told(given!.parameters(parameters)) : rest), isValidation };
    },
  };
}

/** The numbers that nodes come to of some examples, by the parameters. */
function looker(model: Model, nodes: readonly Node[], { binding, values }: Examples, options: Settled) {
  const program = compileProgram({
    outputs: runningForms(model, nodes),
    sizes: binding.sizes,
    precision: options.precision,
    backend: options.backend,
    threads: options.threads,
    maxEntries: model.maxEntries,
  });
  const fill = (given: Values): void => {
    for (const [name, { data }] of program.inputs) {
      const numbers = given.get(name);
      if (numbers?.length === data.length) data.set(numbers);
    }
  };
  fill(values);
  return (parameters: Values): number[] => {
    fill(parameters);
    program.run();
    return program.outputs.map((output) => output.data[0]!);
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

/** What is said before examples are learned from that come in batches: nothing is computed of all of them but the cost. */
export function streamWarnings({ metrics }: Model): Warning[] {
  if (metrics.length === 0) return [];
  const names = metrics.map(({ name }) => name);
  return [
    {
      message: `metrics are not told of examples that come in batches: ${listed(names)}`,
      hint: `of what was learned they are, where data are all there: predict(data, '${names[0]}'), or eval --params FILE --quantity ${names[0]}`,
    },
  ];
}
