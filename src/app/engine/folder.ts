import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { npyBytes } from '../../data/npy-writer.ts';
import { axisOf, axisOfExamples } from '../../descend/batches.ts';
import { type Problem, settingsOf, stepAloneOf, updated } from '../../descend/problem.ts';
import { changed } from '../../descend/step.ts';
import { exported, jaxModel, jaxStep } from '../../export/index.ts';
import { type Shape, sizeOf } from '../../graph/dimension.ts';
import type { Input } from '../../model/model.ts';
import { Tensor } from '../../numeric/tensor.ts';
import type { Value } from '../../numeric/value-text.ts';
import { DRIVER } from './driver.ts';

/** An array of a run. */
export interface ArraySpec {
  readonly name: string;
  readonly shape: readonly number[];
}

/** What Python computes in a run. */
export interface Programs {
  /** What is learned, then what the optimizer carries, as checkpoints have them. */
  readonly held: readonly ArraySpec[];
  readonly precision: 'f64' | 'f32';
  /** How many examples there are, if something counts them, and how many numbers belong to each. */
  readonly examples: number | undefined;
  readonly numbersEach: number;
  /** Puts all of it into a new folder. */
  readonly write: (meeting: Meeting) => string;
}

/** Where the processes of a run find each other. */
export interface Meeting {
  /** Whether there are others. */
  readonly together: boolean;
  /** Whether others have folders of their own, in which there should be the same. */
  readonly apart: boolean;
  readonly coordinator?: string | undefined;
  readonly processes?: number | undefined;
  /** Seconds in which all have to come. */
  readonly wait: number;
  /** Seconds after which one that is silent is given up. */
  readonly heartbeat: number;
}

/**
 * The programs of a run: the derived model, the step of the optimizer, and what runs them.
 * @param batchAxis counts the examples where a step takes some of them
 * @throws GradusError `unsupported` for an operator that JAX cannot be told
 */
export function programsOf(problem: Problem, batchAxis: string | undefined): Programs {
  const { model, binding, values, options, method } = problem;
  const { precision = 'f64' } = options;
  const { sizes } = binding;
  const lengths = (shape: Shape) => shape.map((dim) => sizeOf(dim, sizes));
  const axis = batchAxis ?? options.batchAxis ?? axisOfExamples(model);
  const along = (input: Input): number | null =>
    (batchAxis === undefined ? aloneAlong(input, axis) : axisOf(input, batchAxis)) ?? null;
  const told = toldOf(problem, along);
  const step = stepAloneOf(problem);
  const settings = settingsOf(problem);
  const texts = {
    'model.py': jaxModel(told),
    'step.py': jaxStep({ graph: model.graph, step, settings: [...settings.keys()], sizes, precision, optimizer: method.name }),
    'driver.py': DRIVER,
  };
  const moved = new Set(updated(problem));
  const declared = new Map(told.params.map(({ name, shape }) => [name, lengths(shape)]));
  const arrays = (of: readonly { readonly variable: Input['node'] & { readonly name: string } }[]): ArraySpec[] =>
    of.map(({ variable: { name, shape } }) => ({ name, shape: lengths(shape) }));
  const filed = (inputs: readonly Input[], stem: string) =>
    inputs.map((input, k) => ({
      name: input.name,
      file: `${stem}-${k}.npy`,
      shape: lengths(input.shape),
      axis: input.role === 'param' ? null : along(input),
    }));
  const files = {
    fixed: filed(
      told.params.filter(({ name }) => !moved.has(name)),
      'fixed',
    ),
    data: filed(told.data, 'data'),
  };
  const run = {
    dtype: precision === 'f32' ? '<f4' : '<f8',
    settings: Object.fromEntries(settings),
    params: arrays(step.updates).map((array) => ({ ...array, declared: declared.get(array.name) })),
    carried: arrays(step.carried),
    ...files,
  };
  const examples = axis === undefined ? undefined : sizeOf(axis, sizes);
  return {
    held: arrays(changed(step)),
    precision,
    examples,
    numbersEach: files.data.reduce((n, { shape, axis: at }) => (at === null ? n : n + count(shape) / shape[at]!), 0),
    write(meeting) {
      const folder = mkdtempSync(join(tmpdir(), 'gradus-engine-'));
      const put = (name: string, content: string | Uint8Array) => writeFileSync(join(folder, name), content);
      for (const [name, text] of Object.entries(texts)) put(name, text);
      const data = createHash('sha256').update(JSON.stringify(run.data));
      for (const { name, file, shape } of [...files.fixed, ...files.data]) {
        const bytes = npyBytes(valueWith(shape, values.get(name)!), precision);
        put(file, bytes);
        if (meeting.apart) data.update(bytes);
      }
      const seals = {
        model: sealOf(texts['model.py'], run.dtype, run.params),
        data: data.digest('hex'),
        options: sealOf(texts['step.py'], run.settings, run.carried),
      };
      put('run.json', JSON.stringify({ ...run, ...meeting, ...(meeting.apart && { seals }) }));
      return folder;
    },
  };
}

/**
 * The derived model with the inputs that have values; these come in files, and so do constants with a value for each
 * example. Other constants stand in the text.
 */
function toldOf({ model, binding, values, options }: Problem, along: (input: Input) => number | null) {
  const constants = [...model.inputs.values()].filter(({ name, role }) => role === 'const' && values.has(name));
  const value = ({ name, shape }: Input) =>
    valueWith(
      shape.map((dim) => sizeOf(dim, binding.sizes)),
      values.get(name)!,
    );
  const inputs = Object.fromEntries(constants.map((input) => [input.name, value(input)]));
  const told = exported(model, { inputs, ...(options.precision && { precision: options.precision }) });
  const known = (given: readonly Input[]) => given.filter(({ name }) => values.has(name));
  const data = [...known(told.data), ...constants.filter((input) => along(input) !== null)];
  const params = known(told.params);
  const filed = new Set([...params, ...data].map(({ name }) => name));
  return { ...told, params, data, values: new Map([...told.values].filter(([name]) => !filed.has(name))) };
}

/** What processes compare that have to have the same. */
const sealOf = (...parts: readonly unknown[]): string => createHash('sha256').update(JSON.stringify(parts)).digest('hex');

const count = (shape: readonly number[]): number => shape.reduce((n, size) => n * size, 1);

const valueWith = (shape: readonly number[], data: ArrayLike<number>): Value =>
  shape.length === 0 ? data[0]! : new Tensor([...shape], Float64Array.from(data));

/** The axis that counts the examples, where it alone does; an array without one is the same everywhere. */
function aloneAlong({ shape }: Input, axis: string | undefined): number | undefined {
  const found = shape.flatMap((dim, k) => (axis !== undefined && dim === axis ? [k] : []));
  return found.length === 1 ? found[0] : undefined;
}
