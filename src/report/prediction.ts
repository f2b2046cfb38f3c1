import { axisOf, axisOfExamples } from '../descend/batches.ts';
import { sizeOf } from '../graph/dimension.ts';
import type { Node } from '../graph/node.ts';
import { ONE } from '../graph/rational.ts';
import { dependents, topological } from '../graph/traverse.ts';
import { GradusError } from '../language/diagnostics.ts';
import type { Input, Model } from '../model/model.ts';
import { Callable } from '../numeric/callable.ts';
import { Tensor } from '../numeric/tensor.ts';
import { columnShape } from '../operators/builder.ts';
import type { Start } from './values.ts';

/** What a model says of an example, beside what it should say. */
export interface Prediction {
  /** One number an example, or of a classifier one a class, from the features and the parameters alone. */
  readonly output: Node;
  readonly name: string;
  readonly target: Input;
  /** The inputs that hold the features, and how many rows of features each has. */
  readonly features: readonly { readonly input: Input; readonly axis: number; readonly rows: number }[];
  /** The dimension that counts the examples, and their number. */
  readonly examples: { readonly axis: string; readonly count: number };
}

/**
 * The prediction in a model: the last named quantity with a number for each example that depends on data and parameters
 * but not on some other data, the targets; or, where nothing is named, what the targets are subtracted from.
 * @returns undefined where a model is of another kind
 */
export function predictionOf(model: Model, start: Pick<Start, 'sizes'>): Prediction | undefined {
  const found = dataOf(model, start);
  if (!found) return undefined;
  const { data, axis, count } = found;
  for (const target of data.filter((d) => d.rows === 1).reverse()) {
    const features = data.filter((d) => d !== target);
    const output = outputFor(
      model,
      target.input,
      features.map((f) => f.input.node),
      axis,
    );
    if (output) return { ...output, target: target.input, features, examples: { axis, count } };
  }
  return undefined;
}

/** What a model predicts for each of several classes: the last named quantity of the targets' own shape, in the same sense. */
export function classifierOf(model: Model, start: Pick<Start, 'sizes'>): Prediction | undefined {
  const found = dataOf(model, start);
  if (!found) return undefined;
  const { data, axis, count } = found;
  const order = topological([model.objective!.node]);
  const params = [...model.inputs.values()].filter((i) => i.role === 'param').map((i) => i.node);
  const learned = dependents(order, params);
  for (const target of data.filter((d) => d.rows > 1 && d.input.shape.length === 2).reverse()) {
    const features = data.filter((d) => d !== target);
    const fed = dependents(
      order,
      features.map((f) => f.input.node),
    );
    const seen = dependents(order, [target.input.node]);
    const predicts = (n: Node) => fed.has(n) && learned.has(n) && !seen.has(n) && n.shape.join() === target.input.shape.join();
    const named = model.definitions.findLast(({ node }) => order.includes(node) && predicts(node));
    if (named) return { output: named.node, name: named.name, target: target.input, features, examples: { axis, count } };
  }
  return undefined;
}

/** The data that belong to examples, and what counts these. */
function dataOf(model: Model, { sizes }: Pick<Start, 'sizes'>) {
  const axis = axisOfExamples(model);
  // What a step says rests on those before it: it is no function of its own data.
  if (axis === undefined || !model.objective || model.graph.steps.isTime(axis)) return undefined;
  const count = sizeOf(axis, sizes);
  const data = [...model.inputs.values()]
    .filter((i) => i.role === 'data')
    .flatMap((input) => {
      const own = quietly(() => axisOf(input, axis));
      if (own === undefined) return [];
      const entries = input.shape.reduce<number>((n, dim) => n * sizeOf(dim, sizes), 1);
      return [{ input, axis: own, rows: entries / count }];
    });
  return { data, axis, count };
}

function outputFor(model: Model, target: Input, features: readonly Node[], axis: string) {
  const order = topological([model.objective!.node]);
  const params = [...model.inputs.values()].filter((i) => i.role === 'param').map((i) => i.node);
  const seen = dependents(order, [target.node]);
  const learned = dependents(order, params);
  const fed = dependents(order, features);
  const perExample = (n: Node) =>
    columnShape(n.shape)
      .filter((dim) => dim !== 1)
      .join() === axis;
  const predicts = (n: Node) => fed.has(n) && learned.has(n) && !seen.has(n) && perExample(n);
  const named = model.definitions.filter((d) => order.includes(d.node) && predicts(d.node)).pop();
  if (named) return { output: named.node, name: named.name };
  for (const node of order) {
    if (node.kind !== 'sum' || !perExample(node)) continue;
    const [difference, ...others] = node.terms.filter((t) => seen.has(t));
    const rest = node.terms.filter((t) => !seen.has(t));
    if (!difference || others.length > 0 || !rest.some(predicts)) continue;
    const { coefficient, core } = model.graph.splitCoefficient(difference);
    if (core !== target.node) continue;
    // c·y + rest is 0 where y is what the model says.
    const output = model.graph.scale(ONE.div(coefficient).neg(), model.graph.add(rest));
    return { output, name: '' };
  }
  return undefined;
}

/** A choice that a model does not offer is no prediction, and no error here. */
function quietly<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch (error) {
    if (error instanceof GradusError) return undefined;
    throw error;
  }
}

/** The rows of features of all examples, each as long as there are examples. */
export function featureRows({ features, examples }: Prediction, { values }: Start): number[][] {
  return features.flatMap(({ input, axis, rows }) => {
    const data = values.get(input.name)!;
    // With the examples in the first of two axes, an example's features stand side by side.
    const place = (row: number, k: number) => (axis === 0 ? k * rows + row : row * examples.count + k);
    return Array.from({ length: rows }, (_, row) => Array.from({ length: examples.count }, (_, k) => data[place(row, k)]!));
  });
}

/**
 * What is said of examples that nobody gave, the points of a picture: what a source declares of its data, as that each target
 * is one-hot, need not hold of them.
 */
export function sayingOf(model: Model, nodes: readonly Node[]): Callable {
  const inputs = new Map([...model.inputs].map(([name, input]) => [name, { ...input, facts: [] }]));
  return Callable.of({ ...model, inputs }, nodes);
}

/** The inputs that put other examples in the place of the model's own: its features, and targets that nothing reads. */
export function examplesOf(
  { features, target, examples }: Prediction,
  rows: readonly (readonly number[])[],
  { sizes }: Pick<Start, 'sizes'>,
): Record<string, Tensor> {
  const count = rows[0]!.length;
  const resized = new Map([...sizes, [examples.axis, count]]);
  const shaped = (input: Input) => input.shape.map((dim) => sizeOf(dim, resized));
  const empty = shaped(target);
  const entries = empty.reduce((n, size) => n * size, 1);
  const result: Record<string, Tensor> = { [target.name]: new Tensor(empty, new Float64Array(entries)) };
  let first = 0;
  for (const { input, axis, rows: own } of features) {
    const data = new Float64Array(own * count);
    for (let row = 0; row < own; row++)
      for (let k = 0; k < count; k++) data[axis === 0 ? k * own + row : row * count + k] = rows[first + row]![k]!;
    result[input.name] = new Tensor(shaped(input), data);
    first += own;
  }
  return result;
}
